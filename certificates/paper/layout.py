"""What a template is made of: a theme, blocks in areas, texts with placeholders. Pure.

`TemplateVersion.content["blocks"]` is a list of {"type", "area", "value"} in the order
in which they stand; `"second_language"` is the other column of a bilingual paper.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise


class Block(TypedDict):
    """One thing on the paper; only a text has a value.

    The value of a text is {"text": name of one of the template's texts} or
    {"words": {"en": ..., ...}}, and may say {"style": "small"}.
    """

    type: str
    area: str
    value: dict[str, Any]


THEMES: dict[str, Label] = {
    "guilloche": _("Guilloche: fine lines of a bank note, A4 across"),
    "plain": _("Plain: letters and white, A4 across"),
    "bilingual": _("Bilingual: two languages side by side, A4 across"),
    "statement": _("Statement: a letter with a table, A4 upright"),
}
AREAS: dict[str, Label] = {
    "top": _("Top"),
    "middle": pgettext_lazy("of a page", "Middle"),
    "foot": _("Foot"),
}
TYPES: dict[str, Label] = {
    "title": _("Title"),
    "name": _("Name"),
    "text": _("Text"),
    "course": _("Course"),
    "hours": _("Hours, level, days and place"),
    "topics": _("Topics"),
    "attendance": _("Table of attendance"),
    "score": _("Result"),
    "dates": _("Dates"),
    "donors": _("Names of the donors"),
    "logos": _("Logos"),
    "signatories": _("Signatories"),
    "seal": _("Place of the seal"),
    "qr": _("QR code and address"),
    "number": _("Number"),
}
# Where each may stand; elsewhere it would have no room.
AREAS_OF: dict[str, tuple[str, ...]] = {
    "title": ("top", "middle"),
    "name": ("middle",),
    "text": ("top", "middle", "foot"),
    "course": ("middle",),
    "hours": ("middle",),
    "topics": ("middle",),
    "attendance": ("middle",),
    "score": ("middle",),
    "dates": ("middle", "foot"),
    "donors": ("top", "middle", "foot"),
    "logos": ("top", "middle", "foot"),
    "signatories": ("foot",),
    "seal": ("foot",),
    "qr": ("foot",),
    "number": ("top", "foot"),
}
# Without these nobody can tell whose it is or check it.
NEEDED = ("name", "number", "qr")
MANY = ("text",)
STYLES: dict[str, Label] = {"body": _("As the text"), "small": _("Small print")}
TEXTS: dict[str, Label] = {
    "issuer": _("Organisation"),
    "presented": _("Before the name"),
    "deed": _("Before the course"),
    "footer": _("Small print"),
}
PLACEHOLDERS: dict[str, Label] = {
    "holder": _("name of the holder"),
    "course": _("title of the course"),
    "level": _("level of the course"),
    "hours": _("hours of the course"),
    "days": _("days on which it was held"),
    "place": _("where it was held"),
    "cohort": _("code of the cohort"),
    "score_band": _("result"),
    "awarded_on": _("day of the award"),
    "issued_on": _("day of issue"),
    "valid_until": _("last day"),
    "sessions": _("number of sessions"),
    "sessions_attended": _("sessions attended"),
    "hours_attended": _("hours attended"),
    "percent": _("share attended"),
    "number": _("number of the certificate"),
}

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# [with the result {score_band}] is said only where everything in it is known.
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def _block(kind: str, area: str, **value: Any) -> Block:
    return Block(type=kind, area=area, value=value)


def _in_order(*blocks: Block) -> list[Block]:
    return list(blocks)


_TOP = (_block("logos", "top"), _block("text", "top", text="issuer"))
_DEED = (
    _block("title", "middle"),
    _block("text", "middle", text="presented"),
    _block("name", "middle"),
    _block("text", "middle", text="deed"),
    _block("course", "middle"),
    _block("hours", "middle"),
    _block("score", "middle"),
    _block("donors", "middle"),
    _block("text", "middle", text="footer", style="small"),
)
_FOOT = (
    _block("signatories", "foot"),
    _block("seal", "foot"),
    _block("number", "foot"),
    _block("dates", "foot"),
    _block("qr", "foot"),
)
_DEFAULTS: dict[str, list[Block]] = {
    "guilloche": _in_order(*_TOP, *_DEED, *_FOOT),
    "plain": _in_order(*_TOP, *_DEED, *_FOOT),
    # Each column has its own dates: at the foot they would stand in one language first.
    "bilingual": _in_order(
        *_TOP,
        *_DEED[:-2],
        _block("dates", "middle"),
        *_DEED[-2:],
        *(one for one in _FOOT if one["type"] != "dates"),
    ),
    "statement": _in_order(
        *_TOP,
        _block("number", "top"),
        _block("title", "middle"),
        _block("text", "middle", text="presented"),
        _block("name", "middle"),
        _block("text", "middle", text="deed"),
        _block("course", "middle"),
        _block("attendance", "middle"),
        _block("topics", "middle"),
        _block("donors", "middle"),
        _block("text", "middle", text="footer", style="small"),
        _block("signatories", "foot"),
        _block("seal", "foot"),
        _block("dates", "foot"),
        _block("qr", "foot"),
    ),
}


def default_blocks(theme: str) -> list[Block]:
    """What a new template of this theme begins with."""
    return [
        Block(type=one["type"], area=one["area"], value=dict(one["value"]))
        for one in _DEFAULTS.get(theme, _DEFAULTS["guilloche"])
    ]


def blocks_of(content: Mapping[str, Any]) -> list[Block]:
    """The blocks in order; a version from before blocks has those of its theme."""
    return content.get("blocks") or default_blocks(content.get("theme", ""))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in.

    What stands in [square brackets] goes when anything in it is not known, and so does
    a text that knows none of its values; no double space is left (CE-30).
    """
    names = _PLACEHOLDER.findall(text)
    if names and not any(values.get(name) for name in names):
        return ""
    text = _OPTIONAL.sub(lambda found: _if_known(found[1], values), text)
    text = _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)
    return re.sub(r" +([,.;:!?)،؛])", r"\1", re.sub(r"[ \t\r\n]+", " ", text).strip())


