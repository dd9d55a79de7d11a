"""A participant's own sessions, with their marks and every step of them."""

from dataclasses import dataclass

from .attendance import history_of
from .attendance_rules import rules_of
from .mark_story import Told, story_of
from .models import Enrolment, Mark, MarkEvent, MarkStatus, Session
from .presence import Meeting, earlier_places, expected_of, is_away, said_by
from .statuses import tone_of


@dataclass(frozen=True)
class OwnSession:
    """A session on a participant's own page, with the mark and every change of it.

    `is_expected` is false where it does not count for this person; `is_missed` says
    that it was before they joined and counts as missed (ATT-11).
    """

    session: Session
    mark: Mark | None
    told: list[Told]
    is_expected: bool
    is_missed: bool

    @property
    def status(self) -> MarkStatus | None:
        return self.mark.status if self.mark else None

    @property
    def tone(self) -> str:
        return tone_of(self.status)


def own_sessions(enrolment: Enrolment) -> list[OwnSession]:
    """Those of the cohort, after those of a cohort the person was moved from (ATT-13).

    Of the other cohort only what ran while they had a place there, or was marked.
    """
    chain = [*earlier_places([enrolment]).get(enrolment.pk, []), enrolment]
    places = {place.cohort_id: place for place in chain}
    marks = Mark.objects.filter(enrolment__in=chain).select_related("status")
    by_session = {mark.session_id: mark for mark in marks}
    stories = _stories_of(chain)
    sessions = Session.objects.filter(cohort__in=places).select_related("cohort")
    rules = rules_of(enrolment.cohort.edition.policy)
    rows = []
    for session in sessions.order_by("starts_at", "pk"):
        place, mark = places[session.cohort_id], by_session.get(session.pk)
        counted = expected_of(
            place, Meeting(session, 0, session.ends_at), said_by(mark), rules
        )
        if counted and is_away(session, place, chain):
            counted = None
        if counted is None and mark is None and place != enrolment:
            continue
        rows.append(
            OwnSession(
                session,
                mark,
                stories.get(session.pk, []),
                is_expected=counted is not None,
                is_missed=bool(counted and counted.is_missed),
            )
        )
    return rows


def _stories_of(places: list[Enrolment]) -> dict[int, list[Told]]:
    """By session, what happened to the mark, the first step first."""
    events: dict[int, list[MarkEvent]] = {}
    for event in history_of(*places):
        events.setdefault(event.session_id, []).append(event)
    return {session: story_of(found) for session, found in events.items()}
