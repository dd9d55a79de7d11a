"""My courses: the one thing to do next, then the rest."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import clock
from courses.outline import Activity, Course, Outline, outline_of
from lms.actions.check_ins import why_not_now
from lms.earned import Link, links_of
from lms.joining import joining_of, may_apologise
from lms.letters.invitations import to_take
from lms.models import (
    Attempt,
    Enrolment,
    Mark,
    Person,
    Progress,
    Session,
    Survey,
    SurveyInvitation,
)
from lms.study import PUT_OFF, Headway, consent_waiting, next_of


@dataclass
class Place(Headway):
    """One of my enrolments with all that its line shows."""

    enrolment: Enrolment
    outline: Outline
    progress: list[Progress] = field(default_factory=list)
    attempt: Attempt | None = None
    earned: list[Link] = field(default_factory=list)

    @property
    def course(self) -> Course | None:
        """The page of the course, in the reader's language or the nearest."""
        return self.outline.course

    @property
    def is_completed(self) -> bool:
        return self.enrolment.status == Enrolment.Status.COMPLETED

    @property
    def done(self) -> set[str]:
        state = Progress.State.COMPLETED
        return {str(one.activity) for one in self.progress if one.state == state}

    @property
    def next_activity(self) -> Activity | None:
        seen = [str(one.activity) for one in self.progress]
        return next_of(self.outline, seen, self.done)

    @property
    def seen_at(self) -> datetime:
        """When I was last in it; a new place counts from its beginning."""
        since = self.enrolment.active_from or self.enrolment.created_at
        return max((one.seen_at for one in self.progress), default=since)


@require_safe
@login_required
def my_courses(request) -> HttpResponse:
    """As many queries for ten courses as for one."""
    places = _places(request.user)
    pending = _pending(request.user)
    running = [place for place in places if not place.is_completed]
    first = next((place for place in running if place.attempt), None) or next(
        (place for place in running if place.next_activity), None
    )
    sessions = _sessions(places)
    context = {
        "next": first,
        "running": [place for place in running if place is not first],
        "completed": [place for place in places if place.is_completed],
        "sessions": sessions,
        "own_zone": own_zone(request.user),
        "open_now": _open_now(request.user, sessions),
        "surveys": _surveys(request.user),
        "pending": pending,
        "consent": consent_waiting(request.user, request.session.get(PUT_OFF)),
        "is_empty": not places and not pending,
    }
    return render(request, "lms/my_courses.html", context)


def own_zone(user):
    """The clock this person lives by, where they said so."""
    person = Person.objects.filter(user=user).first()
    return person.zone if person else None


@require_safe
@login_required
def session_file(request, pk) -> HttpResponse:
    """One of my sessions for the calendar of my phone; others' do not exist."""
    mine = Enrolment.objects.of(request.user).studying()
    sessions = Session.objects.live().filter(cohort__in=mine.values("cohort"))
    session = get_object_or_404(sessions.select_related("cohort"), pk=pk)
    answer = HttpResponse(to_take(session), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="session.ics"'
    return answer


def _places(user) -> list[Place]:
    """Mine, the one I was in last first."""
    sessions = Session.objects.live().filter(cohort=OuterRef("cohort"))
    rows = Enrolment.objects.of(user).studying().select_related("cohort__edition")
    enrolments = list(rows.annotate(has_sessions=Exists(sessions)))
    progress = _by_enrolment(
        Progress.objects.filter(enrolment__in=enrolments).order_by("-seen_at", "-pk")
    )
    attempts = _by_enrolment(
        Attempt.objects.filter(
            enrolment__in=enrolments, status=Attempt.Status.RUNNING
        ).order_by("-started_at", "-pk")
    )
    earned = links_of(enrolments)
    places = [
        Place(
            enrolment=one,
            outline=outline_of(one.cohort.edition, get_language()),
            progress=progress[one.pk],
            attempt=next(iter(attempts[one.pk]), None),
            earned=earned[one.pk],
        )
        for one in enrolments
    ]
    return sorted(places, key=lambda place: place.seen_at, reverse=True)


def _pending(user) -> list[Enrolment]:
    """On the way in; a seat to answer for comes first."""
    mine = Enrolment.objects.of(user).pending().select_related("cohort")
    return sorted(
        mine, key=lambda one: (one.status != Enrolment.Status.OFFERED, one.pk)
    )


def _surveys(user) -> list[Survey]:
    """Those that ask me now; one query."""
    asked = SurveyInvitation.objects.of(user).wanted()
    asked = asked.select_related("survey__cohort").order_by("survey__closes_on", "pk")
    now = clock.now()
    return [one.survey for one in asked if one.survey.is_open(now)]


def _by_enrolment(rows) -> defaultdict[int, list]:
    found: defaultdict[int, list] = defaultdict(list)
    for row in rows:
        found[row.enrolment_id].append(row)
    return found


def _sessions(places: list[Place]) -> list[Session]:
    """Those that are not over, the next first; a long one of this morning included."""
    now, mine = clock.now(), [place.enrolment for place in places]
    coming = Session.objects.upcoming_for(mine, now)
    rows = coming.select_related("cohort__check_in_rules", "cohort__online_rules")
    sessions = list(rows.order_by("starts_at", "pk")[:6])
    by_cohort = {place.cohort_id: place for place in mine}
    for session in sessions:
        place = by_cohort[session.cohort_id]
        session.joining = joining_of(session, place, now)
        session.may_apologise = may_apologise(session, place, now)
    return sessions


def _open_now(user, sessions: list[Session]) -> list[Session]:
    """Those in which I may check in at this moment and am not marked yet."""
    taking = [one for one in sessions if why_not_now(one) is None]
    if not taking:
        return []
    mine = Mark.objects.filter(
        session__in=taking, enrolment__person__user=user, status__isnull=False
    )
    marked = set(mine.values_list("session", flat=True))
    return [one for one in taking if one.pk not in marked]
