"""One number for all that is published: whatever is cached under it dies with it."""

import secrets

from django.core.cache import cache
from django.db import transaction

_KEY = "courses:content-version"


def current() -> str:
    """The version every cached route, outline and body is kept under."""
    return cache.get(_KEY) or _renew()


def bump() -> None:
    """Let everything cached be read anew, now and again once this change is written.

    Between the two somebody else may still read, and cache, what was there before.
    """
    _renew()
    transaction.on_commit(_renew)


def _renew() -> str:
    version = secrets.token_hex(8)
    cache.set(_KEY, version, timeout=None)
    return version
