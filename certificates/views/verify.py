"""Checking a certificate: for anybody, from a code or from the QR on the paper."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from certificates.checking import answer_json
from certificates.checking.verification import look_up

from .verify_pages import may_try, page, slowed, told, wants_json

# Longer than any address of a certificate's page.
LONGEST = 300
LONGEST_NAME = 160


@csrf_exempt  # Posting changes nothing here; a name in an address would be logged.
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("family_name")
def verify(request):
    """A typed code leads to its answer, a PDF to its own page."""
    given = request.POST if request.method == "POST" else request.GET
    typed = given.get("code", "")[:LONGEST].strip()
    return _answer(request, typed) if typed else page(request, {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("family_name")
def verify_code(request, code):
    """The answer to one code. Posting the holder's family name shows the full name."""
    return _answer(request, code[:LONGEST])


@require_safe
def by_code(request, code):
    """The address in the QR code: goes on in the visitor's language."""
    return told(request, redirect("certificates:verify_code", code=code))


def _answer(request, typed: str):
    family_name = request.POST.get("family_name", "")[:LONGEST_NAME]
    if not may_try(request):
        return slowed(request, {"typed": typed, "family_name": family_name})
    answer = look_up(typed, family_name=family_name)
    if wants_json(request):
        return told(request, JsonResponse(answer_json.of_code(answer)))
    return page(
        request, {"typed": answer.code, "answer": answer, "family_name": family_name}
    )
