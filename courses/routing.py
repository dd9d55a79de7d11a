"""Which page an address means, remembered until something published changes."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from . import content_version
from .models import LessonPage

NOT_READ_AT_ONCE = {LessonPage: ("body", "facilitator_notes")}


@dataclass
class Route:
    """Everything Wagtail asks the database for before it shows a page."""

    model: type[Page]
    pk: int
    args: list
    kwargs: dict
    site: Site
    restrictions: list[PageViewRestriction]

    def page(self) -> Page | None:
        """The page itself: one query, without the columns its template has cached."""
        pages = self.model.objects.select_related("locale", "content_type")
        later = NOT_READ_AT_ONCE.get(self.model, ())
        page = pages.defer(*later).filter(pk=self.pk, live=True).first()
        if page:
            # Wagtail's hook asks the page; the answer stands in this route.
            page.get_view_restrictions = lambda: self.restrictions
        return page


def find(request: HttpRequest, path: str) -> RouteResult | None:
    """The page at this path with its view's arguments; None when there is none."""
    version = content_version.current()
    address = f"{request.get_host()}:{get_language()}:{path}"
    name = f"courses:route:{version}:{sha256(address.encode()).hexdigest()}"
    route = cache.get(name)
    if route is None:
        found = Page.route_for_request(request, path)
        if found:
            cache.set(name, _route(request, *found))
        return found
    request._wagtail_site = route.site
    page = route.page()
    return RouteResult(page, route.args, route.kwargs) if page else None


def _route(request: HttpRequest, page: Page, args, kwargs) -> Route:
    return Route(
        model=type(page),
        pk=page.pk,
        args=args,
        kwargs=kwargs,
        site=Site.find_for_request(request),
        restrictions=list(page.get_view_restrictions()),
    )
