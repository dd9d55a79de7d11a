"""The sample programme, loaded once for this folder with few people, and taken back."""

import pytest
from django.db import transaction

from courses import clock
from home.sample import pages, people
from tests import database

from .expected import COURSES, NOW


@pytest.fixture(scope="package")
def _empty_site(django_db_setup, django_db_blocker):
    """Only what the migrations make, for these tests."""
    with django_db_blocker.unblock():
        database.replace_by(database.migrated())
        yield
        database.replace_by(database.ready())


@pytest.fixture(scope="package")
def _loaded(_empty_site, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        clock.stopped_at(NOW),
        transaction.atomic(),
    ):
        indexes = pages.load_site()
        pages.load_terms()
        for course in COURSES:
            pages.load_course(course, indexes)
        people.load_people(count=20)
        pages.open_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(_loaded, at):
    """The loaded programme; what a test changes in it is taken back."""
    at(NOW)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
