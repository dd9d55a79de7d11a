"""Supervised sittings for staff: the room's code, its tickets, its end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from courses.models import QuizPage
from lms import codes, paper_codes, printing
from lms.actions import rooms as actions
from lms.actions import tickets
from lms.actions.refusal import Refused
from lms.forms.rooms import OpenSittingForm, PrintTicketsForm
from lms.models import Cohort, Sitting, Ticket
from lms.study import page_of

from .papers import quiz_page, taught_cohort
from .slips import A_SHEET, whole_address

# Beside the time of the quiz: to come in, sit down and read.
ROOM_TO_BEGIN = 15
WITHOUT_LIMIT = 120


@never_cache
@login_required
def rooms(request, code, activity) -> HttpResponse:
    """The sittings of a quiz, and a form that opens one."""
    cohort = taught_cohort(request.user, code)
    quiz = quiz_page(cohort, activity)
    with timezone.override(cohort.zone):
        form = OpenSittingForm(request.POST or None, initial={"opens_at": clock.now()})
        if request.method == "POST" and form.is_valid():
            sitting = _open(request, cohort, quiz, form)
            if sitting:
                return redirect("lms:room", cohort.code, activity, sitting.pk)
        context = {
            "cohort": cohort,
            "quiz": quiz,
            "form": form,
            "sittings": Sitting.objects.filter(cohort=cohort, quiz_key=activity),
        }
        return render(request, "lms/rooms.html", context)


@never_cache
@login_required
def room(request, code, activity, pk) -> HttpResponse:
    """One sitting: who came, its tickets. The button prints new ones."""
    sitting = _sitting(request.user, code, activity, pk)
    quiz = quiz_page(sitting.cohort, activity)
    places = sitting.cohort.enrolments.studying().select_related("person")
    form = PrintTicketsForm(
        request.POST or None,
        places=places.order_by("person__legal_name", "pk"),
        initial={"minutes": (quiz.minutes or WITHOUT_LIMIT) + ROOM_TO_BEGIN},
    )
    if request.method == "POST" and form.is_valid():
        printed = tickets.print_tickets(
            sitting,
            places=form.cleaned_data["people"],
            minutes=form.cleaned_data["minutes"],
            by=request.user,
        )
        answer = HttpResponse(sheet(sitting, printed), content_type="application/pdf")
        name = f"tickets-{code}-{sitting.pk}.pdf"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    live = Ticket.objects.live().filter(sitting=sitting)
    context = {
        "cohort": sitting.cohort,
        "quiz": quiz,
        "sitting": sitting,
        "form": form,
        "tickets": live.select_related("enrolment__person"),
        "started": sitting.attempts.count(),
    }
    return render(request, "lms/room.html", context)


@never_cache
@require_safe
@login_required
def room_screen(request, code, activity, pk) -> HttpResponse:
    """The code for a whole room to read from the wall."""
    sitting = _sitting(request.user, code, activity, pk)
    context = {
        "sitting": sitting,
        "quiz": quiz_page(sitting.cohort, activity),
        "code": codes.grouped(sitting.code, 3),
        "zone": sitting.cohort.zone,
    }
    return render(request, "lms/room_screen.html", context)


@require_POST
@login_required
def room_close(request, code, activity, pk) -> HttpResponse:
    """Nobody comes in any more."""
    sitting = _sitting(request.user, code, activity, pk)
    actions.close_sitting(sitting, by=request.user)
    messages.success(request, _("The room lets nobody in any more."))
    return redirect("lms:room", code, activity, pk)


@require_POST
@login_required
def ticket_back(request, code, activity, pk, ticket) -> HttpResponse:
    """One ticket ends at once."""
    sitting = _sitting(request.user, code, activity, pk)
    rows = Ticket.objects.select_related("sitting", "enrolment__person")
    tickets.revoke_ticket(
        get_object_or_404(rows, pk=ticket, sitting=sitting), by=request.user
    )
    messages.success(request, _("The ticket is taken back."))
    return redirect("lms:room", code, activity, pk)


def sheet(sitting: Sitting, printed: list[tuple[Ticket, str]]) -> bytes:
    """The tickets as a PDF in the language of the cohort, eight to a page."""
    cohort = sitting.cohort
    with override(cohort.locale), timezone.override(cohort.zone):
        strips = [_strip(ticket, code) for ticket, code in printed]
        context = {
            "cohort": cohort,
            "sitting": sitting,
            "quiz": page_of(sitting.quiz_key, QuizPage),
            "pages": [strips[i : i + A_SHEET] for i in range(0, len(strips), A_SHEET)],
            "address": whole_address(reverse("lms:enter_ticket")).partition("://")[2],
        }
        return printing.pdf("lms/print/tickets.html", context)


def _strip(ticket: Ticket, code: str) -> dict:
    address = whole_address(reverse("lms:open_ticket", args=[code]))
    return {
        "name": ticket.enrolment.person.legal_name,
        "code": codes.grouped(code, 5),
        "minutes": ticket.minutes,
        "picture": paper_codes.square(address, title=_("Square code with the address")),
    }


def _sitting(user, code: str, activity, pk: int) -> Sitting:
    """A sitting of a cohort this user teaches; for anybody else there is none."""
    cohort = taught_cohort(user, code)
    rows = Sitting.objects.select_related("cohort__edition")
    return get_object_or_404(rows, pk=pk, cohort=cohort, quiz_key=activity)


def _open(request, cohort: Cohort, quiz: QuizPage, form) -> Sitting | None:
    try:
        return actions.open_sitting(
            cohort, quiz=quiz, by=request.user, **form.cleaned_data
        )
    except Refused as refusal:
        refusal.tell(form)
        return None
