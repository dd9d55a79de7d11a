from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, IntegerBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from .base import (
    Key,
    Posed,
    Question,
    Words,
    parts_of,
)
from .choosing import Choice, Choices, Choosing
from .registry import register

SIDES = ("left", "top", "width", "height")


def _percent(label: Words, default: int) -> IntegerBlock:
    return IntegerBlock(label=label, default=default, min_value=0, max_value=100)


PICTURE = StructBlock(
    [
        ("image", ImageChooserBlock(label=_("Picture"))),
        (
            "alt",
            CharBlock(
                label=_("What it shows"),
                max_length=500,
                help_text=_("Read aloud to those who cannot see it."),
            ),
        ),
    ],
    icon="image",
    label=_("Picture to point at"),
    group=_("Place on a picture"),
)
REGION = StructBlock(
    [
        (
            "label",
            CharBlock(
                label=_("What is there"),
                max_length=100,
                help_text=_("Without giving away whether it is right."),
            ),
        ),
        ("left", _percent(_("Percent from the left"), 10)),
        ("top", _percent(_("Percent from the top"), 10)),
        ("width", _percent(_("Width in percent"), 20)),
        ("height", _percent(_("Height in percent"), 20)),
        ("is_correct", BooleanBlock(label=_("Right"), required=False)),
    ],
    icon="crosshairs",
    label=_("Place on the picture"),
    group=_("Place on a picture"),
)


@dataclass(frozen=True)
class Spot:
    """Where a place lies, in percent of the picture."""

    id: str
    number: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Spots(Choices):
    """The numbered places as a list to choose from, and where they are."""

    image: int | None = None
    alt: str = ""
    spots: tuple[Spot, ...] = ()


@register
class Hotspot(Choosing):
    """The right place on a picture: touched, or chosen from the list of places."""

    key = "hotspot"
    label = _("Place on a picture")
    rank = 97
    fields = ("parts",)
    blocks = {"picture": PICTURE, "region": REGION}
    sheet_template = "courses/kinds/hotspot.html"
    review_template = "courses/kinds/hotspot_review.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        regions = parts_of(question, "region")
        if len(parts_of(question, "picture")) != 1:
            return {"parts": _("Choose one picture.")}
        if len(regions) < 2:
            return {"parts": _("Mark at least two places on the picture.")}
        if sum(bool(one.value["is_correct"]) for one in regions) != 1:
            return {"parts": _("Mark exactly one place as right.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        regions = parts_of(question, "region")
        right = [str(one.id) for one in regions if one.value["is_correct"]]
        return super().key_of(question) | {
            "correct": right,
            "options": [str(one.id) for one in regions],
            "spots": {
                str(one.id): [one.value[side] or 0 for side in SIDES] for one in regions
            },
        }

    def body_of(self, question: Question) -> dict[str, Any]:
        labels = {str(r.id): r.value["label"] for r in parts_of(question, "region")}
        pictures = [part.value for part in parts_of(question, "picture")[:1]]
        images = [one["image"].pk for one in pictures if one["image"]]
        return super().body_of(question) | {
            "options": labels,
            "image": next(iter(images), None),
            "alt": next((one["alt"] or "" for one in pictures), ""),
        }

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        """As the author wrote them: their numbers stand on the picture."""
        return list(key["options"])

    def asked(self, posed: Posed) -> Spots:
        return _on_picture(posed, self._choices(posed))

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Spots:
        judged = super().reviewed(posed, shows_right=shows_right)
        return _on_picture(posed, judged.choices)

    def _choices(self, posed: Posed) -> list[Choice]:
        texts = posed.body["options"]
        return [
            Choice(one, f"{number}. {texts.get(one, '')}", one in posed.values)
            for number, one in enumerate(posed.order, start=1)
        ]


def _on_picture(posed: Posed, choices: list[Choice]) -> Spots:
    spots = tuple(
        Spot(one, number, *posed.key["spots"][one])
        for number, one in enumerate(posed.order, start=1)
    )
    body = posed.body
    return Spots(choices, image=body["image"], alt=body["alt"], spots=spots)
