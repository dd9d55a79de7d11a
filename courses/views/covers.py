"""A course's cover, drawn from its key."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from courses.ornament import cover_svg

WEEK = 604_800


@require_safe
def cover(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    response = HttpResponse(cover_svg(key), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={WEEK}"
    return response
