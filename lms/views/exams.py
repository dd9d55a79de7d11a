"""Coming into a supervised quiz: by the code of its room or with a ticket."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from courses.models import QuizPage
from lms import access, exam_session, throttle
from lms.actions import attempts, tickets
from lms.actions.refusal import Refused
from lms.forms.rooms import RoomCodeForm, TicketCodeForm
from lms.models import Attempt, Ticket
from lms.study import course_key_of, page_of

from .slips import A_MINUTE, TIME_TO_FILL_IN

SESSION_KEY = "ticket"


@never_cache
@login_required
def room_code(request, activity) -> HttpResponse:
    """Type what is shown in the room, and begin."""
    quiz = page_of(activity, QuizPage)
    enrolment = quiz and access.enrolment_for(request.user, course_key_of(quiz))
    if not enrolment:
        raise Http404
    form = RoomCodeForm(request.POST or None)
    context, status = {"quiz": quiz, "form": form}, 200
    if request.method == "POST" and form.is_valid():
        if not throttle.allows_person(request.user, door="room"):
            status = 429
            form.add_error(None, _("Too many tries. Wait a minute and try again."))
        elif attempt := _come_in(enrolment, quiz, form):
            return redirect("lms:attempt", attempt.pk)
    return render(request, "lms/room_code.html", context, status=status)


@never_cache
def enter_ticket(request) -> HttpResponse:
    """The code of a ticket typed by hand."""
    form = TicketCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open(request, form.cleaned_data["code"], form)
    return _ask_ticket(request, form)


@never_cache
@require_safe
def open_ticket(request, code) -> HttpResponse:
    """The code scanned. The address leaves the screen at once; nothing is used yet."""
    form = TicketCodeForm({"code": code})
    form.full_clean()
    return _open(request, code, form)


@never_cache
def begin_with_ticket(request) -> HttpResponse:
    """Whose ticket it is and for what; the button begins the quiz."""
    ticket = _ticket(request)
    if ticket is None:
        return redirect("lms:enter_ticket")
    context = {
        "ticket": ticket,
        "quiz": page_of(ticket.sitting.quiz_key, QuizPage),
        "is_signed_in": request.user.is_authenticated,
    }
    if request.method == "POST" and not request.user.is_authenticated:
        try:
            return _begin(request, ticket, context["quiz"])
        except Refused as refusal:
            context["refusal"] = str(refusal)
    return render(request, "lms/begin_with_ticket.html", context)


@require_safe
def exam_help(request) -> HttpResponse:
    """What helps somebody who sits a quiz; open in a locked session, too."""
    return render(request, "lms/exam_help.html")


@require_POST
def leave_exam(request) -> HttpResponse:
    """The end, once it is handed in: the computer forgets who sat there."""
    exam = request.exam
    if not exam:
        return redirect("lms:enter_ticket")
    runs = Attempt.objects.filter(pk=exam.attempt, status=Attempt.Status.RUNNING)
    if runs.exists():
        return redirect("lms:attempt", exam.attempt)
    had_ticket = exam.has_ticket
    exam_session.end(request)
    return redirect("lms:enter_ticket" if had_ticket else "lms:my_courses")


def _come_in(enrolment, quiz: QuizPage, form) -> Attempt | None:
    """The attempt begun, or the reason in the form."""
    try:
        admission = tickets.admit(enrolment, quiz=quiz, code=form.cleaned_data["code"])
        return attempts.start(
            enrolment, quiz=quiz, language=get_language(), admission=admission
        )
    except Refused as refusal:
        refusal.tell(form)
        return None


def _open(request, typed: str, form) -> HttpResponse:
    if not throttle.allows(request, door="ticket", tries=A_MINUTE):
        form.add_error(None, _("Too many tries. Wait a minute and try again."))
        return _ask_ticket(request, form, status=429)
    try:
        ticket = tickets.find_ticket(typed)
    except Refused as refusal:
        refusal.tell(form)
        return _ask_ticket(request, form)
    until = clock.now() + TIME_TO_FILL_IN
    request.session[SESSION_KEY] = [ticket.pk, until.timestamp()]
    return redirect("lms:begin_with_ticket")


def _ask_ticket(request, form, status: int = 200) -> HttpResponse:
    return render(request, "lms/enter_ticket.html", {"form": form}, status=status)


def _ticket(request) -> Ticket | None:
    """The ticket opened on this device a short while ago."""
    pk, until = request.session.get(SESSION_KEY, (None, 0))
    if until < clock.now().timestamp():
        return None
    rows = Ticket.objects.select_related(
        "sitting__cohort__edition", "enrolment__person"
    )
    return rows.filter(pk=pk).first()


def _begin(request, ticket: Ticket, quiz: QuizPage) -> HttpResponse:
    admission = tickets.use_ticket(ticket)
    attempt = attempts.start(
        ticket.enrolment, quiz=quiz, language=get_language(), admission=admission
    )
    exam_session.begin(request, attempt, admission.until)
    return redirect("lms:attempt", attempt.pk)
