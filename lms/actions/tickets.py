"""One-time tickets: a way to a quiz for who has neither an account nor a phone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.models import QuizPage
from lms import codes
from lms.models import Enrolment, Sitting, Ticket

from .attempt_refusals import CodeRefused
from .rooms import Admission, refuse_closed, refuse_other_sitting, sitting_of

LENGTH = 10


@transaction.atomic
def print_tickets(
    sitting: Sitting, *, places: Iterable[Enrolment], minutes: int, by
) -> list[tuple[Ticket, str]]:
    """A ticket and its code for each of these; their earlier ones end (QZ-54).

    The codes are given this once: nothing here keeps them.
    """
    wanted = [place.pk for place in places]
    chosen = sitting.cohort.enrolments.studying().filter(pk__in=wanted)
    chosen = list(chosen.select_related("person").select_for_update(of=("self",)))
    now = clock.now()
    Ticket.objects.live().filter(sitting=sitting, enrolment__in=chosen).update(
        revoked_at=now
    )
    printed = []
    for place in chosen:
        code = codes.random_code(LENGTH)
        ticket = Ticket(
            sitting=sitting,
            enrolment=place,
            digest=_digest(code),
            minutes=minutes,
            printed_by=by,
            printed_at=now,
        )
        printed.append((ticket, code))
    Ticket.objects.bulk_create([ticket for ticket, _code in printed])
    if printed:
        data = {"activity": str(sitting.quiz_key), "count": len(printed)}
        log(sitting.cohort, "lms.print_tickets", user=by, data=data)
    return printed


@transaction.atomic
def revoke_ticket(ticket: Ticket, *, by) -> None:
    """It lets nobody in any more, nor goes on being good; twice is once (QZ-54)."""
    if Ticket.objects.live().filter(pk=ticket.pk).update(revoked_at=clock.now()):
        _log(ticket, "lms.revoke_ticket", by)


def find_ticket(typed: str) -> Ticket:
    """The ticket somebody holds, however it was typed; or why it is none."""
    ticket = _ticket_of(typed)
    if ticket is None:
        raise CodeRefused(
            _("No ticket has this code. Look at it again, letter by letter.")
        )
    check_ticket(ticket)
    return ticket


def admit(enrolment: Enrolment, *, quiz: QuizPage, code: str) -> Admission:
    """Let a participant in who types the code of the room or of their own ticket.

    Raises CodeRefused, which says why.
    """
    sitting, ticket = sitting_of(code), _ticket_of(code)
    if ticket:
        sitting = ticket.sitting
    if sitting is None:
        raise CodeRefused(_("No room has this code. Look at it again, sign by sign."))
    refuse_other_sitting(sitting, enrolment, quiz.translation_key)
    if ticket is None:
        refuse_closed(sitting)
        return Admission(sitting)
    if ticket.enrolment_id != enrolment.pk:
        raise CodeRefused(_("This is the ticket of somebody else."))
    return use_ticket(ticket)


def check_ticket(ticket: Ticket) -> None:
    """Raises CodeRefused for what is taken back, over, or not good yet."""
    if ticket.revoked_at or not ticket.enrolment.is_studying:
        raise CodeRefused(_("This ticket was taken back. Ask who supervises."))
    if ticket.until is None:
        refuse_closed(ticket.sitting)
    elif clock.now() >= ticket.until:
        raise CodeRefused(_("The time of this ticket is over."))


@transaction.atomic
def use_ticket(ticket: Ticket) -> Admission:
    """Its time begins with the first use; the same person may come back within it."""
    rows = Ticket.objects.select_for_update(of=("self",))
    ticket = rows.select_related("sitting__cohort", "enrolment__person").get(
        pk=ticket.pk
    )
    check_ticket(ticket)
    if ticket.first_used_at is None:
        ticket.first_used_at = clock.now()
        ticket.save(update_fields=["first_used_at"])
        _log(ticket, "lms.use_ticket", ticket.enrolment.person.user)
    return Admission(ticket.sitting, ticket.until)


def _ticket_of(typed: str) -> Ticket | None:
    tickets = Ticket.objects.select_related("sitting__cohort", "enrolment__person")
    return tickets.filter(digest=_digest(codes.fold(typed))).first()


def _log(ticket: Ticket, action: str, user) -> None:
    data = {"activity": str(ticket.sitting.quiz_key)}
    log(ticket.enrolment, action, user=user, data=data)


def _digest(code: str) -> str:
    return salted_hmac("lms.tickets", code, algorithm="sha256").hexdigest()
