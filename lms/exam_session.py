"""A session locked to one attempt: nothing else opens before it is handed in (QZ-55).

`request.exam` is that lock or None. Who came with a ticket is signed in nowhere; the
lock alone opens the attempt, so that no account is left open on a shared computer.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from courses import clock

from . import access
from .models import Attempt, Response
from .sitting import is_over

KEY = "exam"
RESULT = "lms:result"
# Pages of the attempt, which name it; and what every page needs besides.
ITS_OWN = frozenset(
    f"lms:{name}"
    for name in (
        "attempt",
        "save",
        "save_answer",
        "check",
        "unanswered",
        "submit",
        "result",
    )
)
# Pictures have a door of their own, which asks `is_asked`.
OPEN = {
    "lms:leave_exam",
    "lms:exam_help",
    "account_logout",
    "courses:cover",
    "courses:picture",
}
# The same for everybody; what a browser needs when the line is away.
OPEN |= {"lms:line_away", "lms:line_away_worker"}


@dataclass(frozen=True)
class Exam:
    """`until` is the end of a ticket; None where somebody signed in by themselves."""

    attempt: int
    has_ticket: bool
    until: datetime | None


def open_too(*names: str) -> None:
    """Let a locked session fetch these, too: files that are for everybody."""
    OPEN.update(names)


def begin(request: HttpRequest, attempt: Attempt, until: datetime | None) -> None:
    """Lock a session that is signed in nowhere to what a ticket opened."""
    request.session.flush()
    _lock(request, attempt, has_ticket=True, until=until)


def lock(request: HttpRequest, attempt: Attempt) -> None:
    """Lock the session of a participant to an attempt of a locked sitting."""
    sitting = attempt.sitting
    if sitting is not None and sitting.is_locked and not request.exam:
        _lock(request, attempt, has_ticket=False, until=None)


def end(request: HttpRequest) -> None:
    """Nothing of a ticket stays on the computer; who is signed in stays so."""
    if request.exam.has_ticket:
        request.session.flush()
    else:
        del request.session[KEY]
    request.exam = None


def is_here(request: HttpRequest) -> bool:
    """Signed in, or come with a ticket."""
    return bool(request.exam) or request.user.is_authenticated


def own(request: HttpRequest) -> Q:
    """Which attempts this session may open."""
    if request.exam:
        return Q(pk=request.exam.attempt)
    return Q(enrolment__person__user=request.user)


def is_asked(request: HttpRequest, question_key) -> bool:
    """Is this question before whoever sits here? In a locked session only now."""
    if request.exam:
        dealt = Response.objects.filter(attempt=request.exam.attempt)
        return dealt.filter(question_key=question_key).exists()
    return access.is_asked(request.user, question_key)


def sees_nothing_else(request: HttpRequest) -> bool:
    return bool(request.exam)


class ExamSession:
    """Stands after whatever decides who it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.exam = SimpleLazyObject(lambda: _exam(request))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name or ""
        if name in OPEN or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        exam = request.exam
        if not exam:
            return None
        if is_over(exam.until, clock.now()):
            end(request)
            messages.warning(request, _("The time of your ticket is over."))
            return redirect("lms:enter_ticket")
        if name in ITS_OWN and kwargs.get("pk") == exam.attempt:
            return None
        return _back(request, exam)


def seen(request: HttpRequest) -> None:
    """The result is before its participant: from now on the lock opens."""
    if request.exam:
        request.session[KEY] = request.session[KEY] | {"is_seen": True}


def _back(request: HttpRequest, exam: Exam) -> HttpResponse | None:
    """To the attempt or its unseen result; once that is seen, the lock is gone."""
    runs = Attempt.objects.filter(pk=exam.attempt, status=Attempt.Status.RUNNING)
    if runs.exists():
        text = _("You are sitting a quiz. Hand it in first; then the rest opens again.")
        messages.warning(request, text)
        return redirect("lms:attempt", exam.attempt)
    if not request.session[KEY].get("is_seen"):
        return redirect(RESULT, exam.attempt)
    end(request)
    return None


def _lock(request, attempt: Attempt, *, has_ticket: bool, until) -> None:
    request.session[KEY] = {
        "attempt": attempt.pk,
        "has_ticket": has_ticket,
        "until": until.isoformat() if until else None,
    }
    request.exam = _exam(request)


def _exam(request) -> Exam | None:
    state = request.session.get(KEY)
    if not state:
        return None
    until = state["until"] and datetime.fromisoformat(state["until"])
    return Exam(state["attempt"], state["has_ticket"], until or None)
