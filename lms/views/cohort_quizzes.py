"""The quizzes of a cohort: who answers, who has answered, what differs for whom."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import clock
from courses.outline import Activity
from lms import scoping
from lms.actions import attempt_ends
from lms.actions.refusal import Refused
from lms.differing import differing
from lms.forms.cohorts import ReasonForm
from lms.models import Attempt, Cohort
from lms.standing import outline_for

from .cohort_home import cohort_of

ATTEMPTS_A_PAGE = 100


@never_cache
@require_safe
@login_required
def quizzes(request, code):
    """Each quiz of the course, with how many attempts there are and run just now."""
    cohort = cohort_of(request.user, code)
    rows = Attempt.objects.filter(enrolment__cohort=cohort).order_by()
    statuses = rows.values_list("quiz_key", "status")
    counts = Counter(str(key) for key, _status in statuses)
    running = Counter(
        str(key) for key, status in statuses if status == Attempt.Status.RUNNING
    )
    lines = [
        {"quiz": one, "attempts": counts[one.key], "running": running[one.key]}
        for one in outline_for(cohort).live
        if one.kind == "quiz"
    ]
    return render(request, "lms/quizzes.html", {"cohort": cohort, "lines": lines})


@never_cache
@require_safe
@login_required
def quiz(request, code, activity):
    """Every attempt at a quiz, the newest first; who teaches reads what differs."""
    cohort, quiz = quiz_of(request.user, code, activity)
    may_teach = scoping.may(request.user, "teach", cohort)
    attempts = Attempt.objects.filter(enrolment__cohort=cohort, quiz_key=activity)
    newest = attempts.select_related("enrolment__person").order_by("-started_at", "pk")
    page = Paginator(newest, ATTEMPTS_A_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    for attempt in page:
        attempt.is_left = attempt.was_not_handed_in(now)
        attempt.state = attempt.get_status_display()
        if attempt.is_running:
            attempt.state = _("Time is up, not handed in")
    context = {
        "cohort": cohort,
        "quiz": quiz,
        "may_teach": may_teach,
        "differing": differing(cohort, activity) if may_teach else [],
        "page_obj": page,
    }
    return render(request, "lms/cohort_quiz.html", context)


@never_cache
@login_required
def reopen(request, code, activity, pk):
    """Take up an attempt that nobody handed in (QZ-15)."""
    cohort, quiz = quiz_of(request.user, code, activity)
    if not scoping.may(request.user, "teach", cohort):
        raise PermissionDenied
    rows = Attempt.objects.filter(enrolment__cohort=cohort, quiz_key=activity)
    attempt = get_object_or_404(rows.select_related("enrolment__person"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attempt_ends.reopen(attempt, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The attempt is taken up again."))
            return redirect("lms:cohort_quiz", cohort.code, quiz.key)
    context = {"cohort": cohort, "quiz": quiz, "attempt": attempt, "form": form}
    return render(request, "lms/attempt_reopen.html", context)


def quiz_of(user, code: str, key: UUID) -> tuple[Cohort, Activity]:
    """A quiz of a cohort whose people this user may see; else there is none."""
    cohort = cohort_of(user, code)
    found = outline_for(cohort).find(key)
    if found is None or found.kind != "quiz":
        raise Http404
    return cohort, found
