"""The pages of the frame itself."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from .colours import brand_pairs
from .frame import frame


@cache_control(max_age=31_536_000, immutable=True)
def brand_css(request):
    """The organisation's colour as custom properties; the address holds the colour."""
    pairs = brand_pairs(frame(request)["settings"]["brand_colour"])
    rules = ";".join(
        f"{name}:light-dark({light},{dark})" for name, (light, dark) in pairs.items()
    )
    return HttpResponse(f":root{{{rules}}}", content_type="text/css")


@method_decorator(staff_member_required(login_url="account_login"), name="dispatch")
class StyleView(TemplateView):
    """The living guide to the design system, for staff."""

    template_name = "style.html"


__all__ = ["StyleView", "brand_css"]
