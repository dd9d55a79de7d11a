"""What one version of a template says and another does not. Pure."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from certificates.paper import layout

Label = str | Promise

SETTINGS: dict[str, Label] = {
    "accent": _("Colour"),
    "second_language": _("Second language"),
    "valid_months": _("Valid for, in months"),
}
TEXTS: dict[str, Label] = {"title": _("Title"), **layout.TEXTS}


class Difference(NamedTuple):
    """One thing in both versions; empty where a version says nothing."""

    what: str
    older: str
    newer: str


def between(older: dict[str, Any], newer: dict[str, Any]) -> list[Difference]:
    """Everything that differs, in the order of the form."""
    found = (Difference(*one) for one in _all(older, newer))
    return [one for one in found if one.older != one.newer]


def _all(
    older: dict[str, Any], newer: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    yield _t("Theme"), _theme(older), _theme(newer)
    for name, label in SETTINGS.items():
        yield str(label), _said(older.get(name)), _said(newer.get(name))
    name = _t("Show the holder's whole name to whoever checks the certificate")
    yield name, _agreed(older), _agreed(newer)
    yield _t("Logos"), *_logos(older.get("logos", []), newer.get("logos", []))
    before, after = older.get("texts", {}), newer.get("texts", {})
    for code in dict.fromkeys([*before, *after]):
        for name, label in TEXTS.items():
            said = [one.get(code, {}).get(name, "") for one in (before, after)]
            yield f"{label} ({code})", said[0], said[1]
    for area, label in layout.AREAS.items():
        yield str(label), _page(older, area), _page(newer, area)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _theme(content: dict[str, Any]) -> str:
    name = content.get("theme", "")
    return str(layout.THEMES.get(name, name))


def _agreed(content: dict[str, Any]) -> str:
    return _t("Yes") if content.get("is_public") else _t("No")


def _logos(older: list[str], newer: list[str]) -> tuple[str, str]:
    """How many; as many other ones are a difference, too."""
    if older != newer and len(older) == len(newer):
        return str(len(older)), _t("%(count)s, other ones") % {"count": len(newer)}
    return str(len(older)), str(len(newer))


def _page(content: dict[str, Any], area: str) -> str:
    blocks = [one for one in layout.blocks_of(content) if one["area"] == area]
    return " · ".join(_block(one) for one in blocks)


def _block(block: layout.Block) -> str:
    label = str(layout.TYPES.get(block["type"], block["type"]))
    value = block["value"]
    if "text" in value:
        said = str(layout.TEXTS.get(value["text"], value["text"]))
    else:
        said = " / ".join(filter(None, value.get("words", {}).values()))
    if "style" in value:
        said += f" ({layout.STYLES.get(value['style'], value['style'])})"
    return f"{label}: {said}" if said else label
