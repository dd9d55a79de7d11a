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
from django.db import connections
from django.test.utils import setup_databases, teardown_databases


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
    vendor = connections["default"].vendor
    with one_at_a_time():
        ready = (_copy_sqlite if vendor == "sqlite" else _copy_postgres)()
        if not ready:
            old = setup_databases(verbosity=0, interactive=False)
            (_keep_sqlite if vendor == "sqlite" else _keep_postgres)()
            return old
    return setup_databases(verbosity=0, interactive=False, keepdb=True)


def remove(old) -> None:
    teardown_databases(old, verbosity=0)


def _sqlite_template() -> Path:
    return settings.VAR_DIR / f"test-template-{fingerprint()}.sqlite3"


def _sqlite_name() -> Path:
    return Path(connections["default"].settings_dict["TEST"]["NAME"])


def _copy_sqlite() -> bool:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{_sqlite_name()}{suffix}").unlink(missing_ok=True)
    if not _sqlite_template().exists():
        return False
    shutil.copyfile(_sqlite_template(), _sqlite_name())
    return True


def _keep_sqlite() -> None:
    with connections["default"].cursor() as cursor:
        partial = _sqlite_template().with_suffix(".partial")
        partial.unlink(missing_ok=True)
        cursor.execute("VACUUM INTO %s", [str(partial)])
        partial.rename(_sqlite_template())


def _postgres_names() -> tuple[str, str]:
    creation = connections["default"].creation
    return creation._get_test_db_name(), f"ustod_template_{fingerprint()}"


def _copy_postgres() -> bool:
    test_name, template = _postgres_names()
    with connections["default"].creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{test_name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{test_name}" TEMPLATE "{template}"')
    return True


def _keep_postgres() -> None:
    test_name = connections["default"].settings_dict["NAME"]
    template = f"ustod_template_{fingerprint()}"
    connections["default"].close()
    with connections["default"].creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{template}" TEMPLATE "{test_name}"')
