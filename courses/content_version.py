"""One number for the state of all published content. Cached pages carry it in their key."""

import uuid

from django.core.cache import cache

KEY = "courses:content-version"


def current() -> str:
    """The version now; made when the cache does not know it."""
    return cache.get(KEY) or bump()


def bump() -> str:
    """Everything cached under the old version is out of date from here on."""
    version = uuid.uuid4().hex[:12]
    cache.set(KEY, version, timeout=None)
    return version
