"""A second mark given unseen, and settling what two markers see differently."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms.actions import claims, second_marks
from lms.actions.refusal import Refused
from lms.answer_sheet import criteria_of, to_mark
from lms.forms.marking import MarkForm, SecondMarkForm
from lms.models import Cohort, Response, SecondMark

from .marking import answer_to_mark, cohort_to_mark, for_second_mark


@require_POST
@login_required
def take_next(request, code) -> HttpResponse:
    """Take an answer of the sample that somebody else has marked."""
    return _go_on(request, cohort_to_mark(request.user, code))


@never_cache
@login_required
def mark(request, code, pk) -> HttpResponse:
    """One answer without its mark; saved, the next of the sample comes."""
    response = answer_to_mark(request.user, code, pk)
    cohort = response.attempt.enrolment.cohort
    if not for_second_mark(cohort, request.user).filter(pk=pk).exists():
        messages.info(request, _("No second mark of this answer is wanted from you."))
        return redirect("lms:marking", code)
    form = SecondMarkForm(request.POST or None, given=None, **_asks(response))
    if request.method == "POST" and form.is_valid():
        try:
            second_marks.give_second_mark(response, given=form.given(), by=request.user)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The second mark is saved."))
            return _go_on(request, cohort)
    held = claims.holder(response)
    context = {
        "cohort": cohort,
        "response": response,
        "item": to_mark(response, get_language()),
        "left": for_second_mark(cohort, request.user).count(),
        "said": claims.said_of(held) if held and held.by != request.user else "",
        "form": form,
    }
    return render(request, "lms/second_mark.html", context)


@never_cache
@login_required
def settle(request, code, pk) -> HttpResponse:
    """Two marks beside each other, and what counts from now on."""
    response = answer_to_mark(request.user, code, pk, "teach")
    second = SecondMark.objects.filter(response=response, is_apart=True)
    second = second.select_related("first__by", "by").first()
    if second is None:
        messages.info(request, _("There is nothing to settle about this answer."))
        return redirect("lms:marking", code)
    newest = response.scores.last()
    form = MarkForm(request.POST or None, given=newest, **_asks(response))
    if request.method == "POST" and form.is_valid():
        given, read = form.given(), form.cleaned_data["read"]
        try:
            second_marks.moderate(response, given=given, by=request.user, read=read)
        except Refused as refusal:
            refusal.tell(form)
            newest = response.scores.last()
            form.show_anew(newest.pk)
        else:
            messages.success(request, _("It is settled. The participant sees this."))
            return redirect("lms:marking", code)
    context = {
        "cohort": response.attempt.enrolment.cohort,
        "response": response,
        "item": to_mark(response, get_language()),
        "marks": [
            (second.first, to_mark(response, get_language(), second.first.levels)),
            (second, to_mark(response, get_language(), second.levels)),
        ],
        "newest": newest,
        "form": form,
    }
    return render(request, "lms/settle_marks.html", context)


def _go_on(request, cohort: Cohort) -> HttpResponse:
    taken = claims.claim_next(for_second_mark(cohort, request.user), by=request.user)
    if taken:
        return redirect("lms:second_mark", cohort.code, taken.response_id)
    return redirect("lms:marking", cohort.code)


def _asks(response: Response) -> dict:
    criteria = criteria_of(response, get_language())
    return {"criteria": criteria, "marks": response.marks}
