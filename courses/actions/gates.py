"""Keeping what is taught behind the sign-in, at Wagtail's own doors too."""

from django.db import transaction
from wagtail.models import Page, PageViewRestriction


@transaction.atomic
def keep_behind_sign_in(page: Page) -> None:
    """Keep the page and what is below it out of `public()`, the API and the search.

    A page below one that is closed already needs nothing of its own.
    """
    if not page.get_view_restrictions().exists():
        PageViewRestriction.objects.create(
            page=page.page_ptr if hasattr(page, "page_ptr") else page,
            restriction_type=PageViewRestriction.LOGIN,
        )
