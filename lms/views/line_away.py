"""What a browser shows of an attempt while the line is away; it is nobody's own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
def page(request) -> HttpResponse:
    """An empty page, into which the tab puts back what it showed before."""
    return render(request, "lms/line_away.html")


@never_cache
@require_safe
def worker(request) -> HttpResponse:
    """The script that shows it; its address lets it see the pages of attempts only."""
    return render(request, "lms/line_away.js", content_type="text/javascript")
