"""People who come without a place: written down in two taps, matched afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms import guests as reading
from lms import scoping
from lms.actions import guests as actions
from lms.actions.merging import undo_merge
from lms.actions.refusal import Refused
from lms.forms.guests import GuestForm, MatchForm
from lms.models import Cohort, Enrolment, PersonMerge, Session

from .papers import taught_cohort


@never_cache
@login_required
def add_guest(request, pk):
    """The name, one button, and the guest is marked present."""
    rows = Session.objects.select_related("cohort__edition")
    session = get_object_or_404(scoping.scope(rows, request.user, "teach"), pk=pk)
    form = GuestForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            place = actions.add_walk_in(session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
        else:
            text = _("%(name)s is in the register.")
            messages.success(request, text % {"name": place.person})
            if "more" in request.POST:
                return redirect("lms:add_guest", session.pk)
            return redirect("lms:register", session.pk)
    context = {"session": session, "cohort": session.cohort, "form": form}
    return render(request, "lms/add_guest.html", context)


@never_cache
@login_required
def guests(request, code):
    """Guests who may be somebody known, and those who were matched of late."""
    cohort = taught_cohort(request.user, code)
    context = {
        "cohort": cohort,
        "guests": reading.to_match(cohort, request.user),
        "people": reading.people_of(cohort).order_by("legal_name", "pk"),
        "matched": reading.matched(cohort),
        "days": PersonMerge.UNDO_DAYS,
    }
    return render(request, "lms/guests.html", context)


@require_POST
@login_required
def match_guest(request, code, pk):
    """The guest is this person."""
    cohort = taught_cohort(request.user, code)
    guest = _guest(cohort, request.user, pk)
    form = MatchForm(request.POST, people=reading.may_be(cohort, request.user))
    if not form.is_valid():
        messages.error(request, _("Choose who the guest is."))
        return redirect("lms:guests", code)
    person = form.cleaned_data["person"]
    return _do(
        request,
        code,
        lambda: actions.match_guest(guest, person=person, by=request.user),
        _("%(guest)s is %(person)s. Both histories are kept.")
        % {"guest": guest.person, "person": person},
    )


@require_POST
@login_required
def take_in(request, code, pk):
    """The guest gets a seat."""
    cohort = taught_cohort(request.user, code)
    guest = _guest(cohort, request.user, pk)
    return _do(
        request,
        code,
        lambda: actions.take_in(guest, by=request.user),
        _("%(name)s has a place in this cohort.") % {"name": guest.person},
    )


@require_POST
@login_required
def undo_match(request, code, pk):
    """The two are told apart again."""
    cohort = taught_cohort(request.user, code)
    merges = PersonMerge.objects.filter(
        pk__in=[one.pk for one in reading.matched(cohort)]
    )
    merge = get_object_or_404(merges.select_related("person", "into"), pk=pk)
    return _do(
        request,
        code,
        lambda: undo_merge(merge, by=request.user),
        _("%(guest)s is a guest again.") % {"guest": merge.person},
    )


def _guest(cohort: Cohort, user, pk: int) -> Enrolment:
    """A guest nobody has matched, all of whose visits this user may speak of."""
    known = {guest.place.pk for guest in reading.to_match(cohort, user)}
    place = get_object_or_404(
        Enrolment.objects.filter(pk__in=known).select_related("person", "cohort"), pk=pk
    )
    elsewhere = place.person.enrolments.exclude(
        cohort__in=scoping.cohorts_for(user, "teach").values("pk")
    )
    return get_object_or_404(
        Enrolment.objects.exclude(person__in=elsewhere.values("person")).select_related(
            "person", "cohort"
        ),
        pk=place.pk,
    )


def _do(request, code: str, verb, done: str):
    try:
        verb()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("lms:guests", code)
