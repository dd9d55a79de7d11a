"""The holder's badge: a picture that carries the credential, to be taken elsewhere."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.credential import baking, picture
from certificates.credential.making import as_text
from certificates.models import Certificate

from .stored import may_have

TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@require_safe
@login_required
def badge(request, code, form):
    """For whoever may have the paper; programs read the credential out of the file."""
    row = get_object_or_404(Certificate, code=code)
    if not row.credential or not may_have(request.user, row):
        raise Http404
    made = _baked(row, form)
    kind = _("badge")
    name = f"{kind}-{row.number}.{form}"
    return HttpResponse(
        made,
        content_type=TYPES[form],
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "private, no-store",
        },
    )


def _baked(row: Certificate, form: str) -> bytes:
    signed, year = as_text(row.credential), row.awarded_on.year
    if form == "png":
        return baking.bake_png(picture.png(row.kind, year), signed)
    return baking.bake_svg(picture.svg(row.kind, year), signed).encode()
