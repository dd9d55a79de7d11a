"""The sessions of a cohort, planned by the people who teach it; and one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms import scoping, standing
from lms.actions import attendance as actions
from lms.actions.refusal import Refused
from lms.attendance import history_of, in_words
from lms.forms.cohorts import ReasonForm
from lms.forms.register import TONES
from lms.forms.sessions import SessionForm
from lms.models import Cohort, Enrolment, Mark, Session


@login_required
def sessions(request, code):
    """Every session of a cohort, to its register or its form."""
    cohort = _cohort(request.user, code)
    context = {"cohort": cohort, "sessions": cohort.sessions.all()}
    return render(request, "lms/sessions.html", context)


@login_required
def add(request, code):
    cohort = _cohort(request.user, code)
    form = SessionForm(
        request.POST or None, cohort=cohort, initial={"place": cohort.place}
    )
    if request.method == "POST" and form.is_valid():
        done = _done(
            form,
            lambda: actions.schedule(cohort, by=request.user, **form.cleaned_data),
        )
        if done:
            messages.success(request, _("The session is planned."))
            return redirect("lms:sessions", cohort.code)
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/session_form.html", context)


@login_required
def edit(request, pk):
    session = _session(request.user, pk)
    form = SessionForm(request.POST or None, instance=session, cohort=session.cohort)
    if request.method == "POST" and form.is_valid():
        done = _done(
            form,
            lambda: actions.change_session(
                session, by=request.user, **form.cleaned_data
            ),
        )
        if done:
            messages.success(request, _("The session is changed."))
            return redirect("lms:sessions", session.cohort.code)
    context = {"cohort": session.cohort, "session": session, "form": form}
    return render(request, "lms/session_form.html", context)


@login_required
def cancel(request, pk):
    session = _session(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _done(
            form, lambda: actions.cancel(session, by=request.user, reason=reason)
        )
        if done:
            messages.success(request, _("The session is cancelled."))
            return redirect("lms:sessions", session.cohort.code)
    context = {"cohort": session.cohort, "session": session, "form": form}
    return render(request, "lms/session_cancel.html", context)


@never_cache
@login_required
def my_attendance(request, enrolment_pk):
    """One's own sessions and marks, with everything that was ever changed."""
    mine = Enrolment.objects.of(request.user).select_related("cohort__edition")
    enrolment = get_object_or_404(mine, pk=enrolment_pk)
    sums = standing.attendance_of(enrolment)
    least = enrolment.cohort.edition.policy.get("attendance_percent", 0)
    context = {
        "enrolment": enrolment,
        "cohort": enrolment.cohort,
        "words": in_words(sums, least) if sums else "",
        "sessions": _with_marks(enrolment),
    }
    return render(request, "lms/my_attendance.html", context)


def _cohort(user, code: str) -> Cohort:
    """A cohort this user teaches; for anybody else there is none."""
    return get_object_or_404(scoping.cohorts_for(user, "teach"), code=code)


def _session(user, pk: int) -> Session:
    rows = Session.objects.select_related("cohort")
    return get_object_or_404(scoping.scope(rows, user, "teach"), pk=pk)


def _done(form, verb) -> bool:
    """Run the verb; what it refuses is said beside the field. True when it is done."""
    try:
        verb()
    except Refused as refusal:
        refusal.tell(form)
        return False
    return True


def _with_marks(enrolment: Enrolment) -> list[dict]:
    """Each session of the cohort with the participant's mark and its history."""
    marks = enrolment.marks.select_related("status")
    marks = {mark.session_id: mark for mark in marks}
    events: dict[int, list] = {}
    for event in history_of(enrolment):
        events.setdefault(event.session_id, []).append(event)
    return [
        {
            "session": session,
            "mark": marks.get(session.pk),
            "events": events.get(session.pk, []),
            "tone": _tone(marks.get(session.pk)),
            "is_expected": session.expects(enrolment),
        }
        for session in enrolment.cohort.sessions.select_related("cohort")
    ]


def _tone(mark: Mark | None) -> str:
    return TONES.get(mark.status.code, "info") if mark and mark.status else ""
