"""What every page of the ready site knows."""

from .models import SiteSettings


def site(request):
    return {"site_settings": lambda: SiteSettings.for_request(request)}
