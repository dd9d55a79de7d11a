"""A holder's own certificates, and the file itself for whoever may have it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates import codes, wording
from certificates.content import in_language
from certificates.models import Certificate
from certificates.verification import Verdict, verdict_of
from lms import scoping


@require_safe
@login_required
def mine(request):
    """Everything the reader has earned, the newest first."""
    rows = Certificate.objects.of(request.user)
    cards = [card(row, get_language()) for row in rows]
    return render(request, "certificates/mine.html", {"cards": cards})


@require_safe
@login_required
def download(request, code):
    """The stored file, byte by byte as it was issued (CE-02)."""
    certificate = get_object_or_404(Certificate, code=code)
    # The file of somebody who asked to be forgotten is gone.
    if not certificate.pdf or not may_have(request.user, certificate):
        raise Http404
    return FileResponse(
        certificate.pdf.open("rb"),
        as_attachment="inline" not in request.GET,
        filename=file_name(certificate),
        content_type="application/pdf",
        headers={"Cache-Control": "private, no-store"},
    )


def may_have(user, certificate: Certificate) -> bool:
    """The holder, and staff who see the people of this cohort (PR-11)."""
    if Certificate.objects.of(user).filter(pk=certificate.pk).exists():
        return True
    return scoping.holds(user, "see", certificate)


def file_name(certificate: Certificate) -> str:
    """Short, in the reader's language, safe in every file system (CE-35)."""
    return f"{_('certificate')}-{certificate.number}.pdf"


def card(certificate: Certificate, language: str) -> dict:
    """One line of My certificates."""
    verdict, day = verdict_of(certificate)
    content = certificate.content
    return {
        "title": in_language(content["course"], language),
        "number": certificate.number,
        "code": certificate.code,
        "printed_code": codes.grouped(certificate.code),
        "hours": wording.hours(content["minutes"], language),
        "awarded_on": wording.day(certificate.awarded_on, language),
        "is_valid": verdict is Verdict.VALID,
        "state": _state(verdict),
        "ended_on": wording.day(day, language) if day else "",
    }


def _state(verdict: Verdict) -> str:
    return {
        Verdict.VALID: _("Valid"),
        Verdict.EXPIRED: _("Expired"),
        Verdict.REVOKED: _("Revoked"),
        Verdict.SUPERSEDED: _("Replaced"),
        Verdict.WITHDRAWN: _("Withdrawn"),
    }[verdict]
