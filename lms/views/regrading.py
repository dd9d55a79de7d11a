"""Marking a question again: the dry run, the run, and the passes that it cost."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.models import QuestionVersion
from lms import earned, scoping
from lms.actions import regrade_plan, regrading
from lms.actions.refusal import Refused
from lms.forms.regrading import RegradeForm, SettleForm
from lms.models import Cohort, LostPass, RegradeRun, ResponseScore
from lms.standing import outline_for

A_PAGE = 100


@never_cache
@login_required
def regrade(request, question) -> HttpResponse:
    """Say what is to be done, see what would happen, then do it."""
    asking = regrade_plan.attempts_with(question, request.user)
    if not asking.exists():
        raise Http404
    form, plan = RegradeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            if "do" in request.POST:
                run = _run(request, question, form)
                messages.success(request, _("The question is marked again."))
                return redirect("lms:regrade_run", run.pk)
            plan = regrade_plan.plan(question, form.terms, by=request.user)
        except regrading.FiguresChanged as refusal:
            plan = refusal.plan
            refusal.tell(form)
        except Refused as refusal:
            refusal.tell(form)
    context = {
        "form": form,
        "plan": plan,
        "words": _words(question),
        "counted": _counted(asking),
        "runs": _runs(request.user).filter(question_key=question),
    }
    return render(request, "lms/regrade.html", context)


def _run(request, question, form: RegradeForm) -> RegradeRun:
    return regrading.regrade(
        question,
        terms=form.terms,
        reason=form.cleaned_data["reason"],
        seen=request.POST.get("seen", ""),
        by=request.user,
    )


@never_cache
@require_safe
@login_required
def regrade_run(request, pk) -> HttpResponse:
    """What a run did, attempt by attempt, in the cohorts that its reader runs."""
    run = get_object_or_404(_runs(request.user).select_related("by"), pk=pk)
    scores = Paginator(_scores(run, request.user), A_PAGE)
    page = scores.get_page(request.GET.get("page"))
    context = {
        "run": run,
        "words": _words(run.question_key),
        "page_obj": page,
        "lines": [_line(score) for score in page],
    }
    return render(request, "lms/regrade_run.html", context)


@never_cache
@require_safe
@login_required
def lost_passes(request, code) -> HttpResponse:
    """Who has passed a quiz that a regrade no longer gives: nothing was taken away."""
    cohort = _cohort(request.user, code)
    rows = LostPass.objects.filter(enrolment__cohort=cohort)
    rows = list(rows.select_related("enrolment__person", "settled_by", "run"))
    context = {"cohort": cohort, "lines": _told(cohort, rows)}
    return render(request, "lms/lost_passes.html", context)


@never_cache
@login_required
def settle_lost_pass(request, code, pk) -> HttpResponse:
    """One of them, with what the person holds, and what is decided about it."""
    cohort = _cohort(request.user, code)
    rows = LostPass.objects.filter(enrolment__cohort=cohort)
    lost = get_object_or_404(
        rows.select_related("enrolment__person", "run", "settled_by"), pk=pk
    )
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        regrading.settle_lost_pass(lost, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is settled."))
        return redirect("lms:lost_passes", cohort.code)
    [told] = _told(cohort, [lost])
    context = {"cohort": cohort, "line": told, "form": form}
    return render(request, "lms/settle_lost_pass.html", context)


@dataclass(frozen=True)
class Told:
    """A lost pass with its quiz in words and what its person holds."""

    lost: LostPass
    quiz: str
    holds: list[earned.Link]


def _told(cohort: Cohort, rows: list[LostPass]) -> list[Told]:
    outline = outline_for(cohort)
    held = earned.links_of({one.enrolment for one in rows})
    return [
        Told(
            one,
            activity.title if (activity := outline.find(one.quiz_key)) else "",
            held[one.enrolment_id],
        )
        for one in rows
    ]


def _cohort(user, code: str) -> Cohort:
    """One that this user runs; for anybody else there is none."""
    cohorts = scoping.cohorts_for(user, "manage").select_related("edition")
    return get_object_or_404(cohorts, code=code)


def _words(question) -> str:
    """The question as its newest version asks it."""
    versions = QuestionVersion.objects.filter(question_key=question)
    newest = versions.order_by("-number").first()
    return newest.words(get_language()) if newest else ""


def _counted(asking) -> dict[str, int]:
    ended = Q(status__in=regrade_plan.ENDED)
    not_yet = Q(status__in=regrade_plan.NOT_YET)
    return asking.aggregate(
        ended=Count("pk", ended),
        not_yet=Count("pk", not_yet),
        cohorts=Count("enrolment__cohort", ended, distinct=True),
    )


def _runs(user):
    """Those that touched a cohort which this user runs."""
    cohorts = scoping.cohorts_for(user, "manage")
    scores = ResponseScore.objects.filter(
        run__isnull=False, response__attempt__enrolment__cohort__in=cohorts
    )
    return RegradeRun.objects.filter(pk__in=scores.values("run"))


def _scores(run: RegradeRun, user):
    """What it gave, those first to whom it made a difference."""
    earlier = ResponseScore.objects.filter(
        Q(created_at__lt=OuterRef("created_at"))
        | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk")),
        response=OuterRef("response"),
    ).order_by("-created_at", "-pk")
    cohorts = scoping.cohorts_for(user, "manage")
    rows = run.scores.filter(response__attempt__enrolment__cohort__in=cohorts)
    return (
        rows.annotate(
            before=Subquery(earlier.values("score")[:1]),
            before_of=Subquery(earlier.values("out_of")[:1]),
        )
        .select_related("response__attempt__enrolment__person")
        .select_related("response__attempt__enrolment__cohort")
        .order_by(
            Case(When(before=F("score"), before_of=F("out_of"), then=1), default=0),
            "response__attempt__enrolment__person__legal_name",
            "pk",
        )
    )


def _line(score: ResponseScore) -> dict:
    attempt = score.response.attempt
    is_same = (score.before, score.before_of) == (score.score, score.out_of)
    return {
        "score": score,
        "attempt": attempt,
        "place": attempt.enrolment,
        "is_same": is_same,
        "was_waiting": score.before is None,
        "is_void": score.out_of == Decimal(0),
    }
