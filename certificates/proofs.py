"""Certificates as what must come before another course: valid, or until when."""

import uuid
from collections.abc import Collection

from django.urls import reverse

from courses import clock
from lms.prerequisites import Proof

from .due.paths import FOUNDATIONS
from .issuer_day import day_of
from .models import Certificate

Key = tuple[int, uuid.UUID]


def proofs(people: Collection[int], courses: Collection[uuid.UUID]) -> dict[Key, Proof]:
    """The certificate of each that is valid longest; one query for any number.

    Having attended or taught proves no completion. The day is the one that checking a
    certificate goes by: valid through the end of its last day, expired on the next
    (CO-11).
    """
    rows = Certificate.objects.valid().filter(
        person__in=people,
        kind__in=FOUNDATIONS,
        cohort__edition__course_key__in=courses,
    )
    today = day_of(clock.now())
    found: dict[Key, Proof] = {}
    for row in sorted(rows.select_related(*_COURSE).only(*_NEEDED), key=_lasts):
        key = (row.person_id, row.cohort.edition.course_key)
        is_valid = not row.has_expired(today)
        found[key] = Proof(is_valid, row.valid_until, reverse("certificates:mine"))
    return found


_COURSE = ["cohort__edition"]
_NEEDED = [
    "status",
    "valid_until",
    "person",
    "cohort__edition__course_key",
]


def _lasts(row: Certificate) -> tuple:
    """What never expires is last."""
    return row.valid_until is None, row.valid_until
