"""Telling one device from another, without knowing whose it is or what it is."""

import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "device"
SECONDS = 400 * 24 * 3600  # as long as browsers keep a cookie at most


def device_of(request: HttpRequest) -> str:
    """A keyed digest of this browser's number: nobody can set the cookie from it.

    A browser without a number gets one; `remember` sends it along.
    """
    number = request.COOKIES.get(COOKIE)
    if not number:
        number = request.COOKIES[COOKIE] = secrets.token_urlsafe(16)
    digest = salted_hmac("lms.devices", number, algorithm="sha256").hexdigest()
    return digest[:32]


def is_known(request: HttpRequest) -> bool:
    """Did this browser bring a number along?"""
    return COOKIE in request.COOKIES


def remember(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let the browser keep its number; each visit makes it last longer."""
    answer.set_cookie(
        COOKIE,
        request.COOKIES[COOKIE],
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def address_of(request: HttpRequest) -> str:
    """The address the request came from, through whatever proxies are trusted."""
    return get_adapter().get_client_ip(request)
