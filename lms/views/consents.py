"""What I agree to: read it, agree, put it off, withdraw. Nothing is locked by it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.actions import consents as actions
from lms.actions.refusal import Refused
from lms.models import Consent, ConsentText, Person
from lms.study import PUT_OFF

from .my_data import me
from .sign_in import posted_by_participant


@never_cache
@require_safe
@login_required
def my_consent(request) -> HttpResponse:
    person, text = me(request), ConsentText.objects.current()
    context = {"text": text, "consent": _newest(person)}
    return render(request, "lms/my_consent.html", context)


@posted_by_participant
def give_consent(request, pk) -> HttpResponse:
    """Two clicks agree once; the language is the one that was read."""
    person, text = me(request), get_object_or_404(ConsentText, pk=pk)
    language = request.POST.get("language", "")
    try:
        actions.give(person, text=text, language=language, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:my_consent")
    messages.success(request, _("You have agreed. You can withdraw it any time."))
    return redirect("lms:my_courses")


@posted_by_participant
def put_off_consent(request, pk) -> HttpResponse:
    """Nothing is written down; the question is not asked again before signing out."""
    me(request)
    request.session[PUT_OFF] = get_object_or_404(ConsentText, pk=pk).pk
    return redirect("lms:my_courses")


@posted_by_participant
def withdraw_consent(request) -> HttpResponse:
    """As easy as agreeing: one button, no reason asked."""
    actions.withdraw(me(request), by=request.user)
    messages.success(request, _("Withdrawn. Everything else stays as it was."))
    return redirect("lms:my_data")


def agree_as_well(person: Person, text: ConsentText, *, by) -> None:
    """Ticked while something else was done; refused, the question comes again later."""
    try:
        actions.give(person, text=text, language=text.language_for(), by=by)
    except Refused:
        return


def _newest(person: Person) -> Consent | None:
    """The one in force, of the newest version; else the last that was withdrawn."""
    mine = list(person.consents.select_related("text"))
    in_force = [one for one in mine if one.withdrawn_at is None]
    return max(
        in_force or mine,
        key=lambda one: (one.text.version, one.given_at),
        default=None,
    )
