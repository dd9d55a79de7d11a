"""What is odd about the marks of a session or a cohort. Changes no figure by itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from .mark_story import Told, story_of
from .models import Cohort, MarkEvent, RefusedCheckIn, Session

Flag = MarkEvent.Flag
# What everybody who stayed to the end has, and what a coordinator wrote with a reason.
ORDINARY = {Flag.AUTO, Flag.AFTER_SIGN_OFF}
DECIDED = [MarkEvent.Kind.ACCEPT, MarkEvent.Kind.UNDO]
# A tablet at the door may have been everybody's.
MOST_NAMED = 6


@dataclass(frozen=True)
class ToLookAt:
    """`waiting` counts only once accepted; `odd` counts already; `done` is decided.

    `closed` is how many people nobody saw leaving.
    """

    waiting: list["Look"]
    odd: list["Look"]
    done: list["Look"]
    refused: list["Tries"]
    closed: int

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.odd or self.done or self.refused)


@dataclass(frozen=True)
class Look(Told):
    """An event in words for who teaches, with the others of the same device."""

    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tries:
    """The same person refused for the same reason, so often on one day."""

    first: RefusedCheckIn
    count: int


def to_look_at(sessions, strays: Q | None = None) -> ToLookAt:
    """Everything odd in these sessions, the first one first; two queries.

    `strays` are the refused tries at no session that may belong to them.
    """
    events = (
        MarkEvent.objects.filter(session__in=sessions)
        .filter(~Q(flags=[]) | Q(waits=True) | Q(about__isnull=False))
        .select_related(
            "session__cohort", "enrolment__person", "stated", "old", "new", "by"
        )
    )
    told = _looks(events)
    refused = RefusedCheckIn.objects.filter(
        Q(session__in=sessions) | (strays or Q(pk=None))
    ).select_related("enrolment__person", "by__person")
    return ToLookAt(
        waiting=[one for one in told if one.is_open and one.event.waits],
        odd=[one for one in told if one.is_open and not one.event.waits],
        done=[one for one in told if not one.is_open],
        refused=_tries(refused),
        closed=sum(event.is_closing for event in events),
    )


def how_many(**where) -> int:
    """How many flagged events nobody has decided about yet; one query.

    `where` says of which session or cohort, as a filter of events.
    """
    events = MarkEvent.objects.filter(**where).filter(~Q(flags=[]) | Q(waits=True))
    events = events.exclude(said_about__kind__in=DECIDED)
    return sum(_is_odd(event) for event in events.only("waits", "flags"))


def strays_of(cohort: Cohort, on: date | None = None, *, with_unknown: bool) -> Q:
    """Tries at no session by people of this cohort, of one day or while it runs.

    `with_unknown` adds those of who had not signed in: it may be anybody.
    """
    begins = datetime.combine(on or cohort.starts_on, time.min, tzinfo=cohort.zone)
    ends = datetime.combine(on or cohort.ends_on, time.max, tzinfo=cohort.zone)
    people = Q(
        by__in=cohort.enrolments.exclude(person__user=None).values("person__user")
    )
    people |= Q(by__in=cohort.staff.values("user"))
    if with_unknown:
        people |= Q(by=None)
    return people & Q(session=None, happened_at__range=(begins, ends))


def sessions_of(cohort: Cohort):
    return Session.objects.filter(cohort=cohort)


def _looks(events) -> list[Look]:
    """The odd ones; of one device for two people each says who the other is."""
    came: defaultdict[tuple, dict[int, str]] = defaultdict(dict)
    for event in events:
        if event.device and Flag.SAME_DEVICE in event.flags:
            name = event.enrolment.person.legal_name
            came[event.session_id, event.device][event.enrolment_id] = name
    return [
        Look(one.event, one.undone_by, one.accepted_by, _others(one.event, came))
        for one in story_of(events)
        if _is_odd(one.event)
    ]


def _others(event: MarkEvent, came: Mapping[tuple, dict[int, str]]) -> tuple[str, ...]:
    known = came.get((event.session_id, event.device), {})
    names = [name for pk, name in known.items() if pk != event.enrolment_id]
    return (*names[:MOST_NAMED], "…") if len(names) > MOST_NAMED else tuple(names)


def _tries(refused: Iterable[RefusedCheckIn]) -> list[Tries]:
    """Twenty guesses in a minute are one line, at the time of the first."""
    alike: dict[tuple, list[RefusedCheckIn]] = {}
    for one in refused:
        who = one.enrolment_id, one.by_id, one.device, one.network
        key = *who, one.session_id, one.why, one.source, one.happened_at.date()
        alike.setdefault(key, []).append(one)
    return [Tries(found[0], len(found)) for found in alike.values()]


def _is_odd(event: MarkEvent) -> bool:
    return event.waits or bool(set(event.flags) - ORDINARY)
