"""Saying that one cannot come; and deciding whether somebody is excused."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from lms import scoping
from lms.actions import apologies as actions
from lms.actions.refusal import Refused
from lms.forms.apologies import AnswerForm, ApologyForm
from lms.joining import may_apologise
from lms.models import Apology, Enrolment, Session


@never_cache
@login_required
def mine(request, pk):
    """One's own apology for a session: to write, or how it stands."""
    session = get_object_or_404(Session.objects.select_related("cohort"), pk=pk)
    places = Enrolment.objects.of(request.user).exclude(active_from=None)
    place = get_object_or_404(places, cohort=session.cohort)
    said = list(Apology.objects.filter(session=session, enrolment=place))
    standing = next((one for one in said if one.state in Apology.STANDING), None)
    form = ApologyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.apologise(
                session, enrolment=place, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("Sent. The answer comes here."))
            return redirect("lms:my_apology", session.pk)
    context = {
        "session": session,
        "place": place,
        "standing": standing,
        "before": [one for one in said if one is not standing],
        "may_write": not standing and may_apologise(session, place, clock.now()),
        "form": form,
    }
    return render(request, "lms/my_apology.html", context)


@require_POST
@login_required
def take_back(request, pk):
    """Only one's own."""
    own = Apology.objects.filter(enrolment__in=Enrolment.objects.of(request.user))
    apology = get_object_or_404(own, pk=pk)
    try:
        actions.take_back_apology(apology, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. You are expected."))
    return redirect("lms:my_apology", apology.session_id)


@require_safe
@login_required
def paper(request, pk):
    """The paper, as a file and never as a page: for its sender and the teachers."""
    own = Apology.objects.filter(enrolment__in=Enrolment.objects.of(request.user))
    taught = scoping.scope(Apology.objects.all(), request.user, "teach")
    apology = own.filter(pk=pk).first() or get_object_or_404(taught, pk=pk)
    if not apology.paper:
        raise Http404
    extension = apology.paper.name.rpartition(".")[2]
    return FileResponse(
        apology.paper.open("rb"),
        as_attachment=True,
        filename=f"apology-{apology.pk}.{extension}",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@never_cache
@login_required
def decide(request, pk):
    """Why somebody cannot come; excuse them, or say why not."""
    rows = Apology.objects.select_related(
        "session__cohort", "enrolment__person", "decided_by"
    )
    apology = get_object_or_404(scoping.scope(rows, request.user, "teach"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = (
            actions.approve_apology
            if "approve" in request.POST
            else actions.decline_apology
        )
        try:
            verb(apology, by=request.user, answer=form.cleaned_data["answer"])
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("Decided; the participant is told."))
            return redirect("lms:register", apology.session_id)
    context = {"apology": apology, "session": apology.session, "form": form}
    return render(request, "lms/apology.html", context)
