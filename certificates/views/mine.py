"""A holder's own certificates, and the file itself for whoever may have it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certificates.cards import cards_of
from certificates.models import Certificate

from .stored import may_have, pdf_response


@require_safe
@login_required
def mine(request):
    """Everything the reader has earned, the newest first."""
    context = {"cards": cards_of(request.user, get_language())}
    return render(request, "certificates/mine.html", context)


@require_safe
@login_required
def download(request, code):
    """The stored file, byte by byte as it was issued (CE-02)."""
    certificate = get_object_or_404(Certificate, code=code)
    # The file of somebody who asked to be forgotten is gone.
    if not certificate.pdf or not may_have(request.user, certificate):
        raise Http404
    return pdf_response(request, certificate.pdf, certificate.number)
