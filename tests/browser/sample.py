"""A test database that holds the sample programme, loaded once and then copied."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.utils import translation

from courses import clock
from home.sample import pages, reading
from home.sample.people import load_people
from tests import database
from tests.database import replace_by

# Every cohort is there with fewer people: the walks need rows, not many of them.
PEOPLE = 60


def template() -> str:
    """Its name: another one for other migrations, other samples and another day."""
    digest = hashlib.sha256(database.fingerprint().encode())
    digest.update(clock.now().date().isoformat().encode())
    folder = Path(apps.get_app_config("home").path) / "sample"
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".py", ".yaml", ".md"):
            digest.update(path.name.encode() + path.read_bytes())
    return f"sample-{digest.hexdigest()[:12]}"


def open_sample() -> None:
    """Put a fresh copy into the test database; the first one loads it."""
    with database.one_at_a_time():
        is_there = replace_by(template())
        if not is_there:
            replace_by(database.migrated())
            _load()
            database.keep(template())


def close_sample() -> None:
    """Leave what every other test expects to find."""
    replace_by(database.ready())


def _load() -> None:
    with translation.override("en"):
        indexes = pages.load_site()
        pages.load_terms()
        for course in reading.read_courses():
            pages.load_course(course, indexes)
        load_people(PEOPLE)
        pages.open_site()
