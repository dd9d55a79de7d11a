"""What a sealed file says of itself, beside what the register says (CE-11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from certificates.checking import paper_claims
from certificates.content import Content
from certificates.issuer_day import day_of
from certificates.paper import wording


@dataclass(frozen=True)
class Pair:
    """One line of both; `in_file` is empty where the file does not say it."""

    label: str
    in_file: str
    in_register: str

    @property
    def differs(self) -> bool:
        return bool(self.in_file) and self.in_file != self.in_register


def side_by_side(credential: dict[str, Any], content: Content) -> tuple[Pair, ...]:
    """In the language of the paper, as the file has no other."""
    said = in_file(credential, content["language"])
    known = dict(paper_claims.lines(content, content["language"]))
    labels = dict.fromkeys([*known, *said])
    return tuple(
        Pair(label, said.get(label, ""), known.get(label, "")) for label in labels
    )


def in_file(credential: dict[str, Any], language: str) -> dict[str, str]:
    """The lines of a credential of ours; whatever is missing or odd is left out."""
    subject = _node(credential.get("credentialSubject"))
    achievement = _node(subject.get("achievement"))
    result = _node(_first(subject.get("result")))
    rows = {
        _("Course"): _text(achievement.get("name")),
        _("Hours"): _hours(achievement.get("creditsAvailable"), language),
        _("Score"): _text(result.get("value")),
        _("Awarded on"): _day(subject.get("activityEndDate"), language),
        _("Issued on"): _day(credential.get("validFrom"), language),
        _("Valid until"): _day(credential.get("validUntil"), language),
        _("Number"): _text(subject.get("licenseNumber")),
    }
    return {label: text for label, text in rows.items() if text}


def _node(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _hours(value: object, language: str) -> str:
    is_number = isinstance(value, int | float) and 0 < value < 10_000
    return wording.hours(round(value * 60), language) if is_number else ""


def _day(value: object, language: str) -> str:
    """Of a day, or of an instant as the issuer's calendar has it."""
    text = _text(value)
    try:
        found = date.fromisoformat(text) if len(text) == 10 else _issuers_day(text)
    except ValueError:
        return ""
    return wording.day(found, language)


def _issuers_day(text: str) -> date:
    return day_of(datetime.fromisoformat(text))
