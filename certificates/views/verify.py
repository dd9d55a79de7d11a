"""Checking a certificate: for anybody, from a code or from the QR on the paper."""

from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from certificates import throttle
from certificates.verification import look_up

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
# Longer than any address of a certificate's page.
LONGEST = 300


@require_safe
def verify(request):
    """One box and one button; a typed code leads to its answer."""
    typed = request.GET.get("code", "")[:LONGEST].strip()
    return _answer(request, typed) if typed else _page(request, {})


@sensitive_post_parameters("family_name")
def verify_code(request, code):
    """The answer to one code. Posting the holder's family name shows the full name."""
    return _answer(request, code[:LONGEST], request.POST.get("family_name", "")[:160])


@require_safe
def by_code(request, code):
    """The address in the QR code: goes on in the visitor's language."""
    return _told(redirect("certificates:verify_code", code=code), HEADERS)


def _answer(request, typed: str, family_name: str = ""):
    if not throttle.allows(request):
        return _page(request, {"typed": typed, "is_slowed": True}, status=429)
    answer = look_up(typed, family_name=family_name)
    return _page(
        request, {"typed": answer.code, "answer": answer, "family_name": family_name}
    )


def _page(request, context, status=200):
    headers = HEADERS | (
        {"Retry-After": str(throttle.SECONDS)} if status == 429 else {}
    )
    page = render(request, "certificates/verify.html", context, status=status)
    return _told(page, headers)


def _told(response, headers):
    for name, value in headers.items():
        response[name] = value
    return response
