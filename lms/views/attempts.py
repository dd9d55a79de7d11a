"""Sitting a quiz. Every page is a plain form; a script adds saving while one types."""

from decimal import Decimal
from fractions import Fraction
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from courses.marking import verdict
from courses.models import QuizPage
from courses.outline import Activity, outline_of
from courses.release import What
from lms import access, exam_session
from lms.actions import attempts, checking
from lms.actions.attempt_refusals import (
    AttemptRefused,
    CodeNeeded,
    TamperedAnswer,
    TimeIsLeft,
)
from lms.answer_sheet import earned_so_far, flagged, review, sheet, unanswered
from lms.completion import percent_text
from lms.gain import Pair
from lms.models import Attempt
from lms.overall import overall_feedback
from lms.releasing import release_of
from lms.reports.knowledge_gain import pair_of
from lms.sitting import is_over
from lms.study import course_key_of, page_of
from lms.tries import with_checks

from . import kept_answers
from .answer_form import (
    mine,
    owner_token,
    posted,
    saved_text,
    until_text,
    zone_of,
)
from .sign_in import posted_by_participant, sat_by_participant


@posted_by_participant
def start(request, activity) -> HttpResponse:
    """Begin or go on; refused with the reason on the quiz's own page."""
    quiz = page_of(activity, QuizPage)
    enrolment = quiz and access.enrolment_for(request.user, course_key_of(quiz))
    if not enrolment:
        raise Http404
    try:
        attempt = attempts.start(enrolment, quiz=quiz, language=get_language())
    except CodeNeeded:
        return redirect("lms:room_code", activity)
    except AttemptRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(quiz.url)
    return redirect("lms:attempt", attempt.pk)


@never_cache
@require_safe
@sat_by_participant
def attempt(request, pk) -> HttpResponse:
    """The questions, filled with what is saved or what a lost sign-in had kept."""
    row = mine(request, pk)
    if not row.is_running:
        return redirect("lms:result", pk)
    if is_over(row.deadline_at, clock.now()):
        return render(request, "lms/time_up.html", _about(row))
    exam_session.lock(request, row)
    kept = kept_answers.of(request, row)
    return _questions(request, row, kept, is_back=kept is not None)


def keeping_the_form(view):
    """A POST of all answers: they are stored first, whichever button was pressed."""

    @require_POST
    @wraps(view)
    def keeping(request, pk):
        if not exam_session.is_here(request):
            return _sign_in_first(request, pk)
        row = mine(request, pk)
        try:
            kept = attempts.keep_answers(row, **posted(request)._asdict())
        except TamperedAnswer as refusal:
            return _refused(request, row, refusal)
        kept_answers.forget(request)
        return view(request, row, kept)

    return keeping


@keeping_the_form
def save(request, row: Attempt, kept: attempts.Kept) -> HttpResponse:
    """Say what was stored; the button for browsers without scripts."""
    if kept.stale:
        messages.warning(request, _newer(kept.stale))
    elif not kept.is_late:
        messages.success(request, saved_text(row, clock.now()))
    return redirect("lms:attempt", row.pk)


@keeping_the_form
def check(request, row: Attempt, kept: attempts.Kept) -> HttpResponse:
    """Mark the one answer whose button was pressed, in practice."""
    place = request.POST.get("check", "")
    if kept.stale:
        messages.warning(request, _newer(kept.stale))
    elif place.isdecimal() and not kept.is_late:
        try:
            checking.check(row, place=int(place[:6]))
        except AttemptRefused as refusal:
            messages.error(request, str(refusal))
    return redirect(reverse("lms:attempt", args=[row.pk]) + f"#q{place[:6]}")


@keeping_the_form
def submit(request, row: Attempt, kept: attempts.Kept) -> HttpResponse:
    """Hand in; with gaps or flags only after having seen which.

    The script posts `time_is_up` when its clock has run down: nothing is asked then,
    but the server's clock decides whether it is true.
    """
    is_time_up = "time_is_up" in request.POST
    is_asked = not ("confirmed" in request.POST or is_time_up or kept.is_late)
    if is_asked and kept.stale:
        messages.warning(request, _newer(kept.stale))
        return redirect("lms:attempt", row.pk)
    if is_asked and (unanswered(row) or flagged(row)):
        return redirect("lms:unanswered", row.pk)
    try:
        row = attempts.submit(row, is_time_up=is_time_up)
    except TimeIsLeft as refusal:
        messages.warning(request, str(refusal))
        return redirect("lms:attempt", row.pk)
    if row.is_running:
        return render(request, "lms/time_up.html", _about(row))
    return redirect("lms:result", row.pk)


