"""Checking a certificate: for anybody, from a code or from the QR on the paper."""

from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from certificates.verification import look_up
from lms import throttle

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}
# Longer than any address of a certificate's page.
LONGEST = 300


@require_safe
def verify(request):
    """One box and one button; a typed code leads to its answer."""
    typed = request.GET.get("code", "")[:LONGEST].strip()
    return _answer(request, typed) if typed else _page(request, {})


@csrf_exempt  # Posting changes nothing here; a name in an address would be logged.
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("family_name")
def verify_code(request, code):
    """The answer to one code. Posting the holder's family name shows the full name."""
    return _answer(request, code[:LONGEST], request.POST.get("family_name", "")[:160])


@require_safe
def by_code(request, code):
    """The address in the QR code: goes on in the visitor's language."""
    return _told(request, redirect("certificates:verify_code", code=code))


def _answer(request, typed: str, family_name: str = ""):
    if not throttle.allows(request, door="verify"):
        return _page(request, {"typed": typed, "is_slowed": True}, status=429)
    answer = look_up(typed, family_name=family_name)
    return _page(
        request, {"typed": answer.code, "answer": answer, "family_name": family_name}
    )


def _page(request, context, status=200):
    page = render(request, "certificates/verify.html", context, status=status)
    if status == 429:
        page["Retry-After"] = str(throttle.SECONDS)
    return _told(request, page)


def _told(request, response):
    """Keep the page out of searches, and its address to ourselves (CE-13)."""
    for name, value in HEADERS.items():
        response[name] = value
    # Without any referrer a browser hides where a form comes from, and the form that
    # signs out would be refused.
    is_known = request.user.is_authenticated
    response["Referrer-Policy"] = "same-origin" if is_known else "no-referrer"
    return response
