"""Marking open answers by question or by person, mostly without names."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms import piles, scoping
from lms.actions import claims, marking
from lms.actions.refusal import Refused
from lms.answer_sheet import criteria_of, to_mark
from lms.forms.marking import MarkForm
from lms.models import Cohort, Response, SecondMark


@never_cache
@require_safe
@login_required
def answers(request, code) -> HttpResponse:
    """The answers of a cohort that a person marks, in piles."""
    cohort = cohort_to_mark(request.user, code)
    rows = piles.answers(cohort)
    may_settle = scoping.may(request.user, "teach", cohort)
    context = {
        "cohort": cohort,
        "way": way_of(request),
        "piles": piles.piles(cohort, request.user, way_of(request)),
        "seconds": for_second_mark(cohort, request.user).count(),
        "to_settle": rows.to_settle() if may_settle else rows.none(),
        "agreement": SecondMark.objects.filter(response__in=rows).agreement(),
    }
    return render(request, "lms/marking.html", context)


@never_cache
@login_required
def mark(request, code, pk) -> HttpResponse:
    """One answer with its criteria; saved, the next one that waits comes."""
    response = answer_to_mark(request.user, code, pk)
    pile = piles.pile_of(response, request.user, way_of(request))
    entry = pile.entry(response)
    if entry.wants_second and request.method != "POST":
        return redirect("lms:second_mark", code, pk)
    form = MarkForm(
        request.POST if request.method == "POST" else None,
        criteria=criteria_of(response, get_language()),
        marks=response.marks,
        given=entry.score,
    )
    if request.method == "POST" and form.is_valid():
        try:
            given, read = form.given(), form.cleaned_data["read"]
            marking.mark(response, given=given, by=request.user, read=read)
        except Refused as refusal:
            refusal.tell(form)
            pile = piles.pile_of(response, request.user, way_of(request))
        else:
            messages.success(request, _("The mark is saved."))
            return _go_on(request, response)
    return _page(request, pile, response, form)


@require_POST
@login_required
def claim(request, code, pk) -> HttpResponse:
    """Take this answer to mark it."""
    response = answer_to_mark(request.user, code, pk)
    try:
        claims.claim(response, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(request, response))


@require_POST
@login_required
def give_back(request, code, pk) -> HttpResponse:
    """Leave it to others."""
    response = answer_to_mark(request.user, code, pk)
    claims.give_back(response, by=request.user)
    return redirect(back_to(request, code))


@require_POST
@login_required
def mark_next(request, code, pk) -> HttpResponse:
    """Take the next answer of the pile in which this one lies."""
    return _go_on(request, answer_to_mark(request.user, code, pk))


def _go_on(request, response: Response) -> HttpResponse:
    waiting = piles.beside(response, way_of(request)).unmarked()
    taken = claims.claim_next(waiting, by=request.user)
    if taken:
        return redirect(_address(request, taken.response))
    if waiting.exists():
        text = _("What is left of these answers is in the hands of others just now.")
        messages.info(request, text)
    return redirect(back_to(request, response.attempt.enrolment.cohort.code))


def _page(request, pile, response: Response, form: MarkForm) -> HttpResponse:
    """What was sent is shown whoever holds the answer now: nothing typed is lost."""
    entry = pile.entry(response)
    if form.is_bound and entry.score:
        form.show_anew(entry.score.pk)
    held = claims.holder(response)
    context = {
        "cohort": response.attempt.enrolment.cohort,
        "response": response,
        "item": to_mark(response, get_language()),
        "way": way_of(request),
        "pile": pile,
        "entry": entry,
        "around": pile.around(response),
        "held": held,
        "is_mine": bool(held) and held.by == request.user,
        "said": claims.said_of(held) if held else "",
        "form": form,
    }
    return render(request, "lms/mark_answer.html", context)


def cohort_to_mark(user, code: str, action: str = "mark") -> Cohort:
    """One in which this user may do so; for anybody else there is none."""
    cohorts = scoping.cohorts_for(user, action).select_related("edition")
    return get_object_or_404(cohorts, code=code)


def answer_to_mark(user, code: str, pk: int, action: str = "mark") -> Response:
    rows = piles.answers(cohort_to_mark(user, code, action))
    rows = rows.select_related("attempt__enrolment__cohort__edition", "version")
    return get_object_or_404(rows, pk=pk)


def for_second_mark(cohort: Cohort, user) -> QuerySet[Response]:
    """What this user may give a second mark."""
    rows = piles.answers(cohort).for_second_mark()
    return rows.not_marked_by(user).not_written_by(user)


def way_of(request) -> str:
    """By question, or by person where the address says so."""
    return piles.PERSON if request.GET.get("by") == piles.PERSON else piles.QUESTION


def back_to(request, code: str) -> str:
    return reverse("lms:marking", args=[code]) + _asked(request)


def _address(request, response: Response) -> str:
    code = response.attempt.enrolment.cohort.code
    return reverse("lms:mark_answer", args=[code, response.pk]) + _asked(request)


def _asked(request) -> str:
    return "?by=person" if way_of(request) == piles.PERSON else ""
