"""The history of one mark: for staff, who may take a step of it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms import scoping
from lms.actions import evidence
from lms.actions.refusal import Refused
from lms.attendance import history_of
from lms.mark_story import Told, story_of
from lms.models import Enrolment, MarkEvent, Session


@never_cache
@require_safe
@login_required
def mark_history(request, pk, enrolment_pk):
    """Who marked one participant when, what it was and what it became."""
    session = _session_for(request.user, pk, "see")
    return _show(request, session, _enrolment(session, enrolment_pk))


@require_POST
@login_required
def take_back(request, pk, enrolment_pk, event_pk):
    """Take one step back: one's own of a moment ago, or with a reason and the right."""
    session = _session_for(request.user, pk, "teach")
    enrolment = _enrolment(session, enrolment_pk)
    event = get_object_or_404(
        MarkEvent, pk=event_pk, session=session, enrolment=enrolment
    )
    is_free = evidence.is_free_to_undo(event, by=request.user)
    if not (is_free or scoping.may(request.user, "manage", session.cohort)):
        raise Http404
    reason = request.POST.get("reason", "")
    try:
        evidence.undo(event, by=request.user, reason=reason)
    except Refused as refusal:
        return _show(request, session, enrolment, (event.pk, str(refusal), reason))
    messages.success(request, _("Taken back."))
    return redirect("lms:mark_history", session.pk, enrolment.pk)


def _session_for(user, pk: int, action: str) -> Session:
    sessions = Session.objects.select_related("cohort")
    return get_object_or_404(scoping.scope(sessions, user, action), pk=pk)


def _enrolment(session: Session, pk: int) -> Enrolment:
    people = Enrolment.objects.select_related("person")
    return get_object_or_404(people, pk=pk, cohort=session.cohort_id)


def _show(request, session, enrolment, refused=(0, "", "")):
    """`refused` is the step that was not taken back, why, and what was typed."""
    told = story_of(history_of(enrolment, session=session))
    may_teach = scoping.may(request.user, "teach", session.cohort)
    context = {
        "session": session,
        "enrolment": enrolment,
        "told": told,
        "may_teach": may_teach,
        "free": [one.event.pk for one in told if _is_free(one, request.user)],
        "may_manage": scoping.may(request.user, "manage", session.cohort),
        "is_open": session.register == Session.Register.OPEN
        and session.status != Session.Status.CANCELLED,
        "refused": refused,
    }
    return render(request, "lms/mark_history.html", context)


def _is_free(one: Told, user) -> bool:
    return one.can_be_undone and evidence.is_free_to_undo(one.event, by=user)
