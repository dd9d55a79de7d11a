"""The wall of a session: its code for a whole room, and the rules of checking in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import clock
from lms import paper_codes, room_code, scoping
from lms.actions.check_in_refusals import NotOpenYet
from lms.actions.check_in_rules import set_check_in_rules
from lms.actions.check_ins import why_not_now
from lms.check_in_site import note_site
from lms.check_in_window import closes_at
from lms.devices import address_of
from lms.forms.check_in import CheckInRulesForm
from lms.models import CheckInRules, Mark, Session

from .papers import taught_cohort
from .slips import whole_address

# Before the window opens, a page without scripts looks again this often.
SECONDS_BETWEEN = 20


@never_cache
@require_safe
@login_required
def wall(request, pk) -> HttpResponse:
    """The code as big as the wall allows; only the one of now is ever sent (ATT-22)."""
    return _show(request, pk, "lms/check_in_wall.html")


@never_cache
@require_safe
@login_required
def wall_now(request, pk) -> HttpResponse:
    """What stands on it at this moment, for the script of the page."""
    return _show(request, pk, "lms/check_in_now.html")


@never_cache
@login_required
def rules(request, code) -> HttpResponse:
    """How the people of a cohort may mark themselves."""
    cohort = taught_cohort(request.user, code)
    form = CheckInRulesForm(request.POST or None, instance=CheckInRules.of(cohort))
    if request.method == "POST" and form.is_valid():
        set_check_in_rules(cohort, by=request.user, **form.cleaned_data)
        messages.success(request, _("The rules of checking in are saved."))
        return redirect("lms:sessions", cohort.code)
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/check_in_rules.html", context)


def _show(request, pk: int, template: str) -> HttpResponse:
    rows = Session.objects.select_related("cohort__check_in_rules")
    session = get_object_or_404(scoping.scope(rows, request.user, "teach"), pk=pk)
    return render(request, template, _on_the_wall(request, session))


def _on_the_wall(request, session: Session) -> dict:
    refusal = why_not_now(session)
    is_early = isinstance(refusal, NotOpenYet)
    context = {
        "session": session,
        "refusal": refusal,
        "is_early": is_early,
        "again_in": SECONDS_BETWEEN if is_early else None,
        "opens_at": CheckInRules.of(session.cohort).opens_at(session),
        "came": _came(session),
    }
    if refusal is None:
        until = context["closes_at"] = closes_at(session)
        note_site(session.pk, address_of(request), until)
        context |= _code(session, clock.now())
    return context


def _code(session: Session, now) -> dict:
    code = room_code.code_at(session.secret, now)
    # In the language of the cohort, whatever the trainer reads.
    with override(session.cohort.locale):
        address = whole_address(reverse("lms:scan", args=[session.pk, code]))
    seconds = room_code.seconds_left(now)
    return {
        "halves": room_code.in_groups(code).split("-"),
        "square": paper_codes.square(address),
        "seconds": seconds,
        "step": int(room_code.STEP.total_seconds()),
        "again_in": seconds,
    }


def _came(session: Session) -> int:
    """Who is in by any mark that says so: late is in, absent and excused are not."""
    return Mark.objects.filter(session=session, status__credit__gt=0).count()
