"""A run of certificates: how far it is, what came of each person, and what to do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions import runs
from certificates.actions.run_work import go_on_here, needs_a_hand
from certificates.models import IssueRun, IssueRunPlace
from lms import scoping
from lms.actions.refusal import Refused

State = IssueRunPlace.State
A_PAGE = 100
STEPS = {
    "pause": runs.pause,
    "resume": runs.resume,
    "stop": runs.stop,
    "here": go_on_here,
}
# What needs somebody comes first.
URGENCY = [State.REFUSED, State.WAITING, State.ISSUED, State.ALREADY]


def runs_of(user):
    """Those of the cohorts the user issues in; of a query, for administrators."""
    rows = IssueRun.objects.select_related("cohort", "by")
    return scoping.scope(rows, user, "issue")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request, pk):
    """The page is the same while it works and afterwards; a POST takes a step."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    step = STEPS.get(request.POST.get("step", ""))
    if request.method == "POST":
        try:
            if step:
                step(run, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("certificates:run", run.pk)
    shown = request.GET.get("show", "")
    counts = run.counts()
    places = Paginator(_places(run, shown), A_PAGE)
    context = {
        "page_obj": places.get_page(request.GET.get("page")),
        "choices": _choices(counts, shown),
    }
    return render(request, "certificates/run.html", context | _progress(run, counts))


@never_cache
@login_required
@require_safe
def now(request, pk):
    """Only how far it is, for the script of the page."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    return render(request, "certificates/run_now.html", _progress(run, run.counts()))


def _progress(run: IssueRun, counts: dict[str, int]) -> dict:
    return {"run": run, "counts": counts, "needs_a_hand": needs_a_hand(run)}


def _places(run: IssueRun, shown: str):
    places = run.places.select_related(
        "certificate", "enrolment__person", "enrolment__cohort"
    )
    places = places.defer("certificate__content", "certificate__credential")
    if shown in State.values:
        places = places.filter(state=shown)
    order = [When(state=state, then=Value(n)) for n, state in enumerate(URGENCY)]
    return places.order_by(Case(*order), "enrolment__person__legal_name", "pk")


def _choices(counts: dict[str, int], shown: str) -> list[dict]:
    """Everybody, and each state that somebody is in."""
    words = [("", _("Everybody"), counts["total"])]
    words += [(state.value, state.label, counts[state]) for state in URGENCY]
    return [
        {"show": show, "word": word, "count": count, "is_chosen": show == shown}
        for show, word, count in words
        if count
    ]
