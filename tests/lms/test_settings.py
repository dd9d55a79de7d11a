"""A wrong value in the environment: a sentence that names it, before anything runs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from lms.settings.environment import BASE_DIR

PRODUCTION = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "training.example.org"}


def start(module: str = "lms.settings.production", **environment: str):
    """Import settings as a server does, in a process of its own."""
    kept = {"PATH": os.environ["PATH"], "USTOD_VAR": str(settings.VAR_DIR)}
    return subprocess.run(  # noqa: S603 - our own settings
        [sys.executable, "-c", f"import {module}"],
        env=kept | environment,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def said(process) -> list[str]:
    """The sentences after the exception's name."""
    lines = process.stderr.splitlines()
    place = next(n for n, line in enumerate(lines) if "ImproperlyConfigured: " in line)
    first = lines[place].partition("ImproperlyConfigured: ")[2]
    return [first, *lines[place + 1 :]]


def test_good_values_start():
    assert start(**PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SECRET_KEY", "short", "Shorter than minimum length 50."),
        ("DATABASE_URL", "mysql://ustod@localhost/ustod", "postgres://"),
        ("DATABASE_URL", "ustod.sqlite3", "sqlite:///"),
        ("EMAIL_PORT", "smtp", "Not a valid integer."),
        ("EMAIL_PORT", "70000", "less than or equal to 65535."),
        ("EMAIL_USE_TLS", "perhaps", "Not a valid boolean."),
        ("TIME_ZONE", "Dushanbe", "Asia/Dushanbe"),
        ("USTOD_ISSUER_ZONE", "+05:00", "Asia/Dushanbe"),
        ("BASE_URL", "training.example.org", "https://example.org"),
        ("USTOD_VERIFY_BASE_URL", "ftp://example.org", "https://example.org"),
        ("USTOD_STAFF_MFA", "sometimes", "Not a valid boolean."),
        ("TRUSTED_PROXIES", "-1", "greater than or equal to 0"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(name, value, hint):
    [sentence] = said(start(**PRODUCTION | {name: value}))

    assert sentence.startswith(f"The setting {name} cannot be used.")
    assert hint in sentence


def test_all_wrong_values_are_named_at_once():
    wrong = {"EMAIL_PORT": "smtp", "DATABASE_URL": "oracle://x", "TIME_ZONE": "Mars"}

    sentences = said(start(**PRODUCTION | wrong))

    assert {sentence.split()[2] for sentence in sentences} == set(wrong)


def test_a_server_does_not_start_without_its_key_and_its_names():
    sentences = said(start())

    assert {sentence.split()[2] for sentence in sentences} == set(PRODUCTION)


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("PORT", "0"), ("WEB_CONCURRENCY", "many")]
)
def test_gunicorn_names_what_it_cannot_use(name, value):
    [sentence] = said(start("lms.gunicorn", **{name: value}))

    assert sentence.startswith(f"The setting {name} cannot be used.")
