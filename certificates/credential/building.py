"""The content of a certificate as an Open Badge, before it is signed. Pure.

Every value comes from the frozen content, in the paper's own language.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from certificates.content import Content, in_language, texts_in
from certificates.paper import wording

from . import holder, profile, words
from .proof import Credential, written

# Open Badges 3.0, AchievementType; ours begin with `ext:`.
TYPES = {
    "completion": "CertificateOfCompletion",
    "attendance": "ext:AttendanceStatement",
    "distinction": "Award",
    "trainer": "ext:TrainerCertificate",
}
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Place:
    """Where things are found: the site's own address, the issuer and the status."""

    base: str
    issuer: str
    status_list: str
    status_index: int


def address_of(base: str, code: str) -> str:
    """The credential's own address, which is its id."""
    return f"{base}/verify/{code}/credential.json"


def build(
    content: Content,
    *,
    kind: str,
    course_key: uuid.UUID,
    place: Place,
    issued_at: datetime,
    zone: tzinfo,
) -> Credential:
    """The unsigned credential; `zone` is where its last day ends (CE-15)."""
    address = address_of(place.base, content["code"])
    ends = content["valid_until"]
    language = content["language"]
    document: Credential = {
        "@context": profile.context_of(profile.BADGE),
        "id": address,
        "type": ["VerifiableCredential", profile.BADGE],
        "name": _title(content),
        "issuer": {
            "id": place.issuer,
            "type": ["Profile"],
            "name": _clean(texts_in(content, language).get("issuer", "")),
            "url": place.base,
        },
        "validFrom": written(issued_at),
        "validUntil": _end_of(ends, zone) if ends else "",
        "credentialSubject": _subject(content, address, kind, course_key, place),
        "credentialStatus": {
            "id": f"{place.status_list}#{place.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place.status_index),
            "statusListCredential": place.status_list,
        },
    }
    return _without_empty(document)


def _subject(
    content: Content, address: str, kind: str, course_key: uuid.UUID, place: Place
) -> dict[str, Any]:
    achievement = uuid.uuid5(course_key, kind).urn
    language = content["language"]
    band = _clean(in_language(_band(content), language))
    return {
        "id": f"{address}#holder",
        "type": ["AchievementSubject"],
        "identifier": [
            holder.identity(content["holder"], content["holder_secret"]),
        ],
        "achievement": _achievement(content, achievement, kind, place, bool(band)),
        "activityStartDate": content["starts_on"] or "",
        "activityEndDate": content["awarded_on"],
        "creditsEarned": _hours(_spent(content)),
        "licenseNumber": content["number"],
        "result": [
            {
                "id": f"{address}#result",
                "type": ["Result"],
                "resultDescription": f"{achievement}#result",
                "value": band,
            }
        ]
        if band
        else [],
    }


def _achievement(
    content: Content, address: str, kind: str, place: Place, has_result: bool
) -> dict[str, Any]:
    language = content["language"]
    course = _title(content)
    year = content["awarded_on"][:4]
    said = [
        course,
        wording.hours(content["minutes"], language),
        _clean(in_language(content["level"], language)),
    ]
    result = {
        "id": f"{address}#result",
        "type": ["ResultDescription"],
        "name": words.result(language),
        "resultType": "PerformanceLevel",
    }
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": TYPES[kind],
        "name": course,
        "description": " · ".join(text for text in said if text),
        "criteria": {
            "id": f"{address}#criteria",
            "narrative": words.criteria(kind, language),
        },
        "creditsAvailable": _hours(content["minutes"]),
        "inLanguage": language,
        "image": {
            "id": f"{place.base}/badges/{kind}-{year}.svg",
            "type": "Image",
            "caption": course,
        },
        "resultDescription": [result] if has_result else [],
    }


def _title(content: Content) -> str:
    """A course that is no page any more has only its cohort's code."""
    title = _clean(in_language(content["course"], content["language"]))
    return title or _clean(content["cohort"])


def _band(content: Content) -> dict[str, str]:
    """Certificates of before results were frozen have none."""
    found: Any = content.get("score_band")
    return dict(found or {})


def _spent(content: Content) -> int:
    """Minutes of attending or teaching, where the paper tells them."""
    attended = content.get("attended")
    return attended["minutes"] if attended else 0


def _hours(minutes: int) -> int | float | str:
    hours = round(minutes / 60, 2)
    return (int(hours) if hours == int(hours) else hours) or ""


def _end_of(day: str, zone: tzinfo) -> str:
    """The last second of this day where it is issued."""
    following = date.fromisoformat(day) + timedelta(days=1)
    return written(datetime.combine(following, time(), zone) - timedelta(seconds=1))


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", " ".join(text.split()))


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    """What is missing leaves nothing behind (CE-30)."""
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in node.items()
        if value not in ("", [], None)
    }
