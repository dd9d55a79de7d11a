"""A cohort's home for the people who teach it: one screen, for a phone in a hand."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import clock
from lms import scoping, timetable
from lms.matrix import matrix_of
from lms.models import Cohort, Mark, Session
from lms.panels import waiting

# Named on the home itself; the whole list is one tap away.
NAMED = 6


@never_cache
@require_safe
@login_required
def cohort(request, code):
    """The session at hand, who needs help, what waits, how far everybody is."""
    cohort = cohort_of(request.user, code)
    matrix = matrix_of(cohort)
    context = {
        "cohort": cohort,
        "may_teach": scoping.may(request.user, "teach", cohort),
        "may_manage": scoping.may(request.user, "manage", cohort),
        "may_issue": scoping.may(request.user, "issue", cohort),
        "sessions": _at_hand(cohort),
        "matrix": matrix,
        "behind": matrix.behind[:NAMED],
        "waiting": waiting(request.user, cohort),
    }
    return render(request, "lms/cohort.html", context)


def cohort_of(user, code: str) -> Cohort:
    """A cohort whose people this user may see; for anybody else there is none."""
    cohorts = scoping.cohorts_for(user, "see").select_related("edition")
    return get_object_or_404(cohorts, code=code)


def _at_hand(cohort: Cohort) -> list[Session]:
    """The sessions to open now, each with how many are marked in its register.

    One of today has come; the next one has not.
    """
    sessions = timetable.sessions_at_hand(cohort)
    marks = Mark.objects.filter(session__in=sessions, status__isnull=False)
    now = clock.now()
    marked = Counter(marks.values_list("session", flat=True))
    for session in sessions:
        session.marked = marked[session.pk]
        session.has_come = session.is_due(now)
    return sessions
