"""What the settings take from the environment, and a sentence for each wrong value."""

from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError
from marshmallow.validate import Length, OneOf, Range

BASE_DIR = Path(__file__).resolve().parents[2]

__all__ = ["BASE_DIR", "Length", "OneOf", "Range", "database", "env", "finish"]

# Values are all read before any complaint, so that one start names every mistake.
env = Env(eager=False)


def database(default: str) -> dict:
    """DATABASE_URL as Django wants it; PostgreSQL and SQLite only.

    SQLite takes its write lock when a transaction begins and waits for it: as Django
    ships it, 50 writing clients see two requests in three answer 500.
    """
    url = env.str("DATABASE_URL", default)
    try:
        config = dj_database_url.parse(url, conn_max_age=None)
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        config = {"ENGINE": ""}
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    elif config["ENGINE"].endswith("postgresql"):
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgres:// or sqlite:///, for example "
            "postgres://ustod:password@localhost/ustod."
        )
    return config


def finish() -> None:
    """Refuse to start while a value is wrong, with one sentence a value."""
    try:
        env.seal()
    except EnvValidationError as wrong:
        sentences = [
            f"{name} is set to a value that cannot be used: {' '.join(reasons)}"
            for name, reasons in wrong.error_messages.items()
        ]
        raise ImproperlyConfigured("\n".join(sentences)) from None
    except EnvError as wrong:
        raise ImproperlyConfigured(str(wrong)) from None
