"""The keys that lock a register on a trainer's device; the server keeps none of them.

They stand in two cookies that scripts of ours can read without a line. The roster's key
is taken back by signing out, whatever the door, and after 36 hours; the key of what was
noted and not sent yet, which holds no name, after 14 days.
"""

import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

ROSTER, QUEUE = "roster", "queue"
SECONDS = {ROSTER: 36 * 3600, QUEUE: 14 * 24 * 3600}
KEY = re.compile(r"[\w-]{43}", re.ASCII)


def owner_of(user) -> str:
    """Whose things these are, on a device that several people may use."""
    digest = salted_hmac("lms.offline_keys", str(user.pk), algorithm="sha256")
    return digest.hexdigest()[:12]


def cookie_of(kind: str, user) -> str:
    return f"ustod_{kind}_{owner_of(user)}"


def give(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The keys this device has last longer; a missing one is made new."""
    for kind, seconds in SECONDS.items():
        name = cookie_of(kind, request.user)
        key = request.COOKIES.get(name, "")
        answer.set_cookie(
            name,
            key if KEY.fullmatch(key) else secrets.token_urlsafe(32),
            max_age=seconds,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=False,
            samesite="Strict",
        )
    return answer


class TakeRosterKeys:
    """Who signs out, here or in the admin, leaves no roster that could be read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        user = getattr(request, "has_signed_out", None)
        if user is not None:
            answer.delete_cookie(cookie_of(ROSTER, user), samesite="Strict")
        return answer
