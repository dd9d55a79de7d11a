"""What is odd about the marks of a session or a cohort. Changes no figure by itself."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from .mark_story import Told, story_of
from .models import Cohort, MarkEvent, RefusedCheckIn, Session

Flag = MarkEvent.Flag
# What everybody who stayed to the end has, and what a coordinator wrote with a reason.
ORDINARY = {Flag.AUTO, Flag.AFTER_SIGN_OFF}
DECIDED = [MarkEvent.Kind.ACCEPT, MarkEvent.Kind.UNDO]


@dataclass(frozen=True)
class ToLookAt:
    """`waiting` counts only once accepted; `odd` counts already; `done` is decided.

    `closed` is how many people nobody saw leaving.
    """

    waiting: list[Told]
    odd: list[Told]
    done: list[Told]
    refused: list[RefusedCheckIn]
    closed: int

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.odd or self.done or self.refused)


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
    told = [one for one in story_of(events) if _is_odd(one.event)]
    refused = RefusedCheckIn.objects.filter(
        Q(session__in=sessions) | (strays or Q(pk=None))
    ).select_related("enrolment__person", "by__person")
    return ToLookAt(
        waiting=[one for one in told if one.is_open and one.event.waits],
        odd=[one for one in told if one.is_open and not one.event.waits],
        done=[one for one in told if not one.is_open],
        refused=list(refused),
        closed=sum(Flag.AUTO in event.flags for event in events),
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


def _is_odd(event: MarkEvent) -> bool:
    return event.waits or bool(set(event.flags) - ORDINARY)
