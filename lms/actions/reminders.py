"""Letters the clock writes: each scan asks a constant number of queries, and may run
as often as it likes: what is told stays told."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Q

from courses import clock
from lms.letters.kinds import Kind
from lms.letters.training import MISSED_SESSION, QUIZ_OPENS, SESSION_REMINDER
from lms.models import Enrolment, Mark, Message, Override, Session

from .messages import Draft, queue_all

# On the day before, by the clock where the session is held.
REMINDED_AT = time(10)
# A register just signed off is often corrected.
MISSED_AFTER = timedelta(hours=1)
MISSED_UNTIL = timedelta(days=3)
OPENED_WITHIN = timedelta(days=1)


def remind() -> None:
    """Every scan."""
    remind_of_sessions()
    tell_who_missed()
    tell_that_quizzes_open()


def remind_of_sessions() -> None:
    """Tomorrow's sessions, to everybody expected there."""
    now = clock.now()
    coming = Session.objects.filter(
        status=Session.Status.PLANNED,
        starts_at__range=(now, now + timedelta(days=2)),
    )
    sessions = [s for s in coming.select_related("cohort") if _reminder_at(s) <= now]
    by_cohort: dict[int, list[Session]] = {}
    for session in sessions:
        by_cohort.setdefault(session.cohort_id, []).append(session)
    if sessions:
        _write(
            _draft(
                SESSION_REMINDER,
                f"session_reminder:{session.pk}:{session.starts_at.isoformat()}",
                place,
                session=session.pk,
                starts_at=session.starts_at.isoformat(),
            )
            for place in _active(Q(cohort__in=by_cohort))
            for session in by_cohort[place.cohort_id]
            if session.expects(place)
        )


def tell_who_missed() -> None:
    """Those a signed register calls absent, and who could still catch up."""
    now = clock.now()
    marks = Mark.objects.absent().filter(
        session__register=Session.Register.SIGNED,
        session__status=Session.Status.HELD,
        session__signed_at__range=(now - MISSED_UNTIL, now - MISSED_AFTER),
        enrolment__status=Enrolment.Status.ACTIVE,
    )
    _write(
        _draft(
            MISSED_SESSION,
            f"missed_session:{mark.session_id}",
            mark.enrolment,
            session=mark.session_id,
        )
        for mark in marks.select_related("enrolment__person")
    )


def tell_that_quizzes_open() -> None:
    """Windows that have just opened, to those whose course has the quiz."""
    now = clock.now()
    opened = Override.objects.filter(opens_at__range=(now - OPENED_WITHIN, now))
    windows = list(opened)
    if not windows:
        return
    places = _active(
        Q(cohort__in=[one.cohort_id for one in windows])
        | Q(person__in=[one.person_id for one in windows])
    )
    _write(
        _draft(
            QUIZ_OPENS,
            f"quiz_opens:{window.pk}:{window.opens_at.isoformat()}",
            place,
            override=window.pk,
            opens_at=window.opens_at.isoformat(),
            until=window.closes_at and window.closes_at.isoformat(),
        )
        for place in places
        for window in windows
        if place.cohort_id == window.cohort_id or place.person_id == window.person_id
        if str(window.quiz_key) in {row["key"] for row in _activities(place)}
    )


def _reminder_at(session: Session) -> datetime:
    day = session.local_date - timedelta(days=1)
    return datetime.combine(day, REMINDED_AT, tzinfo=session.cohort.zone)


def _active(which: Q):
    places = Enrolment.objects.filter(which, status=Enrolment.Status.ACTIVE)
    return places.select_related("person", "cohort__edition").order_by("pk")


def _activities(place: Enrolment) -> list[dict]:
    return place.cohort.edition.activities


def _draft(kind: Kind, fact: str, place: Enrolment, **context) -> Draft:
    return Draft(
        key=f"{fact}:{place.pk}",
        fact=fact,
        template=kind.key,
        person=place.person,
        context=context | {"enrolment": place.pk},
        cohort=place.cohort_id,
    )


def _write(drafts: Iterable[Draft]) -> None:
    """Those that are not written yet: one query to ask, one to write."""
    drafts = {draft.key: draft for draft in drafts}
    if not drafts:
        return
    facts = {draft.fact for draft in drafts.values()}
    told = Message.objects.filter(fact__in=facts).values_list("key", flat=True)
    new = drafts.keys() - set(told)
    if new:
        queue_all([draft for key, draft in drafts.items() if key in new])
