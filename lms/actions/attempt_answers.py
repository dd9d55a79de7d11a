"""Answers of an attempt as they are stored: those that fit, and only newer ones."""

from collections.abc import Container, Mapping

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses import clock
from courses.kinds import NotAnAnswer, TooLong, check_answer
from lms.models import Attempt, Response
from lms.sitting import is_over

from .attempt_refusals import (
    AnswerTooLong,
    AttemptEnded,
    StaleAnswer,
    TamperedAnswer,
    TooLate,
)
from .grading import locked_attempt

TAKEN = ["answer", "is_flagged", "sequence", "saved_at", "checked_score"]


@transaction.atomic
def save_one(
    attempt: Attempt,
    place: int,
    answer: dict | None,
    sequence: int,
    is_flagged: bool | None,
) -> Response:
    """Store one answer of a running attempt unless a newer one is there.

    Raises AttemptEnded, TooLate, TamperedAnswer or StaleAnswer.
    """
    response = _with_its_attempt_locked(attempt, place)
    attempt = response.attempt if response else locked_attempt(attempt)
    if not attempt.is_running:
        raise AttemptEnded(_("This attempt is handed in; its answers are final."))
    if is_over(attempt.deadline_at, clock.now()):
        raise TooLate(_too_late(attempt))
    if response is None:
        raise TamperedAnswer(_("This question is not part of your attempt."))
    stored = as_stored(response, answer)
    given = {"answer": stored, "sequence": sequence, "saved_at": clock.now()}
    if is_flagged is not None:
        given["is_flagged"] = is_flagged
    if stored != response.answer:
        given["checked_score"] = None
    # The response may have changed while the lock of its attempt was waited for.
    older = Response.objects.filter(
        pk=response.pk, sequence__lt=sequence, is_locked=False
    )
    if older.update(**given):
        for name, value in given.items():
            setattr(response, name, value)
        return response
    response.refresh_from_db(fields=TAKEN)
    if stored != response.answer:
        raise StaleAnswer(
            _("A newer answer is saved, from another tab or device."), response
        )
    return response


def _with_its_attempt_locked(attempt: Attempt, place: int) -> Response | None:
    """In one query, because this is what everybody in a room asks for all the time.

    The answer is locked, too: PostgreSQL reads anew only what it waited to lock.
    """
    rows = Response.objects.select_for_update(of=("attempt", "self"))
    related = rows.select_related("version", "attempt")
    return related.filter(attempt=attempt.pk, place=place).order_by().first()


def keep(
    attempt: Attempt,
    answers: Mapping[int, dict | None],
    sequences: Mapping[int, int],
    flags: Container[int] | None = None,
) -> list[int]:
    """Store what is newer; returns the places where the stored one is.

    The attempt is locked by the caller. Raises TamperedAnswer.
    """
    responses = {one.place: one for one in attempt.responses.select_related("version")}
    if set(answers) - set(responses):
        raise TamperedAnswer(_("This question is not part of your attempt."))
    checked = {
        place: as_stored(responses[place], answer) for place, answer in answers.items()
    }
    changed, stale = [], []
    for place, answer in checked.items():
        response = responses[place]
        is_flagged = None if flags is None else place in flags
        if _take(response, answer, sequences.get(place), is_flagged):
            changed.append(response)
        elif answer != response.answer:
            stale.append(response)
    Response.objects.bulk_update(changed, TAKEN)
    # A bulk update writes JSON's null where nothing is meant.
    emptied = [response.pk for response in changed if response.answer is None]
    if emptied:
        Response.objects.filter(pk__in=emptied).update(answer=None)
    return [response.place for response in stale]


def _take(
    response: Response,
    answer: dict | None,
    sequence: int | None,
    is_flagged: bool | None,
) -> bool:
    """Put what is newer into the response; False for what is older or the same."""
    flagged = response.is_flagged if is_flagged is None else is_flagged
    newer = response.sequence + 1 if sequence is None else sequence
    is_same = (answer, flagged) == (response.answer, response.is_flagged)
    is_changed = answer != response.answer
    if newer <= response.sequence or is_same or (response.is_locked and is_changed):
        return False
    if is_changed:
        response.checked_score = None
    response.answer, response.is_flagged = answer, flagged
    response.sequence, response.saved_at = newer, clock.now()
    return True


def as_stored(response: Response, answer: dict | None) -> dict | None:
    """Raises TamperedAnswer, or AnswerTooLong with how long it may be."""
    try:
        return check_answer(response.version.key, answer)
    except TooLong as error:
        raise AnswerTooLong(_too_long(error.most)) from None
    except NotAnAnswer:
        raise TamperedAnswer(
            _("This answer does not fit its question. Nothing was changed.")
        ) from None


def _too_long(most: int) -> str:
    text = ngettext(
        "This answer is longer than %(most)s character. Shorten it, then save again.",
        "This answer is longer than %(most)s characters. Shorten it, then save again.",
        most,
    )
    return text % {"most": formats.number_format(most, force_grouping=True)}


def _too_late(attempt: Attempt) -> str:
    if attempt.hand_in_until:
        return _("The time was over. Hand in now: what was saved before counts.")
    return _("The time was over. What was saved before counts.")
