"""Sending a stored certificate to whoever may have it."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from lms import scoping


def may_have(user, certificate: Certificate) -> bool:
    """The holder, and staff who see the people of this cohort (PR-11)."""
    if Certificate.objects.of(user).filter(pk=certificate.pk).exists():
        return True
    return scoping.holds(user, "see", certificate)


def pdf_response(request, file, name: str) -> FileResponse:
    """The very bytes, under a short name in the reader's language (CE-02, CE-35)."""
    kind = _("certificate")
    return FileResponse(
        file.open("rb"),
        as_attachment="inline" not in request.GET,
        filename=f"{kind}-{name}.pdf",
        content_type="application/pdf",
        headers={"Cache-Control": "private, no-store"},
    )
