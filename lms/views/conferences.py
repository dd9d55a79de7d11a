"""Marking a session by a conference's report: choose the file, look, import."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courses.tables.sheets import Unreadable
from lms import scoping
from lms.actions import conferences as actions
from lms.actions.conference_plan import Outcome, Plan, plan
from lms.actions.refusal import Refused
from lms.conference.reading import AmbiguousDates
from lms.forms.conferences import (
    ConferenceForm,
    OnlineRulesForm,
    OrderForm,
    decisions_from,
)
from lms.models import ConferenceUpload, OnlineRules, Session


@login_required
def upload(request, pk):
    """Choose the report of one session."""
    sessions = Session.objects.select_related("cohort")
    session = get_object_or_404(scoping.scope(sessions, request.user, "teach"), pk=pk)
    form = ConferenceForm(
        request.POST or None, request.FILES or None, cohort=session.cohort
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_report(
                session,
                data=form.cleaned_data["file"],
                name=form.file_name,
                timezone=form.cleaned_data["timezone"],
                by=request.user,
            )
        except Refused as refusal:
            refusal.tell(form)
        else:
            return redirect("lms:conference_check", kept.pk)
    context = {
        "session": session,
        "form": form,
        "rules": OnlineRules.of(session.cohort),
        "may_manage": scoping.may(request.user, "manage", session.cohort),
    }
    return render(request, "lms/conference.html", context)


@never_cache
@login_required
def check(request, pk):
    """The dry run, what is still to be said, and one button to do it."""
    uploads = ConferenceUpload.objects.select_related("session__cohort")
    kept = get_object_or_404(scoping.scope(uploads, request.user, "teach"), pk=pk)
    if kept.applied_at:
        return render(request, "lms/conference_done.html", _done(kept))
    try:
        dry_run = plan(kept)
    except AmbiguousDates as reason:
        return _ask_order(request, kept, reason)
    except Unreadable as reason:
        messages.error(request, str(reason))
        return redirect("lms:conference", kept.session_id)
    if request.method == "POST":
        return _take(request, kept, dry_run)
    return render(request, "lms/conference_check.html", _shown(dry_run))


@login_required
def rules(request, code):
    """From which share of a session somebody was present; when the link appears."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "manage"), code=code)
    form = OnlineRulesForm(request.POST or None, instance=OnlineRules.of(cohort))
    if request.method == "POST" and form.is_valid():
        actions.set_online_rules(cohort, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("lms:sessions", cohort.code)
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/online_rules.html", context)


def _ask_order(request, kept: ConferenceUpload, reason: AmbiguousDates):
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decide(kept, by=request.user, order=form.cleaned_data["order"])
        return redirect("lms:conference_check", kept.pk)
    context = {"upload": kept, "session": kept.session, "form": form, "why": reason}
    return render(request, "lms/conference_order.html", context)


def _take(request, kept: ConferenceUpload, dry_run: Plan):
    """Keep what was chosen; then mark by the report, if that was pressed."""
    kept = actions.decide(
        kept,
        by=request.user,
        decisions=decisions_from(request.POST, dry_run),
        marks_the_rest="marks_the_rest" in request.POST,
    )
    if "apply" in request.POST:
        try:
            reason = request.POST.get("reason", "")
            actions.apply(kept, by=request.user, reason=reason)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("lms:conference_check", kept.pk)


def _shown(dry_run: Plan) -> dict:
    counts = dry_run.counts
    figures = [
        (_("Will be marked"), counts[Outcome.CREATE]),
        (_("Will be marked otherwise"), counts[Outcome.CHANGE]),
        (_("Stay as a trainer or a code said"), counts[Outcome.KEPT]),
        (_("As imported before"), counts[Outcome.SAME]),
        (_("Wait for your decision"), len(dry_run.review)),
    ]
    return {
        "upload": dry_run.upload,
        "session": dry_run.upload.session,
        "plan": dry_run,
        "figures": [(label, count) for label, count in figures if count],
    }


def _done(kept: ConferenceUpload) -> dict:
    result = kept.result
    words = {
        "create": _("Marks made"),
        "change": _("Marks changed"),
        "kept": _("Stayed as a trainer or a code said"),
        "same": _("Were as imported before"),
        "absent": _("Marked as absent, not in the report"),
        "review": _("Left out: matched nobody"),
        "not_ours": _("Not participants"),
        "unread": _("Lines that could not be read"),
    }
    figures = [(text, result[key]) for key, text in words.items() if result.get(key)]
    return {"upload": kept, "session": kept.session, "figures": figures}
