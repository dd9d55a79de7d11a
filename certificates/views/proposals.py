"""Lists for a committee: all one may see, one with its votes, making and changing one.

What somebody may not see is not there (404).
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from certificates.actions import proposals as actions
from certificates.actions.issuing_lists import issue_list
from certificates.due import committee, earning
from certificates.due.claim import Claim, of_place
from certificates.due.readiness import key_of, of_trainer, ready_for
from certificates.forms.proposals import ListForm, VoteForm
from certificates.models import AwardRule, Proposal
from certificates.models.kinds import Kind
from lms import scoping
from lms.actions.refusal import Refused
from lms.models import Cohort

MOST = 100
_NAMED = ["enrolment__person", "trainer__person"]


@never_cache
@login_required
def proposals(request) -> HttpResponse:
    """Those that wait for one's vote first."""
    waiting = list(committee.waiting_for(request.user))
    rows = committee.proposals_for(request.user).exclude(
        pk__in=[row.pk for row in waiting]
    )
    if not waiting and not rows.exists() and not _may_ask(request.user):
        raise Http404
    context = {"waiting": waiting, "rows": rows[:MOST]}
    return render(request, "certificates/proposals.html", context)


@never_cache
@login_required
def proposal(request, pk) -> HttpResponse:
    """Who is on it, the votes, and one's own."""
    row = _row(request.user, pk)
    may_vote = row.state == Proposal.State.OPEN and committee.may_vote(
        request.user, row
    )
    votes = list(row.votes.select_related("user"))
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.vote(row, by=request.user, **form.said)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("Your vote is counted."))
            return redirect("certificates:proposal", row.pk)
    places = list(row.places.select_related(*_NAMED))
    shown = earning.shown_for([_claim(row, place) for place in places])
    context = {
        "proposal": row,
        "places": list(zip(places, shown, strict=True)),
        "votes": votes,
        "agreed": sum(vote.agrees for vote in votes),
        "form": form if may_vote or form.errors else None,
        "is_mine": scoping.may(request.user, "issue", row.cohort),
        "is_changeable": row.is_changeable,
        "is_approved": row.state == Proposal.State.APPROVED,
    }
    return render(request, "certificates/proposal.html", context)


@never_cache
@login_required
def propose(request, pk, kind) -> HttpResponse:
    """Tick who is to be on a new list."""
    cohorts = scoping.cohorts_for(request.user, "issue").select_related("edition")
    cohort = get_object_or_404(cohorts, pk=pk)
    rules = AwardRule.objects.kinds_of(cohort.edition.course_key)
    if kind not in rules or not rules[kind].is_voted:
        raise Http404
    return _list(request, cohort, kind, None)


@never_cache
@login_required
def change(request, pk) -> HttpResponse:
    """Tick others; the votes begin anew."""
    row = _mine(request.user, pk)
    return _list(request, row.cohort, row.kind, row)


@require_POST
@login_required
def issue(request, pk) -> HttpResponse:
    """Issue what is approved."""
    row = _mine(request.user, pk)
    try:
        run, refused = issue_list(row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:proposal", row.pk)
    for text in refused:
        messages.error(request, text)
    if run:
        return redirect("certificates:run", run.pk)
    if not refused:
        messages.success(request, _("Everybody on the list has a certificate."))
    return redirect("certificates:proposal", row.pk)


def _list(request, cohort: Cohort, kind: str, row: Proposal | None) -> HttpResponse:
    found = ready_for(cohort, kind, is_voted=True)
    ready = [one for one in found if one.is_ready]
    on_it = {
        key_of(place=one.enrolment_id, trainer=one.trainer_id)
        for one in (row.places.all() if row else ())
    }
    ticked = [one.key for one in ready if not row or one.key in on_it]
    shown = earning.shown_for([one.claim for one in ready])
    form = ListForm(
        request.POST or None,
        candidates=list(zip(ready, shown, strict=True)),
        initial={"places": ticked},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["places"]
        try:
            saved = _save(cohort, kind, row, chosen, request.user)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The committee is asked."))
            return redirect("certificates:proposal", saved.pk)
    context = {
        "cohort": cohort,
        "proposal": row,
        "kind": Kind(kind),
        "form": form,
        "ready": ready,
        "refused": [one for one in found if one.refusal],
    }
    return render(request, "certificates/propose.html", context)


def _claim(row: Proposal, place) -> Claim:
    if place.enrolment is None:
        return of_trainer(row.cohort, place.trainer)
    # The one that is there, with its edition.
    place.enrolment.cohort = row.cohort
    return of_place(place.enrolment, row.kind)


def _save(cohort, kind, row, chosen, user) -> Proposal:
    if row:
        return actions.change_list(row, chosen=chosen, by=user)
    return actions.propose(cohort, kind=kind, chosen=chosen, by=user)


def _may_ask(user) -> bool:
    return scoping.may_anywhere(user, "issue")


def _row(user, pk) -> Proposal:
    return get_object_or_404(committee.proposals_for(user), pk=pk)


def _mine(user, pk) -> Proposal:
    """One of a cohort the user issues in."""
    rows = scoping.scope(Proposal.objects.all(), user, "issue")
    return get_object_or_404(rows.select_related("cohort__edition"), pk=pk)
