"""What was waived: by whom and why, in words for the people who teach."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from .models import Enrolment, Waiver
from .prerequisites import BEFORE, needs_of
from .standing import requirements_of


@dataclass(frozen=True)
class Waived:
    """One waiver, under the title of what it waives."""

    key: str
    title: str
    by: str
    reason: str
    at: datetime

    @property
    def words(self) -> str:
        return _("Waived by %(who)s: %(why)s") % {"who": self.by, "why": self.reason}

    @property
    def is_before(self) -> bool:
        """Was it something that should have come before the course?"""
        return self.key.startswith(BEFORE)


def words_by_place(places: Collection[Enrolment]) -> dict[tuple[int, str], str]:
    """By place and requirement; one query for any number."""
    rows = Waiver.objects.filter(enrolment__in=[place.pk for place in places])
    return {
        (row.enrolment_id, row.requirement): _waived(row, "").words
        for row in rows.select_related("by")
    }


def waived_of(place: Enrolment) -> list[Waived]:
    """All of one place, the first one first, each under its title."""
    rows = place.waivers.select_related("by").order_by("created_at", "pk")
    titles = _titles(place)
    # What is no longer asked has no title any more.
    gone = _("No longer asked")
    return [_waived(row, titles.get(row.requirement, gone)) for row in rows]


def _titles(place: Enrolment) -> dict[str, str]:
    asked: Iterable = requirements_of(place) if place.is_studying else ()
    needs = needs_of([place.person_id], [place.cohort])
    before = needs[place.person_id, place.cohort_id]
    return {one.key: str(one.title) for one in asked} | {
        need.key: need.words for need in before
    }


def _waived(row: Waiver, title: str) -> Waived:
    who = row.by.get_full_name() or row.by.get_username()
    return Waived(row.requirement, title, who, row.reason, row.created_at)
