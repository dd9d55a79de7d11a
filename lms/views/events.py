"""Events without enrolment, written down on the phone of whoever held them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.actions import events as actions
from lms.actions.refusal import Refused
from lms.events import events_for, may_record
from lms.forms.cohorts import ReasonForm
from lms.forms.events import EventForm
from lms.models import Event

A_PAGE = 50


@login_required
def events(request):
    """The events this user may see, the newest first."""
    _refuse_strangers(request.user)
    rows = events_for(request.user).prefetch_related("counts")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "lms/events.html", {"page_obj": page})


@login_required
def add(request):
    _refuse_strangers(request.user)
    form = EventForm(
        request.POST or None, request.FILES or None, initial={"key": uuid.uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        done = _done(
            form,
            lambda: actions.record_event(key=key, by=request.user, **form.answers),
        )
        if done:
            messages.success(request, _("The event is written down."))
            return redirect("lms:events")
    return render(request, "lms/event_form.html", {"form": form})


@login_required
def edit(request, pk):
    event = _event(request.user, pk)
    if event.withdrawn_at:
        raise Http404
    form = EventForm(
        request.POST or None,
        request.FILES or None,
        instance=event,
        initial={"key": event.key},
    )
    if request.method == "POST" and form.is_valid():
        done = _done(
            form, lambda: actions.change_event(event, by=request.user, **form.answers)
        )
        if done:
            messages.success(request, _("The event is changed."))
            return redirect("lms:events")
    return render(request, "lms/event_form.html", {"form": form, "event": event})


@login_required
def withdraw(request, pk):
    event = _event(request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _done(
            form, lambda: actions.withdraw_event(event, by=request.user, reason=reason)
        )
        if done:
            messages.success(request, _("The event is withdrawn."))
            return redirect("lms:events")
    return render(request, "lms/event_withdraw.html", {"form": form, "event": event})


@require_safe
@never_cache
@login_required
def sheet(request, pk):
    """The kept paper, as a file and never as a page of this site."""
    event = _event(request.user, pk)
    if not event.sheet:
        raise Http404
    extension = event.sheet.name.rpartition(".")[2]
    return FileResponse(
        event.sheet.open("rb"),
        as_attachment=True,
        filename=f"event-{event.held_on}-{event.pk}.{extension}",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _refuse_strangers(user) -> None:
    if not may_record(user):
        raise PermissionDenied


def _event(user, pk: int) -> Event:
    """An event this user may see; for anybody else there is none."""
    return get_object_or_404(events_for(user), pk=pk)


def _done(form, verb) -> bool:
    """Run the verb; what it refuses is said beside the field. True when it is done."""
    try:
        verb()
    except Refused as refusal:
        refusal.tell(form)
        return False
    return True
