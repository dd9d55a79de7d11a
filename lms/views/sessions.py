"""The sessions of a cohort, planned by the people who teach it; and one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses import clock
from lms import scoping, standing
from lms.actions import attendance as actions
from lms.actions import session_consequences as changing
from lms.actions.check_ins import why_not_now
from lms.actions.refusal import Refused
from lms.actions.rehearsing import rehearse
from lms.actions.series import Which, change_series
from lms.attendance import bounds_in_words, in_words
from lms.forms.cohorts import ReasonForm
from lms.forms.sessions import (
    SessionForm,
    SessionOfSeriesForm,
    SignedTimeForm,
    as_last_time,
)
from lms.guests import unmatched
from lms.joining import joining_of, may_apologise
from lms.models import Apology, Cohort, Enrolment, Session
from lms.own_attendance import OwnSession, own_sessions
from lms.to_look_at import how_many

# So many stand before the sessions that are still somebody's work, and no more.
MOST_DONE = 3


@login_required
def sessions(request, code):
    """Every session of a cohort, to its register or its form.

    Of a long course those that are done are folded away.
    """
    cohort, now = _cohort(request.user, code), clock.now()
    every = list(cohort.sessions.all())
    done = [one for one in every if one.is_done(now)]
    if len(done) <= MOST_DONE or len(done) == len(every):
        done = []
    context = {
        "cohort": cohort,
        "sessions": [one for one in every if one not in done],
        "done": done,
        "guests": unmatched(Cohort.objects.filter(pk=cohort.pk))[cohort.pk],
        "to_look_at": how_many(session__cohort=cohort),
        "may_correct": scoping.may(request.user, "manage", cohort),
        "now": now,
    }
    return render(request, "lms/sessions.html", context)


@login_required
def add(request, code):
    cohort = _cohort(request.user, code)
    initial = as_last_time(cohort)
    form = SessionForm(request.POST or None, cohort=cohort, initial=initial)
    if request.method == "POST" and form.is_valid():
        planned = [form.planned(cohort)]
        done = _done_as_agreed(
            form,
            changing.of_planning(cohort, planned, user=request.user),
            lambda: actions.schedule(cohort, by=request.user, **form.cleaned_data),
        )
        if done:
            messages.success(request, _("The session is planned."))
            return redirect("lms:sessions", cohort.code)
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/session_form.html", context)


@login_required
def edit(request, pk):
    """A change that reaches people is shown first and asked for once more."""
    session = _session(request.user, pk)
    form = _edit_form(request, session)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        which = fields.pop("which", Which.THIS.value)
        # The form has written its answers onto the row it was given.
        session = _session(request.user, pk)
        done = _done_as_agreed(
            form,
            changing.of_change(session, which=which, fields=fields, user=request.user),
            lambda: change_series(session, which=which, by=request.user, **fields),
        )
        if done:
            messages.success(request, _("The session is changed."))
            return redirect("lms:sessions", session.cohort.code)
    context = {"cohort": session.cohort, "session": session, "form": form}
    return render(request, "lms/session_form.html", context)


def _edit_form(request, session: Session) -> SessionForm:
    kind = SessionOfSeriesForm if session.series_id else SessionForm
    return kind(request.POST or None, instance=session, cohort=session.cohort)


@login_required
def correct_time(request, pk):
    """A coordinator says when a session that is signed off was in truth."""
    session = _session(request.user, pk)
    if not scoping.may(request.user, "manage", session.cohort):
        raise Http404
    form = SignedTimeForm(request.POST or None, instance=_session(request.user, pk))
    if request.method == "POST" and form.is_valid():
        done = _done_as_agreed(
            form,
            changing.of_correcting(session),
            lambda: actions.correct_time(session, by=request.user, **form.cleaned_data),
        )
        if done:
            messages.success(request, _("The time is corrected. Every mark stays."))
            return redirect("lms:register", session.pk)
    context = {"cohort": session.cohort, "session": session, "form": form}
    return render(request, "lms/session_correct_time.html", context)


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
    context = {
        "cohort": session.cohort,
        "session": session,
        "form": form,
        "consequences": changing.of_cancelling(session),
    }
    return render(request, "lms/session_cancel.html", context)


@never_cache
@login_required
def my_attendance(request, enrolment_pk):
    """One's own sessions and marks, with everything that was ever changed."""
    mine = Enrolment.objects.of(request.user).select_related(
        "cohort__edition", "cohort__check_in_rules", "person"
    )
    enrolment = get_object_or_404(mine, pk=enrolment_pk)
    sums = standing.attendance_of(enrolment)
    context = {
        "enrolment": enrolment,
        "cohort": enrolment.cohort,
        "words": in_words(sums) if sums else "",
        "bounds": bounds_in_words(sums) if sums else "",
        "best_of": sums.rules.best_of if sums else 0,
        "sessions": _with_ways(own_sessions(enrolment), enrolment),
        "own_zone": enrolment.person.zone,
        "now": clock.now(),
    }
    return render(request, "lms/my_attendance.html", context)


def _with_ways(rows: list[OwnSession], enrolment: Enrolment) -> list[OwnSession]:
    """Each session with the way in, and with what was said about not coming."""
    now, cohort = clock.now(), enrolment.cohort
    said = Apology.objects.filter(enrolment=enrolment).exclude(
        state=Apology.State.TAKEN_BACK
    )
    by_session = {apology.session_id: apology for apology in said}
    for row in rows:
        session = row.session
        if session.cohort_id == cohort.pk:
            session.cohort = cohort
            session.joining = joining_of(session, enrolment, now)
            session.may_apologise = may_apologise(session, enrolment, now)
            session.apology = by_session.get(session.pk)
            session.may_check_in = _may_check_in(row, enrolment, now)
    return rows


def _may_check_in(row: OwnSession, enrolment: Enrolment, now) -> bool:
    """At this moment, and not marked yet."""
    is_asked = enrolment.is_studying and row.is_expected and not row.status
    return is_asked and now < row.session.ends_at and why_not_now(row.session) is None


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


def _done_as_agreed(form, consequences, verb) -> bool:
    """What would be refused is said first, then what would come of it, then done."""
    if form.accepts(consequences):
        return _done(form, verb)
    if not _done(form, lambda: rehearse(verb)):
        form.consequences = ()
    return False
