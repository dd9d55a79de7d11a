"""How many in each cohort have earned what somebody has to issue or to propose.

Who waits on an open list is not counted: there the committee has to act. Attendance,
results and teaching cannot be told without weighing everybody, so they are looked at
for half a year after the end of a cohort; its lists say it for ever.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from certificates.due import earning, readiness
from certificates.due.candidate import Candidate
from certificates.due.ruled import is_by_hand, kinds_by_hand
from certificates.models import Certificate, Proposal, ProposedPlace
from certificates.models.kinds import Kind
from courses import clock
from lms.models import Cohort, Enrolment, Staff

SINCE = timedelta(days=183)


def due_by_hand(cohorts: QuerySet[Cohort]) -> dict[str, Counter[int]]:
    """By kind and cohort; the same number of queries for any number of cohorts."""
    asked = kinds_by_hand()
    found = {kind: _ASKED[kind](cohorts) for kind in Kind.values if kind in asked}
    return {kind: counts for kind, counts in found.items() if counts}


def _completion(cohorts: QuerySet[Cohort]) -> Counter[int]:
    """Whoever completed it, in one query: nothing needs weighing."""
    done = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED)
    rows = _waiting(done, cohorts, Kind.COMPLETION).order_by()
    return Counter(dict(rows.values_list("cohort").annotate(number=Count("pk"))))


def _distinction(cohorts: QuerySet[Cohort]) -> Counter[int]:
    done = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED)
    rows = _waiting(done, _lately(cohorts), Kind.DISTINCTION)
    return _ready(readiness.candidates_of(rows, Kind.DISTINCTION, is_voted=True))


def _attendance(cohorts: QuerySet[Cohort]) -> Counter[int]:
    places = Enrolment.objects.studying()
    rows = _over(_waiting(places, _lately(cohorts), Kind.ATTENDANCE))
    return _ready(readiness.candidates_of(rows, Kind.ATTENDANCE, is_voted=True))


def _trainer(cohorts: QuerySet[Cohort]) -> Counter[int]:
    same = {"cohort": OuterRef("cohort"), "kind": Kind.TRAINER}
    had = Certificate.objects.filter(person__user=OuterRef("user"), **same)
    open_lists = Proposal.objects.open().filter(
        places__trainer=OuterRef("user"), **same
    )
    staff = Staff.objects.filter(
        is_by_hand(Kind.TRAINER),
        ~Exists(had),
        ~Exists(open_lists),
        cohort__in=_lately(cohorts),
    )
    return _ready(readiness.trainers_of(_over(staff), is_voted=True))


_ASKED = {
    Kind.COMPLETION: _completion,
    Kind.DISTINCTION: _distinction,
    Kind.ATTENDANCE: _attendance,
    Kind.TRAINER: _trainer,
}


def _waiting(
    places: QuerySet[Enrolment], cohorts: QuerySet[Cohort], kind: str
) -> QuerySet[Enrolment]:
    """Those that never had one and are on no list that is being voted on."""
    had = Certificate.objects.filter(enrolment=OuterRef("pk"), kind=kind)
    asked = ProposedPlace.objects.filter(
        enrolment=OuterRef("pk"),
        proposal__in=Proposal.objects.open().filter(kind=kind),
    )
    return places.filter(
        is_by_hand(kind), ~Exists(had), ~Exists(asked), cohort__in=cohorts
    )


def _lately(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    return cohorts.filter(ends_on__gte=(clock.now() - SINCE).date())


def _over(rows: QuerySet) -> QuerySet:
    """Of cohorts whose sessions are over: nobody weighs what is still going on."""
    cohorts = set(rows.order_by().values_list("cohort", flat=True).distinct())
    return rows.filter(cohort__in=cohorts - earning.running(cohorts))


def _ready(candidates: Iterable[Candidate]) -> Counter[int]:
    return Counter(one.claim.cohort.pk for one in candidates if one.is_ready)