@never_cache
@require_safe
@sat_by_participant
def missing(request, pk) -> HttpResponse:
    """Which questions are without an answer or flagged, before handing in anyway."""
    row = mine(request, pk)
    if not row.is_running:
        return redirect("lms:result", pk)
    context = _about(row) | {"places": unanswered(row), "flagged": flagged(row)}
    return render(request, "lms/unanswered.html", context)


@never_cache
@require_safe
@sat_by_participant
def result(request, pk) -> HttpResponse:
    """What it came to, in the participant's own order of questions and choices."""
    row = mine(request, pk)
    if row.is_running:
        return redirect("lms:attempt", pk)
    exam_session.seen(request)
    about = _about(row)
    release = release_of(row, about["quiz"])
    shown, kept_back = release.shown, release.kept_back
    items = review(row, get_language(), shown, kept_back=kept_back)
    is_judged = What.MARKS in shown
    context = about | {
        "pair": _pair(row, about["quiz"]),
        "items": items,
        "keeps_back": is_judged and not all(item.is_judged for item in items),
        "shows": {str(what): True for what in shown},
        "later": release.later,
        "overall": _overall(row, about["quiz"], shown),
        "verdict": _verdict(row),
        "percent": _percent(row),
        "needed": _needed(row),
        "next": _next(row),
        "attempts_left": release.attempts_left,
        "was_late": bool(row.deadline_at and row.ended_at >= row.deadline_at),
    }
    return render(request, "lms/result.html", context)


def _about(row: Attempt) -> dict:
    return {
        "attempt": row,
        "quiz": page_of(row.quiz_key, QuizPage),
        "zone": zone_of(row),
    }


def _pair(row: Attempt, quiz: QuizPage | None) -> Pair | None:
    """What a post-test shows its participant to have gained."""
    is_last = quiz is not None and quiz.purpose == QuizPage.Purpose.POST_TEST
    return pair_of(row.enrolment, after=row) if is_last else None


def _overall(row: Attempt, quiz: QuizPage | None, shown) -> list[str]:
    return overall_feedback(row, quiz) if quiz and What.OVERALL in shown else []


def _verdict(row: Attempt) -> bool | None:
    """Passed or not while somebody still marks it; None as long as nobody knows."""
    if row.status != Attempt.Status.MARKING:
        return row.has_passed
    needed = Decimal(row.rules["pass_percent"])
    return verdict(*earned_so_far(row), row.out_of, needed)


def _needed(row: Attempt) -> str:
    """The pass mark in words; empty where sitting the quiz is enough."""
    needed = Fraction(row.rules["pass_percent"])
    return percent_text(needed) if needed else ""


def _percent(row: Attempt) -> str:
    if row.score is None:
        return ""
    return percent_text(Fraction(row.score) * 100 / Fraction(row.out_of))


def _next(row: Attempt) -> Activity | None:
    """What comes after the quiz in the participant's edition."""
    outline = outline_of(row.enrolment.cohort.edition, get_language())
    return outline.neighbours(row.quiz_key)[1]


def _newer(places: list[int]) -> str:
    return _(
        "In another tab you answered later: %(places)s. That answer is shown now; "
        "look at it, then hand in."
    ) % {"places": ", ".join(str(place) for place in places)}


def _questions(request, row, kept, *, status=200, is_back=False) -> HttpResponse:
    language = get_language()
    items = with_checks(sheet(row, language, kept), row, language)
    saved_at = max((one.saved_at for one in items if one.saved_at), default=None)
    context = _about(row) | {
        "items": items,
        "total": len(items),
        "answered": sum(item.is_answered for item in items),
        "saved": saved_text(row, saved_at) if saved_at else "",
        "until": until_text(row),
        "now": clock.now(),
        "owner": owner_token(request),
        "is_back": is_back,
    }
    return render(request, "lms/attempt.html", context, status=status)


def _refused(request, row: Attempt, refusal: Exception) -> HttpResponse:
    """The page again with all that was posted; nothing of it is stored."""
    messages.error(request, str(refusal))
    fields = {name: request.POST.getlist(name) for name in request.POST}
    return _questions(request, row, fields, status=400)


def _sign_in_first(request, pk) -> HttpResponse:
    """The sign-in has run out: keep what was posted until the person is back."""
    kept_answers.keep(request, pk)
    messages.warning(
        request, _("You were signed out. Sign in again: your answers are kept.")
    )
    return redirect_to_login(reverse("lms:attempt", args=[pk]))
