"""Waiving one requirement of one person, and taking that back (CO-12)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from lms import scoping
from lms.actions import waivers
from lms.actions.refusal import Refused
from lms.forms.waivers import RequirementForm
from lms.models import Enrolment
from lms.standing import requirements_of
from lms.waivers import waived_of

from .cohort_home import cohort_of

ACTIVE = Enrolment.Status.ACTIVE


@dataclass(frozen=True)
class Step:
    """What the page says of a step, and the verb that takes it."""

    verb: Callable
    heading: Promise
    effect: Promise
    nothing: Promise
    done: Promise


WAIVE = Step(
    waivers.waive,
    _("Waive a requirement"),
    _(
        "This one requirement then counts as met, for this person only. The person "
        "reads that it was waived; staff read by whom and why. If nothing else is "
        "missing, the course is completed at once, and that stays."
    ),
    _("Nothing is left to waive: everything is met, or the place is not active."),
    _("It is waived."),
)
TAKE_BACK = Step(
    waivers.take_back_waiver,
    _("Take a waiver back"),
    _(
        "The requirement is asked of this person again, as of everybody else. The log "
        "keeps the waiver and your reason."
    ),
    _(
        "There is no waiver to take back: none was given, or the place is not active. "
        "What completed the course stays."
    ),
    _("It is asked for again."),
)


@never_cache
@login_required
def waive(request, code, pk) -> HttpResponse:
    """Choose among what is not met yet, say why, read what follows from it."""
    place = _place(request.user, code, pk)
    asked = requirements_of(place) if place.status == ACTIVE else []
    choices = [(one.key, f"{one.title}: {one.why}") for one in asked if not one.met]
    return _take(request, WAIVE, place, choices)


@never_cache
@login_required
def take_back(request, code, pk) -> HttpResponse:
    """Choose among what was waived, and ask for it again."""
    place = _place(request.user, code, pk)
    kept = waived_of(place) if place.status == ACTIVE else []
    # What should have come before the course is behind this person.
    choices = [
        (one.key, f"{one.title}. {one.words}") for one in kept if not one.is_before
    ]
    return _take(request, TAKE_BACK, place, choices)


def _place(user, code: str, pk: int) -> Enrolment:
    """A place in a cohort the user manages: 403 who only sees it, else 404."""
    cohort = cohort_of(user, code)
    if not scoping.may(user, "manage", cohort):
        raise PermissionDenied
    place = get_object_or_404(cohort.enrolments.select_related("person"), pk=pk)
    place.cohort = cohort
    return place


def _take(request, step: Step, place: Enrolment, choices: list) -> HttpResponse:
    chosen = {"requirement": request.GET.get("requirement", "")}
    form = RequirementForm(request.POST or None, choices=choices, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            step.verb(place, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, step.done)
            return redirect("lms:cohort_person", place.cohort.code, place.pk)
    context = {
        "cohort": place.cohort,
        "place": place,
        "step": step,
        "form": form,
        "is_possible": bool(choices),
    }
    return render(request, "lms/waiver_step.html", context)
