"""The page as blocks to move, in Wagtail's own editor: a stream for each area.

A stream's value and a list of layout blocks say the same; `to_stream` and `from_stream`
are the two ways between them.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks.base import BlockField, BlockWidget

from certificates.design import texts
from certificates.paper import layout

from .papers import check_letters, check_placeholders, paper_languages

# More than a page can hold; a form that says more was not made by the editor.
MOST = 30
ICONS = {
    "title": "title",
    "name": "user",
    "course": "doc-full",
    "hours": "history",
    "topics": "list-ul",
    "attendance": "table",
    "score": "success",
    "dates": "calendar-alt",
    "donors": "group",
    "logos": "image",
    "signatories": "edit",
    "seal": "circle-check",
    "qr": "view",
    "number": "order",
}


class TextOfTemplate(blocks.StructBlock):
    """One of the texts that are written above, language by language."""

    text = blocks.ChoiceBlock(
        choices=list(layout.TEXTS.items()), default="deed", label=_("Which text")
    )
    style = blocks.ChoiceBlock(
        choices=list(layout.STYLES.items()), default="body", label=_("Size")
    )

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        label_format = "{text}"
        form_classname = "struct-block template-text"


def _own_words() -> blocks.StructBlock:
    """A text of this place only; a language left empty says nothing."""
    words = [
        (
            code,
            blocks.CharBlock(
                label=name,
                required=False,
                max_length=texts.LONGEST_OWN,
                validators=[check_letters, check_placeholders],
            ),
        )
        for code, name in paper_languages()
    ]
    style = blocks.ChoiceBlock(
        choices=list(layout.STYLES.items()), default="body", label=_("Size")
    )
    return blocks.StructBlock(
        [*words, ("style", style)],
        icon="openquote",
        label=_("Own words"),
    )


def _area(area: str) -> blocks.StreamBlock:
    plain = [
        (
            kind,
            blocks.StaticBlock(
                label=label, icon=ICONS.get(kind, "placeholder"), admin_text=" "
            ),
        )
        for kind, label in layout.TYPES.items()
        if kind != "text" and area in layout.AREAS_OF[kind]
    ]
    return blocks.StreamBlock(
        [*plain, ("text", TextOfTemplate()), ("words", _own_words())],
        required=False,
        max_num=MOST,
        block_counts={kind: {"max_num": 1} for kind, _block in plain},
        collapsed=True,
    )


class AreaWidget(BlockWidget):
    """Reads what the editor sends; anything else is None, never an error."""

    def value_from_datadict(self, data, files, name):
        try:
            if not 0 <= int(data[f"{name}-count"]) <= 10 * MOST:
                return None
            return super().value_from_datadict(data, files, name)
        except (KeyError, ValueError, TypeError):
            return None


class AreaField(BlockField):
    """The blocks of one area of the page."""

    def __init__(self, area: str):
        block = _area(area)
        super().__init__(
            block=block,
            widget=AreaWidget(block),
            required=False,
            label=layout.AREAS[area],
        )

    def clean(self, value):
        """None where it did not come from the editor: the area stays as it was."""
        return None if value is None else super().clean(value)


def to_stream(field: AreaField, found: list[layout.Block]) -> Any:
    """These layout blocks as the editor shows them; it folds each by its id."""
    shown = [_as_shown(one) | {"id": str(uuid4())} for one in found]
    return field.block.to_python(shown)


def _as_shown(one: layout.Block) -> dict[str, Any]:
    value = one["value"]
    if one["type"] != "text":
        return {"type": one["type"], "value": None}
    style = value.get("style", "body")
    if "text" in value:
        shown = {"text": value["text"], "style": style}
        return {"type": "text", "value": shown}
    return {"type": "words", "value": value.get("words", {}) | {"style": style}}


def from_stream(area: str, stream) -> list[layout.Block]:
    """What the editor said, as a version keeps it."""
    return [
        layout.Block(
            type="text" if child.block_type == "words" else child.block_type,
            area=area,
            value=_as_kept(child),
        )
        for child in stream
    ]


def _as_kept(child) -> dict[str, Any]:
    if child.block_type not in ("text", "words"):
        return {}
    value = dict(child.value)
    style = value.pop("style", "body")
    kept = (
        {"text": value["text"]}
        if child.block_type == "text"
        else {"words": {code: words for code, words in value.items() if words}}
    )
    return kept if style == "body" else kept | {"style": style}


def missing_in(area: str, found: list[layout.Block]) -> list[forms.ValidationError]:
    """Blocks no certificate can do without, said at the area where they belong."""
    there = {one["type"] for one in found}
    missing = [
        layout.TYPES[kind]
        for kind in layout.NEEDED
        if kind not in there and layout.AREAS_OF[kind][-1] == area
    ]
    if not missing:
        return []
    text = ngettext(
        "A certificate needs this block: %(blocks)s.",
        "A certificate needs these blocks: %(blocks)s.",
        len(missing),
    )
    return [forms.ValidationError(text % {"blocks": ", ".join(map(str, missing))})]
