"""Planning sessions that repeat: what is asked, the days it gives, all in one step."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from lms import scoping
from lms.actions import series as actions
from lms.actions import session_consequences as changing
from lms.actions.refusal import Refused
from lms.forms.series import SeriesForm
from lms.forms.sessions import as_last_time
from lms.models import Cohort


@login_required
def plan(request, code):
    """First the days are shown; what is planned are the days left ticked there."""
    teaching = scoping.cohorts_for(request.user, "teach")
    cohort = get_object_or_404(teaching, code=code)
    initial = as_last_time(cohort)
    form = SeriesForm(request.POST or None, cohort=cohort, initial=initial)
    chosen: set[date] = set()
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request.POST, form)
        planned = form.planned(sorted(chosen))
        consequences = changing.of_planning(cohort, planned, user=request.user)
        is_agreed = form.accepts(consequences) and _has_been_seen(request.POST, form)
        if is_agreed and _plan(request, cohort, form, chosen):
            return redirect("lms:sessions", cohort.code)
    context = {"cohort": cohort, "form": form, "chosen": chosen, "key": _key(form)}
    return render(request, "lms/series_form.html", context)


def _plan(request, cohort: Cohort, form: SeriesForm, chosen: set[date]) -> bool:
    skip = {one.on for one in form.occurrences} - chosen
    try:
        actions.plan_series(
            cohort, by=request.user, skip=skip, **form.terms, **form.alike
        )
    except Refused as refusal:
        refusal.tell(form)
        return False
    text = ngettext(
        "%(count)s session is planned.", "%(count)s sessions are planned.", len(chosen)
    )
    messages.success(request, text % {"count": len(chosen)})
    return True


def _has_been_seen(data, form: SeriesForm) -> bool:
    """Were these very days on the page from which it is planned?"""
    return "plan" in data and data.get("shown") == _key(form)


def _key(form: SeriesForm) -> str:
    """What the days on the page follow from."""
    if not form.occurrences:
        return ""
    return "|".join(str(value) for value in form.terms.values())


def _chosen(data, form: SeriesForm) -> set[date]:
    """The days left ticked; every free day where they have not been shown yet."""
    free = {one.on for one in form.free}
    if data.get("shown") != _key(form):
        return free
    ticked = set(data.getlist("on"))
    return {day for day in free if day.isoformat() in ticked}
