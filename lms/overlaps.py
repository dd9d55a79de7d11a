"""What else takes place at the same time with the same people or in the same place.

An overlap is a warning, never a refusal (ATT-44): two halves of a group may meet at
once, and a coordinator may know of a second trainer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from . import scoping
from .models import Cohort, Enrolment, Session, Staff

# No session is longer than half a day (a validator of the model sees to it).
_LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Slot:
    """A time and a place that somebody wants for a session."""

    starts_at: datetime
    minutes: int
    place: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @classmethod
    def of(cls, session: Session) -> "Slot":
        return cls(session.instant(), session.minutes, session.place)


@dataclass(frozen=True)
class Overlap:
    """Another session at the time of a slot, and what both of them need."""

    slot: Slot
    session: Session
    trainers: tuple[str, ...]
    is_same_place: bool
    participants: int


def overlaps(
    cohort: Cohort, slots: Collection[Slot], *, besides: Iterable[int] = ()
) -> list[Overlap]:
    """Sessions that want the same at the same time; three queries for any number.

    `besides` are sessions that are moved themselves.
    """
    others = _around(slots, besides)
    if not others:
        return []
    cohorts = {cohort.pk} | {other.cohort_id for other in others}
    trainers = _trainers(cohorts)
    shared = _shared(cohort, cohorts)
    found = []
    for slot in slots:
        for other in others:
            if slot.starts_at < other.ends_at and other.starts_at < slot.ends_at:
                both = trainers[cohort.pk].keys() & trainers[other.cohort_id].keys()
                names = sorted(trainers[cohort.pk][user] for user in both)
                overlap = Overlap(
                    slot,
                    other,
                    tuple(names),
                    _is_same(slot.place, other.place),
                    shared.get(other.cohort_id, 0),
                )
                if overlap.trainers or overlap.is_same_place or overlap.participants:
                    found.append(overlap)
    return found


def in_words(found: Collection[Overlap], user) -> list[str]:
    """A sentence each; a cohort this user knows nothing of is not named."""
    known = set(scoping.cohorts_for(user).values_list("pk", flat=True)) if found else []
    return [_sentence(overlap, overlap.session.cohort_id in known) for overlap in found]


def _around(slots: Collection[Slot], besides: Iterable[int]) -> list[Session]:
    if not slots:
        return []
    live = Session.objects.live().exclude(pk__in=list(besides))
    try:
        first = min(slot.starts_at for slot in slots) - _LONGEST
        last = max(slot.ends_at for slot in slots)
        rows = live.filter(starts_at__gt=first, starts_at__lt=last)
        return list(rows.select_related("cohort"))
    except OverflowError:
        # At the ends of the calendar nothing meets; the verbs refuse such days.
        return []


def _trainers(cohorts: set[int]) -> defaultdict[int, dict[int, str]]:
    rows = Staff.objects.filter(cohort__in=cohorts, role=Staff.Role.TRAINER)
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for row in rows.select_related("user"):
        name = row.user.get_full_name() or row.user.get_username()
        found[row.cohort_id][row.user_id] = name
    return found


def _shared(cohort: Cohort, cohorts: set[int]) -> dict[int, int]:
    """How many participants of the cohort have a place in each of these as well."""
    here = Enrolment.objects.filter(cohort=cohort, status=Enrolment.Status.ACTIVE)
    rows = Enrolment.objects.filter(
        Q(person__in=here.values("person")),
        cohort__in=cohorts,
        status=Enrolment.Status.ACTIVE,
    )
    counted = rows.order_by().values_list("cohort").annotate(Count("pk"))
    return dict(counted)


def _is_same(one: str, other: str) -> bool:
    one, other = (" ".join(place.casefold().split()) for place in (one, other))
    return bool(one) and one == other


def _sentence(overlap: Overlap, is_known: bool) -> str:
    session = overlap.session
    cohort = session.cohort.title if is_known else gettext("another cohort")
    start = session.instant()
    return gettext("%(when)s, %(cohort)s: %(why)s.") % {
        "when": f"{date_format(start, 'j E')}, {start:%H:%M}",
        "cohort": cohort,
        "why": "; ".join(_reasons(overlap)),
    }


def _reasons(overlap: Overlap) -> list[str]:
    reasons = []
    if overlap.trainers:
        names = ", ".join(overlap.trainers)
        reasons.append(gettext("the same trainer (%(names)s)") % {"names": names})
    if overlap.is_same_place:
        place = overlap.session.place
        reasons.append(gettext("the same place (%(place)s)") % {"place": place})
    if overlap.participants:
        reasons.append(
            ngettext(
                "%(count)s participant of both",
                "%(count)s participants of both",
                overlap.participants,
            )
            % {"count": overlap.participants}
        )
    return reasons
