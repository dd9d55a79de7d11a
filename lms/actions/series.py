"""Sessions that were planned together: planned by a rule, changed in one step."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Session, SessionSeries
from lms.recurrence import BadRule, Hindrance, Occurrence, days_of, occurrences

from .changes import changes
from .session_changes import change_session
from .sessions import (
    AttendanceRefused,
    NoSuchTime,
    OutsideCohort,
    SessionExists,
    schedule,
)


class RuleRefused(AttendanceRefused):
    """The rule has no end, too many days, none, or cannot be read."""

    field = "rule"


class NothingPlanned(AttendanceRefused):
    """Every day of the series was left out."""

    field = "rule"


_REFUSALS = (
    (
        Hindrance.OUTSIDE,
        OutsideCohort,
        gettext_lazy("The cohort does not run then: %(days)s. Leave these days out."),
    ),
    (
        Hindrance.NO_SUCH_TIME,
        NoSuchTime,
        gettext_lazy("The clock jumps over this time: %(days)s. Leave these days out."),
    ),
    (
        Hindrance.TAKEN,
        SessionExists,
        gettext_lazy("Planned already at this time: %(days)s. Leave these days out."),
    ),
)


class Which(StrEnum):
    """How much of a series a change is meant for."""

    THIS = "this"
    LATER = "later"
    ALL = "all"


def preview(
    cohort: Cohort, *, rule: str, first_on: date, local_time: time
) -> list[Occurrence]:
    """The days of the series with what stands in their way. Raises RuleRefused."""
    first = datetime.combine(first_on, local_time)
    try:
        days = days_of(rule, first=first, zone=cohort.zone)
    except BadRule as reason:
        raise RuleRefused(str(reason)) from reason
    bounds = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
    found = occurrences(days, local_time, zone=cohort.zone, **bounds)
    live = cohort.sessions.live().filter(local_time=local_time)
    taken = set(live.values_list("local_date", flat=True))
    return [
        Occurrence(one.on, Hindrance.TAKEN)
        if one.hindrance is None and one.on in taken
        else one
        for one in found
    ]


@transaction.atomic
def plan_series(
    cohort: Cohort,
    *,
    rule: str,
    first_on: date,
    local_time: time,
    minutes: int,
    by,
    skip: Collection[date] = (),
    **fields,
) -> SessionSeries:
    """Plan every day of the rule but those to skip; all of them or none.

    Raises RuleRefused, NothingPlanned, or what `schedule` raises, naming the days.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    found = preview(cohort, rule=rule, first_on=first_on, local_time=local_time)
    wanted = [one for one in found if one.on not in skip]
    _refuse_hindered(wanted)
    if not wanted:
        raise NothingPlanned(_("Every day is left out: nothing is planned."))
    series = SessionSeries.objects.create(
        cohort=cohort,
        rule=rule,
        first_on=first_on,
        local_time=local_time,
        by=by,
        created_at=clock.now(),
    )
    times = {"local_time": local_time, "minutes": minutes}
    for one in wanted:
        schedule(cohort, local_date=one.on, series=series, by=by, **times, **fields)
    log(cohort, "lms.plan_series", user=by, data={"count": len(wanted)})
    return series


def touched(session: Session, which: str) -> list[Session]:
    """The sessions a change is meant for, cancelled ones apart, by time."""
    if which == Which.THIS or session.series_id is None:
        return [session]
    rows = Session.objects.live().filter(series=session.series_id)
    if which == Which.LATER:
        rows = rows.filter(starts_at__gte=session.starts_at)
    return list(rows.select_related("cohort"))


def stays(session: Session) -> bool:
    """Signed off: it keeps what its register says when a series is changed."""
    return session.register == Session.Register.SIGNED


@transaction.atomic
def change_series(session: Session, *, which: str, by, **fields) -> list[Session]:
    """Change this session and its fellows alike; all of them or none.

    Another day moves each by as many days. Only what differs from this session is
    changed in the others; registers that are signed off stay. Gives what was changed.
    """
    if which == Which.THIS:
        return [change_session(session, by=by, **fields)]
    # Before any session: which of them is locked first depends on where they move.
    Cohort.objects.select_for_update().get(pk=session.cohort_id)
    session = Session.objects.select_related("cohort").get(pk=session.pk)
    new = {name: fields[name] for name in changes(session, fields)}
    moved = shift(session, new)
    # Each steps onto a place its neighbour has left already.
    rows = sorted(
        (one for one in touched(session, which) if not stays(one)),
        key=lambda one: one.starts_at,
        reverse=moved > timedelta(0),
    )
    return [change_session(one, by=by, **fields_of(one, new, moved)) for one in rows]


def shift(session: Session, fields: dict) -> timedelta:
    """By how many days the session is moved."""
    return fields.get("local_date", session.local_date) - session.local_date


def fields_of(session: Session, fields: dict, moved: timedelta) -> dict:
    """What the change of one session means for a fellow of the series."""
    if "local_date" not in fields:
        return fields
    try:
        day = session.local_date + moved
    except OverflowError:
        # No cohort runs then, so that the verb refuses it in words.
        day = date.max if moved > timedelta(0) else date.min
    return fields | {"local_date": day}


def _refuse_hindered(wanted: list[Occurrence]) -> None:
    for hindrance, refusal, text in _REFUSALS:
        days = [
            date_format(one.on, "j E Y") for one in wanted if one.hindrance is hindrance
        ]
        if days:
            raise refusal(text % {"days": ", ".join(days)})
