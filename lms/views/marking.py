"""Marking open answers by question, without the name of who wrote them."""

from html import unescape
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.marking import plain
from lms import scoping
from lms.actions import marking
from lms.actions.refusal import Refused
from lms.answer_sheet import to_mark
from lms.forms.marking import MarkForm
from lms.models import Cohort, Response, ResponseScore
from lms.standing import outline_for


@never_cache
@require_safe
@login_required
def answers(request, code) -> HttpResponse:
    """The answers of a cohort that a person marks, question by question."""
    cohort = _cohort(request.user, code)
    context = {"cohort": cohort, "questions": _by_question(cohort)}
    return render(request, "lms/marking.html", context)


@never_cache
@login_required
def mark(request, code, pk) -> HttpResponse:
    """One answer with its criteria; saved, the next one that waits comes."""
    cohort = _cohort(request.user, code)
    rows = _answers(cohort).select_related("attempt", "version")
    response = get_object_or_404(rows, pk=pk)
    newest = response.scores.last()
    form = MarkForm(request.POST or None, initial=_shown(newest))
    if request.method == "POST" and form.is_valid():
        try:
            marking.mark(response, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
            newest = response.scores.last()
            form.show_anew(_shown(newest)["read"])
        else:
            messages.success(request, _("The mark is saved."))
            return _go_on(cohort, response)
    context = {
        "cohort": cohort,
        "response": response,
        "item": to_mark(response, get_language()),
        "number": _number(cohort, response),
        "newest": newest,
        "form": form,
    }
    return render(request, "lms/mark_answer.html", context)


def _cohort(user, code: str) -> Cohort:
    """One in which this user may mark; for anybody else there is none."""
    cohorts = scoping.cohorts_for(user, "mark").select_related("edition")
    return get_object_or_404(cohorts, code=code)


def _answers(cohort: Cohort) -> QuerySet[Response]:
    return Response.objects.by_hand().filter(attempt__enrolment__cohort=cohort)


def _by_question(cohort: Cohort) -> list[dict]:
    """Each question with its answers, the one handed in first first."""
    rows = _answers(cohort).select_related("attempt", "version").defer("answer")
    found: dict[UUID, list[Response]] = {}
    for row in rows.prefetch_related("scores"):
        found.setdefault(row.question_key, []).append(row)
    outline = outline_for(cohort)
    return [_of_question(group, outline) for group in found.values()]


def _of_question(responses: list[Response], outline) -> dict:
    first = responses[0]
    numbered = [
        {"number": number, "response": one, "score": _newest(one)}
        for number, one in enumerate(responses, 1)
    ]
    return {
        "words": unescape(strip_tags(first.version.body(get_language())["stem"])),
        "quiz": outline.find(first.attempt.quiz_key),
        "waiting": [one for one in numbered if not one["score"]],
        "marked": [one for one in numbered if one["score"]],
    }


def _newest(response: Response) -> ResponseScore | None:
    """From what is prefetched."""
    scores = list(response.scores.all())
    return scores[-1] if scores else None


def _number(cohort: Cohort, response: Response) -> int:
    """What the answer is called instead of by a name, as in the list."""
    same = _answers(cohort).filter(question_key=response.question_key)
    return list(same.values_list("pk", flat=True)).index(response.pk) + 1


def _shown(newest: ResponseScore | None) -> dict:
    if newest is None:
        return {"read": 0}
    score = plain(newest.score)
    return {"read": newest.pk, "score": score, "comment": newest.comment}


def _go_on(cohort: Cohort, response: Response) -> HttpResponse:
    """To the next answer to the same question, else to the list."""
    same = _answers(cohort).filter(question_key=response.question_key)
    following = same.unmarked().first()
    if following:
        return redirect("lms:mark_answer", cohort.code, following.pk)
    return redirect("lms:marking", cohort.code)
