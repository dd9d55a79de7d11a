"""A page's part of the address."""

from django.utils.text import slugify
from wagtail.models import Page


def free_slug(parent: Page, title: str, fallback: str) -> str:
    """Latin where the title is; a number makes it the only one of its name here."""
    base = slugify(title)[:200] or fallback
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
