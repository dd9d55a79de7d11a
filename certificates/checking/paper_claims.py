"""What a paper says, as lines to compare it with and as values for machines (CE-11)."""

from datetime import date

from django.utils.translation import gettext as _

from certificates.content import Content, in_language, texts_in
from certificates.paper import wording


def lines(content: Content, language: str) -> tuple[tuple[str, str], ...]:
    """Label and value, without what the paper does not say; the holder stands apart."""
    starts, ends = content["starts_on"], content["ends_on"]
    rows = [
        (_("Kind"), texts_in(content, language).get("title", "")),
        (_("Course"), in_language(content["course"], language)),
        (_("Hours"), wording.hours(content["minutes"], language)),
        (_("Level"), in_language(content["level"], language)),
        (_("Score"), in_language(content.get("score_band") or {}, language)),
        (
            _("Dates"),
            wording.days(_day(starts), _day(ends), language) if starts and ends else "",
        ),
        (_("Place"), content["place"]),
        (_("Awarded on"), said(content["awarded_on"], language)),
        (_("Issued on"), said(content["issued_on"], language)),
        (_("Valid until"), said(content["valid_until"], language)),
        (_("Signed by"), ", ".join(one["name"] for one in content["signatories"])),
        (_("Number"), content["number"]),
    ]
    return tuple((label, value) for label, value in rows if value)


def facts(content: Content) -> dict[str, object]:
    """The same for machines, in every language of the paper and without any name."""
    return {
        "kind": content.get("kind", "completion"),
        "number": content["number"],
        "course": content["course"],
        "level": content["level"],
        "score_band": content.get("score_band") or {},
        "minutes": content["minutes"],
        "starts_on": content["starts_on"],
        "ends_on": content["ends_on"],
        "place": content["place"],
        "awarded_on": content["awarded_on"],
        "issued_on": content["issued_on"],
        "valid_until": content["valid_until"],
    }


def said(day: str | None, language: str) -> str:
    """A day that is stored as text, in words; nothing for none."""
    return wording.day(_day(day), language) if day else ""


def _day(value: str) -> date:
    return date.fromisoformat(value)
