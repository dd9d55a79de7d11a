"""Is what a template file says of the right shape? Pure, and before anything is used.

First the shape (words where words belong), then what `layout` and the fonts say.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from certificates.design import texts
from certificates.paper import glyphs, layout, wording

_PICTURE = re.compile(r"images/[0-9a-f]{64}\.png")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
DESIGN = (
    "theme",
    "accent",
    "second_language",
    "valid_months",
    "is_public",
    "texts",
    "blocks",
)
MOST_BLOCKS = 90
MOST_MONTHS = 600
LONGEST_TITLE = 120


def is_picture(name: Any) -> bool:
    return isinstance(name, str) and bool(_PICTURE.fullmatch(name))


def faults(words: dict[str, Any]) -> list[str]:
    """Why `template.json` cannot be taken, in sentences; none when it can."""
    found = list(_shape(words))
    if found:
        return found
    design = words["design"]
    found = layout.faults(design)
    written = "".join(_all_texts(design))
    if missing := glyphs.missing(written):
        letters = ", ".join(glyphs.named(letter) for letter in missing[:5])
        found.append(
            _("No font of the certificates has: %(letters)s.") % {"letters": letters}
        )
    return found


def _shape(words: dict[str, Any]) -> Iterator[str]:
    if not _is_line(words.get("title"), LONGEST_TITLE) or not words["title"].strip():
        yield _wrong("title")
    if not _is_line(words.get("kind"), 20):
        yield _wrong("kind")
    logos = words.get("logos")
    if not isinstance(logos, list) or not all(map(is_picture, logos)):
        yield _wrong("logos")
    design = words.get("design")
    if not isinstance(design, dict) or set(design) != set(DESIGN):
        yield _wrong("design")
        return
    checks = {
        "theme": _is_line(design["theme"], 40),
        "accent": _is_line(design["accent"], 7) and _COLOUR.fullmatch(design["accent"]),
        "second_language": design["second_language"] in ("", *wording.LABELS),
        "valid_months": _is_months(design["valid_months"]),
        "is_public": isinstance(design["is_public"], bool),
        "texts": _are_texts(design["texts"]),
        "blocks": _are_blocks(design["blocks"]),
    }
    yield from (_wrong(name) for name, is_right in checks.items() if not is_right)


def _wrong(name: str) -> str:
    return _("“%(name)s” in the file is not as it should be.") % {"name": name}


def _is_line(value: Any, longest: int) -> bool:
    is_text = isinstance(value, str) and len(value) <= longest
    return is_text and (value == "" or value.isprintable())


def _is_months(value: Any) -> bool:
    return value is None or (type(value) is int and 1 <= value <= MOST_MONTHS)


def _are_texts(found: Any) -> bool:
    return (
        isinstance(found, dict)
        and bool(found)
        and all(code in wording.LABELS for code in found)
        and all(_is_language(of_language) for of_language in found.values())
    )


def _is_language(of_language: Any) -> bool:
    return (
        isinstance(of_language, dict)
        and set(of_language) == set(texts.LONGEST)
        and all(_is_text(of_language[n], most) for n, most in texts.LONGEST.items())
        and all(of_language[name] for name in texts.NEEDED)
    )


def _is_text(value: Any, longest: int) -> bool:
    """Letters are looked at later, one by one."""
    return isinstance(value, str) and len(value) <= longest


def _are_blocks(found: Any) -> bool:
    return (
        isinstance(found, list)
        and len(found) <= MOST_BLOCKS
        and all(_is_block(one) for one in found)
    )


def _is_block(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"type", "area", "value"}
        and _is_line(one["type"], 40)
        and _is_line(one["area"], 40)
        and isinstance(one["value"], dict)
        and _is_value(one["value"], is_text=one["type"] == "text")
    )


def _is_value(value: dict[str, Any], *, is_text: bool) -> bool:
    """Only a text has one: the name of a text above, or words of its own."""
    if not is_text:
        return value == {}
    style = value.get("style", "body")
    if not isinstance(style, str) or style not in layout.STYLES:
        return False
    rest = {name: said for name, said in value.items() if name != "style"}
    if set(rest) == {"text"}:
        return isinstance(rest["text"], str) and rest["text"] in layout.TEXTS
    return set(rest) == {"words"} and _are_words(rest["words"])


def _are_words(found: Any) -> bool:
    return isinstance(found, dict) and all(
        code in wording.LABELS and _is_text(said, texts.LONGEST_OWN)
        for code, said in found.items()
    )


def _all_texts(design: dict[str, Any]) -> Iterator[str]:
    for of_language in design["texts"].values():
        yield from of_language.values()
    for one in design["blocks"]:
        yield from one["value"].get("words", {}).values()