def _if_known(part: str, values: Mapping[str, str]) -> str:
    is_known = all(values.get(name) for name in _PLACEHOLDER.findall(part))
    return part if is_known else ""


def faults(content: Mapping[str, Any]) -> list[str]:
    """Why this design cannot be published, in sentences; none when it can (CE-26)."""
    blocks = blocks_of(content)
    found = [*_faults_of_theme(content), *_faults_of_blocks(blocks)]
    for language, text in _texts(content, blocks):
        found += [f"{fault} ({language})" for fault in text_faults(text)]
    return list(dict.fromkeys(found))


def text_faults(text: str) -> list[str]:
    """What is wrong with the placeholders of one text."""
    unknown = [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
    found = [
        _t("There is no placeholder {%(name)s}.") % {"name": name} for name in unknown
    ]
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        found.append(_t("A curly bracket is not closed."))
    rest = _OPTIONAL.sub("", rest)
    if "[" in rest or "]" in rest:
        found.append(_t("A square bracket is not closed."))
    return found


def _faults_of_theme(content: Mapping[str, Any]) -> Iterator[str]:
    theme = content.get("theme")
    if theme not in THEMES:
        yield _t("There is no theme “%(name)s”.") % {"name": theme}
    if theme == "bilingual" and not content.get("second_language"):
        yield _t("A bilingual certificate needs a second language.")


def _faults_of_blocks(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        kind, area = block.get("type", ""), block.get("area", "")
        if kind not in TYPES:
            yield _t("There is no block “%(name)s”.") % {"name": kind}
        elif area not in AREAS_OF[kind]:
            yield _t("“%(block)s” cannot stand there.") % {"block": TYPES[kind]}
    counted = Counter(block.get("type", "") for block in blocks)
    for kind in NEEDED:
        if not counted[kind]:
            yield _t("“%(block)s” is missing.") % {"block": TYPES[kind]}
    for kind, count in counted.items():
        if count > 1 and kind in TYPES and kind not in MANY:
            yield _t("“%(block)s” is there twice.") % {"block": TYPES[kind]}


def _texts(
    content: Mapping[str, Any], blocks: list[Block]
) -> Iterator[tuple[str, str]]:
    """Every text with its language."""
    for language, texts in content.get("texts", {}).items():
        for text in texts.values():
            yield language, text
    for block in blocks:
        yield from block.get("value", {}).get("words", {}).items()
