"""What a printed page shows otherwise than a screen: pictures and names.

Pictures come from their files, not from addresses.
"""

import re
from html import unescape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model

from lms.paper_words import direction_of

register = template.Library()

EMBED = re.compile(r"<embed\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(id|alt|embedtype)="([^"]*)"')


@register.filter
def printed(stem: str) -> SafeString:
    """The words of a question with their pictures."""
    return mark_safe(EMBED.sub(_picture, stem))  # noqa: S308 - the editor's own markup


@register.filter
def isolated(value: object) -> SafeString:
    """A name with its own direction, said outright: WeasyPrint does not find it out.

    Else the quotes and brackets around a Cyrillic name change ends on a Persian page.
    """
    return format_html('<bdi dir="{}">{}</bdi>', direction_of(str(value)), value)


@register.simple_tag
def picture_file(pk: int | None) -> dict:
    """A picture for the printer, with its size; empty when it is there no more."""
    image = get_image_model().objects.filter(pk=pk).first()
    if image is None:
        return {}
    rendition = image.get_rendition("max-1000x1000")
    address = f"picture:{rendition.file.name}"
    return {"address": address, "width": rendition.width, "height": rendition.height}


def _picture(embed: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(embed[0]))
    if (
        attributes.get("embedtype") != "image"
        or not attributes.get("id", "").isdecimal()
    ):
        return ""
    picture, alt = picture_file(int(attributes["id"])), attributes.get("alt", "")
    if not picture:
        return format_html("<em>{}</em>", unescape(alt))
    return format_html('<img src="{}" alt="{}">', picture["address"], unescape(alt))
