"""The register of a session: on a phone, before thirty people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses import clock
from lms import scoping
from lms.actions import attendance as actions
from lms.actions.refusal import Refused
from lms.attendance import history_of
from lms.forms.cohorts import ReasonForm
from lms.forms.register import KEY, RegisterForm, Sent, sent_lines
from lms.models import Enrolment, Session

# A posted register of 300 people with remarks; nobody signed out may store more.
KEPT_AT_MOST = 100_000
KEPT = "kept_register"


@never_cache
def register(request, pk):
    """The sheet; everything on it is one form with one Save."""
    if not request.user.is_authenticated:
        _keep(request, pk)
        return redirect_to_login(request.get_full_path())
    session = _session_for(request.user, pk)
    if request.method == "POST":
        request.session.pop(KEPT, None)
        return _save(request, session, sent_lines(request.POST))
    kept = _kept(request, pk)
    if kept:
        messages.warning(
            request,
            _("You had been signed out. Your marks are filled in again: save them."),
        )
    return _show(request, session, RegisterForm(session, kept))


@require_POST
@login_required
def reopen(request, pk):
    """A coordinator opens a signed register and says why."""
    session = _session_for(request.user, pk)
    if not scoping.may(request.user, "manage", session.cohort):
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, session, RegisterForm(session), form)
    reason = form.cleaned_data["reason"]
    actions.reopen_register(session, by=request.user, reason=reason)
    messages.success(request, _("The register is open again."))
    return redirect("lms:register", session.pk)


@never_cache
@login_required
def mark_history(request, pk, enrolment_pk):
    """Who marked one participant when, what it was and what it became."""
    sessions = scoping.scope(Session.objects.select_related("cohort"), request.user)
    session = get_object_or_404(sessions, pk=pk)
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("person"),
        pk=enrolment_pk,
        cohort=session.cohort_id,
    )
    context = {
        "session": session,
        "enrolment": enrolment,
        "events": history_of(enrolment, session),
        "may_teach": scoping.may(request.user, "teach", session.cohort),
    }
    return render(request, "lms/mark_history.html", context)


def _session_for(user, pk: int) -> Session:
    """A session of a cohort this user teaches; for anybody else there is none."""
    sessions = Session.objects.select_related("cohort__edition", "signed_by")
    return get_object_or_404(scoping.scope(sessions, user, "teach"), pk=pk)


def _save(request, session: Session, sent: list[Sent]):
    """Save what was touched; then mark the rest and sign off, if that was pressed."""
    steps = request.POST.get("then", "").split()
    if any(one.is_too_long for one in sent):
        return _show(request, session, RegisterForm(session, sent))
    rows = [one.row for one in sent if one.is_touched]
    rest = actions.PRESENT if "rest" in steps else ""
    try:
        saved = actions.save_register(session, rows=rows, by=request.user, rest=rest)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _show(request, _session_for(request.user, session.pk), None, sent=sent)
    asked = {line.pk for line in saved.conflicts} | _unanswered(request)
    if asked:
        form = RegisterForm(session, [one for one in sent if one.pk in asked])
        form.ask(asked)
        return _show(request, session, form)
    if "sign" in steps:
        return _sign_off(request, session)
    _tell(request, saved.changed)
    return redirect("lms:register", session.pk)


def _sign_off(request, session: Session):
    try:
        actions.sign_off_register(session, by=request.user)
    except actions.UnmarkedParticipants as refusal:
        return _show(request, session, RegisterForm(session), gaps=refusal.lines)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lms:register", session.pk)


def _tell(request, changed: int) -> None:
    text = ngettext("Saved: %(count)s mark.", "Saved: %(count)s marks.", changed)
    if changed:
        messages.success(request, text % {"count": changed})
    else:
        messages.info(request, _("Nothing has changed since the last save."))


def _unanswered(request) -> set[int]:
    """Lines that were asked about and sent back without an answer."""
    return {
        int(pk)
        for pk in request.POST.getlist("asked")
        if KEY.fullmatch(pk) and f"mark-{pk}" not in request.POST
    }


def _show(request, session, form, reopening=None, *, sent=(), gaps=()):
    form = form or RegisterForm(session, sent)
    is_signed = session.register == Session.Register.SIGNED
    may_reopen = is_signed and scoping.may(request.user, "manage", session.cohort)
    context = {
        "session": session,
        "form": form,
        "is_open": not is_signed and session.status != Session.Status.CANCELLED,
        "is_signed": is_signed,
        "is_due": session.is_due(clock.now()),
        "gaps": gaps,
        "asked": [entry for entry in form.entries if entry.is_asked],
        "reopening": (reopening or ReasonForm()) if may_reopen else None,
    }
    return render(request, "lms/register.html", context)


def _kept(request, pk: int) -> list[Sent]:
    kept = request.session.get(KEPT)
    return sent_lines(kept["lines"]) if kept and kept["session"] == pk else []


def _keep(request, pk: int) -> None:
    """Who was signed out while marking finds the marks again after signing in."""
    if request.method != "POST":
        return
    lines = {
        name: value
        for name, value in request.POST.items()
        if name.startswith(("seen-", "mark-", "remark-"))
    }
    if sum(len(name) + len(value) for name, value in lines.items()) <= KEPT_AT_MOST:
        request.session[KEPT] = {"session": pk, "lines": lines}
