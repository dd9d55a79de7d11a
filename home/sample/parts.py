"""A question's parts as Wagtail stores them, with the same ids in each language."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from .blocks import Row, items, stream

PLAN = "Plan of a workshop (drawn for the sample)"
SIZE = (900, 600)
PAPER, INK, LOCK = "#fffef8", "#2f3b45", "#b0562b"


def parts(rows: Iterable[Row], *path: object) -> str:
    """A StreamField's stored text of rows such as {"step": "First"}."""
    shaped = []
    for place, row in enumerate(rows):
        [(name, value)] = row.items()
        shape = SHAPES.get(name, _as_it_is)
        shaped.append((name, shape(value, (*path, place))))
    return stream(shaped, *path)


def _as_it_is(value: Any, path: tuple) -> Any:
    return value


def _gap(value: Row, path: tuple) -> Row:
    names = ("accepted", "others")
    return {name: items(value.get(name, []), (*path, name)) for name in names}


def _asked(value: Row, path: tuple) -> Row:
    """The right choice stands first in the file; a participant sees them mixed."""
    texts = [value["right"], *value["wrong"]]
    choices = [{"text": t, "is_correct": n == 0} for n, t in enumerate(texts)]
    return {"question": value["question"], "choices": items(choices, path)}


def _criterion(value: Row, path: tuple) -> Row:
    return {"name": value["name"], "levels": items(value["levels"], path)}


def _picture(value: Row, path: tuple) -> Row:
    return {"image": _plan().pk, "alt": value["alt"]}


def _region(value: Row, path: tuple) -> Row:
    return {"is_correct": False} | value


SHAPES: Mapping[str, Callable[[Any, tuple], Any]] = {
    "gap": _gap,
    "asked": _asked,
    "criterion": _criterion,
    "picture": _picture,
    "region": _region,
}


def _plan():
    """One picture for all languages: there is no word in it."""
    images = get_image_model().objects
    known = images.filter(title=PLAN).first()
    if known:
        return known
    file = ContentFile(_drawn(), "workshop-plan.png")
    return images.create(title=PLAN, file=file)


def _drawn() -> bytes:
    """A room with six machines, three beds, and a door with a lock outside."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 50, 840, 500), outline=INK, width=6)
    for column in range(3):
        for row in range(2):
            x, y = 90 + column * 115, 90 + row * 140
            draw.rectangle((x, y, x + 90, y + 50), outline=INK, width=4)
            draw.line((x + 20, y + 60, x + 70, y + 60), fill=INK, width=4)
            draw.ellipse((x + 30, y + 70, x + 60, y + 100), outline=INK, width=4)
    for row in range(3):
        y = 90 + row * 115
        draw.rectangle((590, y, 800, y + 80), outline=INK, width=4)
        draw.rectangle((600, y + 12, 650, y + 68), outline=INK, width=4)
    draw.line((340, 500, 470, 500), fill=PAPER, width=8)
    draw.line((340, 500, 340, 480), fill=INK, width=6)
    draw.line((470, 500, 470, 480), fill=INK, width=6)
    draw.line((340, 497, 470, 497), fill=INK, width=3)
    draw.arc((385, 508, 425, 550), 180, 360, fill=LOCK, width=6)
    draw.rectangle((375, 528, 435, 575), fill=LOCK)
    kept = BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()
