"""The pages and files of the frame itself."""

import uuid

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from courses.ornament import band_svg, cover_svg

from .colours import brand_pairs
from .frame import frame

DAY, YEAR = 86_400, 31_536_000


@require_safe
def front_door(request: HttpRequest) -> HttpResponseRedirect:
    """To the front page in the visitor's language, as LocaleMiddleware knows it."""
    response = redirect("wagtail_serve", "")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
@cache_control(max_age=YEAR, immutable=True, public=True)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The organisation's colour as custom properties; the address holds the colour."""
    rules = ";".join(
        f"{name}:light-dark({light},{dark})"
        for name, (light, dark) in brand_pairs(_brand(request)).items()
    )
    return HttpResponse(f":root{{{rules}}}", content_type="text/css")


@require_safe
@cache_control(max_age=YEAR, immutable=True, public=True)
def band(request: HttpRequest) -> HttpResponse:
    """The ribbon of the front page; the address holds the colour."""
    return HttpResponse(band_svg(brand=_brand(request)), content_type="image/svg+xml")


@require_safe
@cache_control(max_age=DAY, public=True)
def cover(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A course's cover as `courses` draws it, in the organisation's colour."""
    picture = cover_svg(key, brand=_brand(request))
    return HttpResponse(picture, content_type="image/svg+xml")


def _brand(request: HttpRequest) -> str:
    return frame(request)["settings"]["brand_colour"]


@require_safe
@cache_control(max_age=DAY, public=True)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """For those who ask without reading the page first."""
    return redirect(static("img/icon.svg"))


@method_decorator(cache_control(max_age=DAY, public=True), name="dispatch")
class RobotsView(TemplateView):
    """Search engines read what is taught, and nobody's own pages."""

    template_name = "robots.txt"
    content_type = "text/plain; charset=utf-8"


@method_decorator(staff_member_required(login_url="account_login"), name="dispatch")
class StyleView(TemplateView):
    """The living guide to the design system, for staff."""

    template_name = "style.html"
