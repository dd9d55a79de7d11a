"""Scanning personal codes at the door; without a camera or a script they are typed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms import scoping
from lms.actions.evidence import is_free_to_undo, undo
from lms.actions.refusal import Refused
from lms.actions.scanning import SCANS, scan
from lms.forms.scanning import ScanForm
from lms.models import Mark, MarkEvent, Session

SHOWN = 5


@never_cache
@login_required
def scan_page(request, pk) -> HttpResponse:
    """One code after another; the last five stand below, each with a way back."""
    session = _session(request.user, pk)
    kind = request.GET.get("kind")
    first = kind if kind in SCANS else MarkEvent.Kind.ENTRY
    form = ScanForm(request.POST or None, session=session, initial={"kind": first})
    if request.method == "POST" and form.is_valid() and _scan(request, session, form):
        # The way stays as it is: a queue goes one way.
        address = f"{request.path}?kind={form.cleaned_data['kind']}"
        return redirect(address)
    context = {
        "session": session,
        "form": form,
        "scans": _last(session, request.user),
    }
    return render(request, "lms/scan.html", context)


@require_POST
@login_required
def take_back(request, pk, event_pk) -> HttpResponse:
    """For a quarter of an hour; later it is done in the history, with a reason."""
    session = _session(request.user, pk)
    event = get_object_or_404(_scans(session), pk=event_pk)
    try:
        undo(event, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:mark_history", session.pk, event.enrolment_id)
    name = event.enrolment.person.legal_name
    messages.success(request, _("Taken back: %(name)s.") % {"name": name})
    return redirect("lms:session_scan", session.pk)


def _session(user, pk: int) -> Session:
    sessions = Session.objects.select_related("cohort")
    return get_object_or_404(scoping.scope(sessions, user, "teach"), pk=pk)


def _scan(request, session: Session, form: ScanForm) -> bool:
    """True when it is noted; what was refused is said beside the code."""
    try:
        outcome = scan(session, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        refusal.tell(form)
        return False
    name = outcome.event.enrolment.person.legal_name
    said = {"name": name, "mark": outcome.event.stated or ""}
    if outcome.event.kind == MarkEvent.Kind.EXIT:
        messages.success(request, _("%(name)s went out.") % said)
    elif MarkEvent.Flag.DUPLICATE in outcome.event.flags:
        messages.info(request, _("%(name)s had come in before.") % said)
    else:
        messages.success(request, _("%(name)s came in: %(mark)s.") % said)
    return True


def _scans(session: Session):
    """What was scanned and not taken back, the last one first."""
    undone = session.mark_events.filter(kind=MarkEvent.Kind.UNDO).values("about")
    scans = session.mark_events.filter(
        source=Mark.Source.PERSONAL_CODE, kind__in=SCANS
    ).exclude(pk__in=undone)
    scans = scans.select_related("session", "enrolment__person", "stated")
    return scans.order_by("-received_at", "-pk")


def _last(session: Session, user) -> list[dict]:
    return [
        {
            "event": event,
            "is_free": is_free_to_undo(event, by=user),
        }
        for event in _scans(session).filter(by=user)[:SHOWN]
    ]
