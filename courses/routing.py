"""Which page an address means, remembered until something published changes."""

import copy
from dataclasses import dataclass
from hashlib import sha256

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from . import content_version
from .models import LessonPage

# A lesson's text is kept as it is shown; its source is read when somebody asks for it.
LEFT_OUT = {LessonPage: ("body", "facilitator_notes")}


@dataclass
class Route:
    """Everything Wagtail asks the database for before it shows a page."""

    page: Page
    args: list
    kwargs: dict
    site: Site
    restrictions: list[PageViewRestriction]

    def result(self) -> RouteResult:
        """A page of the request's own, for hooks and templates to write on."""
        page = copy.copy(self.page)
        page._state = copy.copy(page._state)
        # Wagtail's hook asks the page; the answer stands in this route.
        page.get_view_restrictions = lambda: self.restrictions
        return RouteResult(page, self.args, self.kwargs)


def find(request: HttpRequest, path: str) -> RouteResult:
    """The page at this path with its view's arguments; Http404 when there is none."""
    address = f"{request.get_host()}:{get_language()}:{path}"
    name = f"route:{sha256(address.encode()).hexdigest()}"
    route = content_version.remembered(name, lambda: _route(request, path))
    request._wagtail_site = route.site
    return route.result()


def _route(request: HttpRequest, path: str) -> Route:
    found = Page.route_for_request(request, path)
    if found is None:
        raise Http404
    page, args, kwargs = found
    model = type(page)
    pages = model.objects.select_related("locale", "content_type")
    return Route(
        page=pages.defer(*LEFT_OUT.get(model, ())).get(pk=page.pk),
        args=args,
        kwargs=kwargs,
        site=Site.find_for_request(request),
        restrictions=list(page.get_view_restrictions()),
    )
