"""What is odd about marks: for those who teach, to accept it or to take it back."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms import scoping
from lms.actions import reviewing
from lms.actions.refusal import Refused
from lms.models import Cohort, MarkEvent, Session
from lms.to_look_at import sessions_of, strays_of, to_look_at


@never_cache
@require_safe
@login_required
def of_session(request, pk):
    """Everything flagged at one session."""
    session = _session_for(request.user, pk)
    context = {
        "session": session,
        "cohort": session.cohort,
        "found": to_look_at(
            [session.pk], _strays(request.user, session.cohort, session.local_date)
        ),
        "is_signed": session.register == Session.Register.SIGNED,
    }
    return render(request, "lms/to_look_at.html", context)


@never_cache
@require_safe
@login_required
def of_cohort(request, code):
    """Everything flagged at all the sessions of a cohort."""
    cohorts = scoping.cohorts_for(request.user, "teach")
    cohort = get_object_or_404(cohorts, code=code)
    sessions = sessions_of(cohort).values("pk")
    found = to_look_at(sessions, _strays(request.user, cohort))
    context = {"cohort": cohort, "found": found}
    return render(request, "lms/to_look_at.html", context)


@require_POST
@login_required
def decide(request, pk, event_pk):
    """Accept what was flagged, or take it back."""
    session = _session_for(request.user, pk)
    event = get_object_or_404(MarkEvent, pk=event_pk, session=session.pk)
    is_accepted = request.POST.get("decision") == "accept"
    verb = reviewing.accept if is_accepted else reviewing.reject
    try:
        verb(event, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Accepted.") if is_accepted else _("Not accepted: it does not count.")
        messages.success(request, said)
    if request.POST.get("back") == "cohort":
        return redirect("lms:cohort_to_look_at", session.cohort.code)
    return redirect("lms:to_look_at", session.pk)


@require_POST
@login_required
def accept_all(request, pk):
    """What stood on the page and counts already; what waits is decided one by one."""
    session = _session_for(request.user, pk)
    seen = set(request.POST.getlist("event"))
    odd = [one.event for one in to_look_at([session.pk]).odd]
    try:
        reviewing.accept_all(
            session, [event for event in odd if str(event.pk) in seen], by=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Accepted."))
    return redirect("lms:to_look_at", session.pk)


def _strays(user, cohort: Cohort, on: date | None = None) -> Q:
    """Tries of nobody known are for who runs the cohort."""
    may_manage = scoping.may(user, "manage", cohort)
    return strays_of(cohort, on, with_unknown=may_manage)


def _session_for(user, pk: int) -> Session:
    sessions = Session.objects.select_related("cohort")
    return get_object_or_404(scoping.scope(sessions, user, "teach"), pk=pk)
