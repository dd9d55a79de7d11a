"""What the settings take from the environment, and a sentence for each wrong value."""

import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError, ValidationError
from marshmallow.validate import Length, OneOf, Range

BASE_DIR = Path(__file__).resolve().parents[2]

__all__ = [
    "BASE_DIR",
    "Env",
    "Length",
    "OneOf",
    "Range",
    "database",
    "env",
    "finish",
    "is_address",
    "is_zone",
]

ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")

# Values are all read before any complaint, so that one start names every mistake.
env = Env(eager=False)


def is_address(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValidationError("Write a web address such as https://example.org.")


def is_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError("Write a time zone such as Asia/Dushanbe.")


def database(default: str) -> dict:
    """DATABASE_URL as Django wants it; PostgreSQL and SQLite only.

    SQLite takes its write lock when a transaction begins and waits for it: as Django
    ships it, 50 writing clients see two requests in three answer 500.
    """
    url = env.str("DATABASE_URL", default, validate=_is_database)
    config = _parsed(url or default)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return config


def _is_database(url: str) -> None:
    if _parsed(url).get("ENGINE") not in ENGINES:
        raise ValidationError(
            "It must begin with postgres:// or sqlite:///, for example "
            "postgres://ustod:password@localhost/ustod."
        )


def _parsed(url: str) -> dict:
    try:
        return dict(dj_database_url.parse(url, conn_max_age=None))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        return {}


def finish(values: Env = env) -> None:
    """Refuse to start while a value is wrong, with one sentence a value."""
    try:
        values.seal()
    except EnvValidationError as wrong:
        sentences = [
            f"The setting {name} cannot be used. {' '.join(reasons)}"
            for name, reasons in wrong.error_messages.items()
        ]
        raise ImproperlyConfigured("\n".join(sentences)) from None
    except EnvError as wrong:
        raise ImproperlyConfigured(str(wrong)) from None
