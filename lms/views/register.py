"""The register of a session: on a phone, before thirty people."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from lms import company, scoping
from lms.actions import attendance as actions
from lms.actions import undoing
from lms.actions.refusal import ReasonMissing, Refused
from lms.forms.cohorts import ReasonForm
from lms.forms.register import KEY, LINE, RegisterForm, Sent, sent_lines
from lms.models import Cohort, Session
from lms.to_look_at import how_many

# A posted register of 300 people with remarks; nobody signed out may store more.
KEPT_AT_MOST = 100_000
KEPT = "kept_register"


@never_cache
def register(request, pk):
    """The sheet; everything on it is one form with one Save."""
    if not request.user.is_authenticated:
        _keep(request, pk)
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        request.session.pop(KEPT, None)
        return _save(request, pk, sent_lines(request.POST))
    session = _session_for(request.user, pk)
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


@require_POST
@login_required
def undo(request, pk):
    """Take back everything one's own save of a moment ago has changed.

    What was tapped since then comes along and stays on the page.
    """
    session = _session_for(request.user, pk)
    tapped = [one for one in sent_lines(request.POST) if one.is_touched]
    saved_at = _instant(request.POST.get("save", ""))
    try:
        undone = undoing.undo_save(session, at=saved_at, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "Taken back: %(count)s change.", "Taken back: %(count)s changes.", undone
        )
        # Said beside the buttons, where the thumb is, as the save was.
        messages.success(request, text % {"count": undone}, extra_tags="undo")
    if tapped:
        return _again(request, session.pk, tapped)
    return redirect("lms:register", session.pk)


@never_cache
@require_safe
@login_required
def others(request, pk):
    """One sentence about who else has the register open; asked by the open page."""
    session = _session_for(request.user, pk)
    words = company.in_words(company.join(session.pk, request.user))
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _session_for(user, pk: int) -> Session:
    """A session of a cohort this user teaches; for anybody else there is none."""
    return get_object_or_404(
        _sessions_of(user).select_related("cohort__edition", "signed_by"), pk=pk
    )


def _sessions_of(user):
    return scoping.scope_at_once(Session.objects.all(), user, "teach")


def _save(request, pk: int, sent: list[Sent]):
    """Save what was touched; then mark the rest and sign off, if that was pressed."""
    if any(one.error for one in sent):
        return _again(request, pk, sent)
    steps = request.POST.get("then", "").split()
    try:
        saved = actions.save_register(
            Session(pk=pk),
            rows=[one.row for one in sent if one.is_touched],
            by=request.user,
            rest=_rest(steps),
            reason=request.POST.get("reason", ""),
            among=_sessions_of(request.user),
        )
    except Session.DoesNotExist:
        raise Http404 from None
    except ReasonMissing as refusal:
        return _again(request, pk, sent, reason_error=str(refusal))
    except Refused as refusal:
        return _again(request, pk, sent, refusal=str(refusal))
    asked = {line.pk for line in saved.conflicts} | _unanswered(request)
    if asked:
        session = _session_for(request.user, pk)
        form = RegisterForm(session, [one for one in sent if one.pk in asked])
        form.ask(asked)
        return _show(request, session, form)
    if "guest" in steps:
        return redirect("lms:add_guest", pk)
    if "sign" in steps:
        return _sign_off(request, pk)
    _tell(request, saved, "rest" in steps)
    return redirect("lms:register", pk)


def _rest(steps: list[str]) -> str:
    """What everybody without a mark is to get; "" is for nothing."""
    if "rest" in steps:
        return actions.PRESENT
    return actions.ABSENT if "absent" in steps else ""


def _again(request, pk: int, sent: list[Sent], *, refusal="", **more):
    """The page with everything that was typed, and why it was not saved."""
    session = _session_for(request.user, pk)
    form = RegisterForm(session, sent)
    if refusal and not form.wrong:
        messages.error(request, refusal)
    return _show(request, session, form, **more)


def _sign_off(request, pk: int):
    session = _session_for(request.user, pk)
    try:
        actions.sign_off_register(session, by=request.user)
    except actions.UnmarkedParticipants as refusal:
        return _show(request, session, RegisterForm(session), gaps=refusal.lines)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("lms:register", session.pk)


def _tell(request, saved: actions.Saved, is_rest: bool) -> None:
    """What was saved; the tag lets the page offer to take it back."""
    if not saved.changed:
        messages.info(request, _("Nothing has changed since the last save."))
        return
    text = ngettext("Saved: %(count)s mark.", "Saved: %(count)s marks.", saved.changed)
    if is_rest:
        text = _("Marked the rest present. Saved: %(count)s.")
    messages.success(
        request,
        text % {"count": saved.changed},
        extra_tags=f"undo {saved.at.isoformat()}",
    )


def _instant(text: str) -> datetime | None:
    """A moment as the page had it; None for what no page sends."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _unanswered(request) -> set[int]:
    """Lines that were asked about and sent back without an answer."""
    return {
        int(pk)
        for pk in request.POST.getlist("asked")
        if KEY.fullmatch(pk) and f"mark-{pk}" not in request.POST
    }


def _show(request, session, form, reopening=None, *, gaps=(), reason_error=""):
    is_signed = session.register == Session.Register.SIGNED
    is_open = not is_signed and session.status != Session.Status.CANCELLED
    may_reopen = is_signed and scoping.may(request.user, "manage", session.cohort)
    context = {
        "session": session,
        "form": form,
        "is_open": is_open,
        "is_signed": is_signed,
        "is_corrected": is_open and session.signed_at,
        "is_due": session.is_due(clock.now()),
        "has_conference": session.link or session.cohort.mode == Cohort.Mode.ONLINE,
        "to_look_at": how_many(session=session),
        "others": company.in_words(company.join(session.pk, request.user)),
        "gaps": gaps,
        "asked": [entry for entry in form.entries if entry.is_asked],
        "reason": request.POST.get("reason", ""),
        "reason_error": reason_error,
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
        name: value for name, value in request.POST.items() if name.startswith(LINE)
    }
    if sum(len(name) + len(value) for name, value in lines.items()) <= KEPT_AT_MOST:
        request.session[KEPT] = {"session": pk, "lines": lines}
