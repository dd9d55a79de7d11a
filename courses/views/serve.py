"""Wagtail's door to the page tree, with the way there remembered."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from wagtail import hooks
from wagtail.models import Page

from courses import routing
from courses.translations import language_links


def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Runs the same hooks in the same order as `wagtail.views.serve`."""
    page, args, kwargs = routing.find(request, path)
    request.language_links = SimpleLazyObject(lambda: language_links(page, request))
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, args, kwargs)
        if isinstance(answer, HttpResponse):
            return answer
    return _chain()(page, request, args, kwargs)


def _chain():
    chain = _serve_page
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    return chain


def _serve_page(page: Page, request: HttpRequest, args, kwargs) -> HttpResponse:
    return page.serve(request, *args, **kwargs)
