"""The page that checks certificates without a network, to take along."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.checking.verifier.assembling import page
from certificates.checking.verifier.publishing import published
from certificates.seal import keys
from certificates.seal.keys import KeyMissing

from .verify_pages import TEMPLATE, may_try, slowed, told


@require_safe
def offline(request):
    """One file to download, with the keys and the list of this moment."""
    if not may_try(request):
        return slowed(request, {})
    try:
        text = page(published(key=keys.credential_key()))
    except KeyMissing:
        return told(request, render(request, TEMPLATE, {"is_without_keys": True}))
    name = "certificate-verifier.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = HttpResponse(text, headers=headers)
    return told(request, answer)
