"""Importing sessions: choose the list, look what would happen, do it."""

from collections import Counter
from datetime import date, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms import scoping
from lms.actions import session_consequences as changing
from lms.actions.refusal import Refused
from lms.actions.series import Which
from lms.actions.session_import import Outcome, Planned, import_sessions, plan
from lms.forms.session_import import ApplyForm, SessionListForm, kept
from lms.forms.sessions import LABELS
from lms.models import Cohort, Session


@login_required
def import_list(request, code):
    """One address: a file is shown as what it would do; its rows are then applied."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "teach"), code=code)
    if "rows" in request.POST:
        return _apply(request, cohort)
    form = SessionListForm(request.POST or None, request.FILES or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        return _check(request, cohort, form.rows, ApplyForm(cohort=cohort))
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/session_import.html", context)


def _check(request, cohort: Cohort, rows, form: ApplyForm):
    """The dry run; it asks at once about what would be in the way."""
    found = plan(cohort, rows)
    form.accepts(_consequences(request, cohort, found))
    context = {
        "cohort": cohort,
        "form": form,
        "lines": [(line, _becomes(line)) for line in found],
        "counts": Counter(line.outcome.value for line in found),
        "kept": kept(cohort, rows),
        "can_apply": any(
            line.outcome in (Outcome.NEW, Outcome.CHANGED) for line in found
        ),
    }
    return render(request, "lms/session_import_check.html", context)


def _apply(request, cohort: Cohort):
    form = ApplyForm(request.POST, cohort=cohort)
    if not form.is_valid():
        messages.error(request, form.errors["rows"][0])
        return redirect("lms:session_import", cohort.code)
    rows = form.cleaned_data["rows"]
    if not form.accepts(_consequences(request, cohort, plan(cohort, rows))):
        return _check(request, cohort, rows, form)
    try:
        counts = import_sessions(cohort, rows=rows, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _check(request, cohort, rows, form)
    said = {outcome.value: counts[outcome] for outcome in Outcome}
    messages.success(
        request,
        _(
            "Planned: %(new)s. Changed: %(changed)s. As before: %(same)s. Refused: "
            "%(refused)s."
        )
        % said,
    )
    return redirect("lms:sessions", cohort.code)


def _consequences(request, cohort: Cohort, found) -> list[str]:
    """What the new ones overlap, and what each change would bring about."""
    names = ("local_date", "local_time", "minutes", "place")
    new = [
        Session(cohort=cohort, **{n: line.fields[n] for n in names if n in line.fields})
        for line in found
        if line.outcome is Outcome.NEW
    ]
    sentences = changing.of_planning(cohort, new, user=request.user)
    for line in found:
        if line.outcome is Outcome.CHANGED:
            sentences += _of_line(line, request.user)
    return sentences


def _becomes(line: Planned) -> list[tuple]:
    """By the names people know: what a session has now, and what it gets."""
    if line.outcome is not Outcome.CHANGED:
        return []
    return [
        (LABELS[name], _shown(getattr(line.session, name)), _shown(new))
        for name, new in line.fields.items()
        if name in LABELS
    ]


def _shown(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return date_format(value, "j E Y")
    return str(value) or "–"


def _of_line(line: Planned, user) -> list[str]:
    told = changing.of_change(
        line.session, which=Which.THIS.value, fields=line.fields, user=user
    )
    number = line.row.number
    return [
        _("Line %(number)s: %(text)s") % {"number": number, "text": x} for x in told
    ]
