"""The pictures of a question's text: kept in the library, and taken out for a file."""

import hashlib
import io
import re
from html import escape, unescape

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from courses.exchange.drafts import Picture, Refused
from courses.exchange.markup import clean, with_pictures
from courses.exchange.pictures import drawn_anew

_EMBED = re.compile(r"<embed\b[^>]*>", re.I)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_DRAWN = re.compile(r'<img src="([^"]*)" alt="([^"]*)"/>')


def with_kept_pictures(stem: str, pictures: tuple[Picture, ...], *, by) -> str:
    """The stem as Wagtail stores it, each picture an image of the library."""
    kept = {picture.name: _image(picture, by) for picture in pictures}

    def embed(found: re.Match) -> str:
        image = kept.get(unescape(found.group(1)))
        alt = found.group(2)
        return (
            f'<embed embedtype="image" format="fullwidth" id="{image.pk}" alt="{alt}"/>'
            if image
            else ""
        )

    return _DRAWN.sub(embed, stem)


def with_taken_pictures(stem: str) -> tuple[str, list[Picture]]:
    """The stem as a draft has it, with the pictures it shows."""
    ids = {at["id"] for at in _embeds(stem) if at.get("id", "").isdecimal()}
    images = get_image_model().objects.in_bulk([int(pk) for pk in ids])
    pictures = {str(pk): _picture(image) for pk, image in images.items()}

    def draw(found: re.Match) -> str:
        at = dict(_ATTRIBUTE.findall(found.group()))
        alt = escape(unescape(at.get("alt", "")))
        return f'<img src="{at.get("id", "")}" alt="{alt}">'

    html = clean(_EMBED.sub(draw, stem))
    names = {pk: picture.name for pk, picture in pictures.items() if picture}
    taken = {picture.name: picture for picture in pictures.values() if picture}
    return with_pictures(html, names), list(taken.values())


def _embeds(stem: str) -> list[dict[str, str]]:
    return [dict(_ATTRIBUTE.findall(tag)) for tag in _EMBED.findall(stem)]


def _image(picture: Picture, by):
    """The same picture is in the library once."""
    model = get_image_model()
    digest = hashlib.sha1(picture.data, usedforsecurity=False).hexdigest()
    known = model.objects.filter(file_hash=digest).first()
    if known:
        return known
    file = ImageFile(io.BytesIO(picture.data), name=picture.name)
    image = model(title=picture.name, file=file, uploaded_by_user=by)
    image.file_hash, image.file_size = digest, len(picture.data)
    image.save()
    return image


def _picture(image) -> Picture | None:
    """None where the library has lost its file."""
    try:
        with image.open_file() as file:
            return drawn_anew(file.read(), image.title)
    except (OSError, Refused):
        return None
