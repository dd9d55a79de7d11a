"""One number for all that is published: whatever is kept under it dies with it."""

import secrets
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.utils.translation import get_language

Value = TypeVar("Value")

_KEY = "courses:content-version"
# Some hundred pages in three languages; a text has about 10 KB.
_NEAR_AT_MOST = 5000
_near: dict[str, Any] = {}
_request = threading.local()


def current() -> str:
    """The version everything is kept under; within one request always the same."""
    version = getattr(_request, "version", None)
    if version is None:
        version = cache.get(_KEY) or _renew()
        if getattr(_request, "is_running", False):
            _request.version = version
    return version


def bump() -> None:
    """Let everything be read anew, now and again once this change is written.

    Between the two somebody else may still read, and keep, what was there before.
    """
    _renew()
    transaction.on_commit(_renew)


def remembered(name: str, make: Callable[[], Value]) -> Value:
    """What `make` gave under this version: in this process, else in the shared cache.

    Many readers hold the same object: nobody may change it.
    """
    key = f"courses:{current()}:{_release()}:{name}"
    return _kept_near(key, lambda: _kept_for_all(key, make))


def written(name: str, make: Callable[[], Value]) -> Value:
    """The same for what a template wrote: in this language and this process alone."""
    return _kept_near(f"written:{current()}:{get_language()}:{name}", make)


def _release() -> str:
    """What is kept may name this release's pictures; the next one's are elsewhere."""
    return getattr(staticfiles_storage, "manifest_hash", "")


def _kept_near(key: str, make: Callable[[], Value]) -> Value:
    value = _near.get(key)
    if value is not None:
        return value
    value = make()
    if len(_near) >= _NEAR_AT_MOST:
        _near.clear()
    _near[key] = value
    return value


def _kept_for_all(key: str, make: Callable[[], Value]) -> Value:
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value)
    return value


def _renew() -> str:
    version = secrets.token_hex(8)
    cache.set(_KEY, version, timeout=None)
    _request.version = version if getattr(_request, "is_running", False) else None
    return version


def _begin(**kwargs) -> None:
    _request.is_running, _request.version = True, None


def _end(**kwargs) -> None:
    _request.is_running, _request.version = False, None


request_started.connect(_begin, dispatch_uid="courses.content_version")
request_finished.connect(_end, dispatch_uid="courses.content_version")
