"""A migrated database, made once for a state of the migrations and then copied.

Migrating takes ten to twenty seconds, copying half a second.
"""

import fcntl
import hashlib
import shutil
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from lms.roles import ensure_roles

from .factories import make_index

# Milliseconds until a connection of PostgreSQL that was ended must be gone.
PATIENCE = 30_000


def fingerprint() -> str:
    """Changes whenever a migration of any installed app does."""
    digest = hashlib.sha256(version("django").encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def one_at_a_time():
    """Parallel test processes make the template once."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare():
    """Create the test database from the template; returns what `remove` takes."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _empty
    with one_at_a_time():
        if not copy(ready()):
            is_migrated = copy(migrated())
            old = setup_databases(verbosity=0, interactive=False, keepdb=is_migrated)
            if not is_migrated:
                keep(migrated())
            make_front()
            keep(ready())
            return old
    return setup_databases(verbosity=0, interactive=False, keepdb=True)


def _empty(style, tables, **options) -> list[str]:
    """The few rows of each table go: PostgreSQL's TRUNCATE makes all their files anew.

    That takes seconds after each race. Foreign keys are looked at once all are gone.
    """
    quote = connections["default"].ops.quote_name
    return [f"DELETE FROM {quote(table)}" for table in tables]  # noqa: S608 - ours


def make_front() -> None:
    """A front page, an index of courses and the roles: nearly every test needs them."""
    make_index()
    ensure_roles()
    connection = connections["default"]
    # Tests that empty the database get back what is in it now.
    made = connection.creation.serialize_db_to_string()
    connection._test_serialized_contents = made


def remove(old) -> None:
    teardown_databases(old, verbosity=0)


def migrated() -> str:
    """The name of the template that holds what the migrations make, and no more."""
    return f"migrated-{fingerprint()}"


def ready() -> str:
    """The name of the template with a front page that tests begin with."""
    return f"opened-{fingerprint()}"


def replace_by(template: str) -> bool:
    """Go on with a copy of another template; False where there is none."""
    connections.close_all()
    cache.clear()
    return copy(template)


def copy(template: str) -> bool:
    """Put a copy of the template where the test database is; False without one."""
    is_sqlite = connections["default"].vendor == "sqlite"
    return (_copy_sqlite if is_sqlite else _copy_postgres)(template)


def keep(template: str) -> None:
    """Make what the test database holds now a template of this name."""
    is_sqlite = connections["default"].vendor == "sqlite"
    (_keep_sqlite if is_sqlite else _keep_postgres)(template)


def _sqlite_template(template: str) -> Path:
    return settings.VAR_DIR / f"test-{template}.sqlite3"


def _sqlite_name() -> Path:
    return Path(connections["default"].settings_dict["TEST"]["NAME"])


def _copy_sqlite(template: str) -> bool:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{_sqlite_name()}{suffix}").unlink(missing_ok=True)
    if not _sqlite_template(template).exists():
        return False
    shutil.copyfile(_sqlite_template(template), _sqlite_name())
    return True


def _keep_sqlite(template: str) -> None:
    path = _sqlite_template(template)
    with connections["default"].cursor() as cursor:
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        cursor.execute("VACUUM INTO %s", [str(partial)])
        partial.rename(path)


def _postgres_names(template: str) -> tuple[str, str]:
    connection = connections["default"]
    name = connection.settings_dict["NAME"]
    # Once set up, the connection goes by the test database's own name.
    is_set_up = name.startswith("test_")
    test_name = name if is_set_up else connection.creation._get_test_db_name()
    return test_name, f"ustod_{template}"


def _copy_postgres(template: str) -> bool:
    test_name, source = _postgres_names(template)
    with connections["default"].creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source])
        if not cursor.fetchone():
            return False
        end_connections(cursor, test_name)
        cursor.execute(f'DROP DATABASE IF EXISTS "{test_name}"')
        cursor.execute(f'CREATE DATABASE "{test_name}" TEMPLATE "{source}"')
    return True


def end_connections(cursor, name: str) -> None:
    """Those of tests that are over, and no others.

    DROP DATABASE WITH (FORCE) would end autovacuum's, too, and is refused that; without
    it the server asks autovacuum to leave.
    """
    cursor.execute(
        "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity"
        " WHERE datname = %s AND usename = current_user",
        [PATIENCE, name],
    )


def _keep_postgres(template: str) -> None:
    test_name, target = _postgres_names(template)
    connections["default"].close()
    with connections["default"].creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{test_name}"')
