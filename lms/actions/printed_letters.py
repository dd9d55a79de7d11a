"""Letters on paper, for whoever no address reaches: printed, put in an envelope."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms import printing
from lms.letters.composing import Letter, compose, why_not
from lms.models import Cohort, Message

from .refusal import Refused

State = Message.State


class NothingToPrint(Refused):
    """Every letter on paper was printed, or is not needed any more."""


def to_print():
    """What waits for the printer now."""
    return Message.objects.filter(
        channel=Message.Channel.PAPER, state=State.QUEUED, due_at__lte=clock.now()
    )


def print_letters(cohort: Cohort, *, by) -> bytes:
    """The letters as a PDF, each on a page of its own and counted as sent (CM-01).

    Letters that are not needed any more are dropped. Raises NothingToPrint.
    """
    file = _print(cohort, by)
    # Said after what was dropped is kept.
    if file is None:
        raise NothingToPrint(_("No letter waits to be printed."))
    return file


@transaction.atomic
def _print(cohort: Cohort, by) -> bytes | None:
    waiting = to_print().filter(cohort=cohort).select_related("person")
    waiting = waiting.select_for_update(of=("self",)).order_by("pk")
    letters = [(one, compose(one)) for one in waiting if _is_needed(one)]
    if not letters:
        return None
    file = _pages(cohort, letters)
    printed = Message.objects.filter(pk__in=[one.pk for one, _letter in letters])
    printed.update(state=State.SENT, sent_at=clock.now(), error="")
    log(cohort, "lms.print_letters", user=by, data={"letters": len(letters)})
    return file


def _is_needed(message: Message) -> bool:
    """Asked again, as for every letter (CM-02)."""
    reason = why_not(message)
    if reason:
        message.state, message.dropped_because = State.DROPPED, reason
        message.save(update_fields=["state", "dropped_because"])
    return not reason


def _pages(cohort: Cohort, letters: list[tuple[Message, Letter]]) -> bytes:
    context = {
        "cohort": cohort,
        "today": clock.now().astimezone(cohort.zone).date(),
        "letters": [
            {"name": message.person.legal_name, "text": letter}
            for message, letter in letters
        ],
    }
    return printing.pdf("lms/print/letters.html", context)
