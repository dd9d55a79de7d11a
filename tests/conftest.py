"""What every test has: a copied database, a clock to stop, no errors in the log."""

import gc
import logging
from copy import deepcopy
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples
from pytest_django.plugin import blocking_manager_key
from wagtail.signal_handlers import disable_reference_index_auto_update

from courses import clock
from home.catalogues import compile_all

from . import database
from .cast import make_cast

# How quick the machine is says nothing about what is tested, and what fails here fails
# there, too. `--hypothesis-profile=explore` tries other examples each time.
examples.register_profile(
    "explore", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.register_profile(
    "any machine", examples.get_profile("explore"), derandomize=True
)
examples.load_profile("any machine")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database: the rest is the same on SQLite.

    The longest race begins first, so that no other process waits for it at the end.
    Of two processes one begins in the middle: with tests that need no database, while
    the other makes it.
    """
    items.sort(key=lambda item: item.path.name != "test_admission_races.py")
    asking = [item for item in items if _asks_a_database(item)]
    others = [item for item in items if not _asks_a_database(item)]
    if connection.vendor != "sqlite":
        config.hook.pytest_deselected(items=others)
        others = []
    half = (len(asking) + len(others)) // 2
    items[:] = [*asking[:half], *others, *asking[half:]]


def _asks_a_database(item) -> bool:
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or "django_db_setup" in item.fixturenames


def pytest_collection_finish(session):
    """What is loaded by now stays: looking through it for garbage takes its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_configure(config):
    """Compile the catalogues and make keys once, before parallel processes start."""
    if not hasattr(config, "workerinput"):
        compile_all()
        folder = Path(settings.USTOD_SEAL_KEY).parent
        call_command("make_signing_keys", folder, development=True, stdout=StringIO())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Put back what migrations made after a test that emptied the database.

    Django runs such tests last; a parallel process that takes over tests of another
    runs them in any order.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            made = connection._test_serialized_contents
            connection.creation.deserialize_db_from_string(made)
    return result


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_blocker, django_db_modify_db_settings
):
    with django_db_blocker.unblock():
        old = database.prepare()
    yield
    with django_db_blocker.unblock():
        database.remove(old)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """What a fixture of a file makes after this one stays for all its tests.

    Each test takes back what it changes itself; it works on a copy of the objects.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cast_once(once):
    return make_cast()


@pytest.fixture
def cast(cast_once, db):
    """Everybody of tests/cast.py, made once for the file."""
    return deepcopy(cast_once)


@pytest.fixture
def same_shelf():
    """Private files are in memory, where no transaction takes back what a test does."""
    shelf = storages["private"]
    kept = deepcopy(shelf._root)
    yield
    shelf._root = kept


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def _indexes(request, settings):
    """What is saved enters no index, unless the test is marked `indexed`.

    Searching and asking who uses a file or a word need the indexes; other tests would
    pay for them with a third of every page they make.
    """
    if request.node.get_closest_marker("indexed"):
        yield
        return
    settings.WAGTAILSEARCH_BACKENDS = {
        name: backend | {"AUTO_UPDATE": False}
        for name, backend in settings.WAGTAILSEARCH_BACKENDS.items()
    }
    with disable_reference_index_auto_update():
        yield


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind; the next test does not begin in it."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def at():
    """`at("2026-10-12T09:00+05:00")` stops the clock for the rest of the test."""
    yield from _stopping()


@pytest.fixture(scope="module")
def at_once():
    """The same for all the tests of a file."""
    yield from _stopping()


def _stopping():
    tokens = []

    def stop(instant: str | datetime) -> datetime:
        if isinstance(instant, str):
            instant = datetime.fromisoformat(instant)
        tokens.append(clock._stopped.set(instant))
        return instant

    yield stop
    for token in reversed(tokens):
        clock._stopped.reset(token)


@pytest.fixture(autouse=True)
def _no_errors_logged(caplog):
    """An ERROR in the log is a failure, unless the test takes it out of `caplog`."""
    yield
    errors = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert not errors, [record.getMessage() for record in errors]
