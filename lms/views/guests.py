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

# What is sent for "none of those who are known".
NOBODY = "new"


@never_cache
@login_required
def add_guest(request, pk):
    """The name, one button, and the guest is marked present.

    Whom the name may mean is asked, never decided here.
    """
    session = _session(request, pk)
    form = GuestForm(request.POST or None, session=session)
    known = []
    if request.method == "POST" and form.is_valid():
        known = _known(session, form)
        try:
            place = _write_down(request, session, form, known)
        except Refused as refusal:
            refusal.tell(form)
        else:
            if place:
                return _is_in(request, session, place)
    context = {
        "session": session,
        "cohort": session.cohort,
        "form": form,
        "known": known,
        "nobody": NOBODY,
        # One tap has no place to say why.
        "before": [] if session.is_reopened else reading.came_before(session),
    }
    return render(request, "lms/add_guest.html", context)


@require_POST
@login_required
def let_in_again(request, pk, enrolment_pk):
    """A guest of another session of the cohort, in one tap."""
    session = _session(request, pk)
    guests = Enrolment.objects.guests().filter(cohort=session.cohort_id)
    place = get_object_or_404(guests, pk=enrolment_pk)
    try:
        place = actions.let_in_again(session, place, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:register", session.pk)
    return _is_in(request, session, place)


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


def _session(request, pk: int) -> Session:
    rows = Session.objects.select_related("cohort__edition")
    return get_object_or_404(scoping.scope(rows, request.user, "teach"), pk=pk)


def _known(session: Session, form: GuestForm) -> list[reading.Known]:
    said = {name: form.cleaned_data[name] for name in ("name", "email", "phone")}
    return reading.known_here(session, said.pop("name"), **said)


def _write_down(request, session, form, known) -> Enrolment | None:
    """None while nobody has said whether it is one of those who are known."""
    who, said, by = request.POST.get("who"), form.cleaned_data, request.user
    for one in known:
        if who == str(one.place.pk):
            reason = said.get("reason", "")
            return actions.let_in_again(session, one.place, by=by, reason=reason)
    if known and who != NOBODY:
        return None
    return actions.add_walk_in(session, by=by, **said)


def _is_in(request, session: Session, place: Enrolment):
    """Says the mark, too: who was marked before keeps what was said of them then."""
    marks = place.marks.filter(session=session).exclude(status=None)
    mark = marks.select_related("status").first()
    text = _("%(name)s is in the register.")
    if mark:
        text = _("%(name)s is in the register: %(mark)s.")
    words = {"name": place.person, "mark": mark and mark.status}
    messages.success(request, text % words)
    if "more" in request.POST:
        return redirect("lms:add_guest", session.pk)
    return redirect("lms:register", session.pk)


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
