"""Letters to people of a cohort: written, looked at, approved, taken back."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.letters.own_words import COHORT_LETTER
from lms.models import Cohort, CohortLetter, Message, Session

from .letter_texts import UnknownPlaceholder, refuse_unknown
from .messages import Draft, queue_all
from .refusal import Refused

State = Message.State
# So long an approved letter can be taken back.
GRACE = timedelta(minutes=10)


class TextMissing(Refused):
    """A letter needs a subject and a text in one language at least."""

    def __init__(self, text: str, field: str):
        super().__init__(text)
        self.field = field


class NobodyToWrite(Refused):
    """No one is in this group."""

    field = "audience"


class SessionMissing(Refused):
    """Which session was missed?"""

    field = "session"


class CannotTakeBack(Refused):
    """The letters are on their way."""


class TakenBack(Refused):
    """What was taken back is not sent any more."""


@transaction.atomic
def write(
    cohort: Cohort,
    *,
    texts: dict[str, tuple[str, str]],
    audience: str,
    by,
    session: Session | None = None,
) -> CohortLetter:
    """Write one letter to each of these people; it waits to be approved (CM-06).

    `texts` is subject and letter by language, both or none filled in. Raises
    TextMissing, UnknownPlaceholder, SessionMissing or NobodyToWrite.
    """
    about_session = audience == CohortLetter.Audience.MISSED
    if about_session and (session is None or session.cohort_id != cohort.pk):
        raise SessionMissing(_("Choose a session of this cohort."))
    letter = CohortLetter(
        cohort=cohort,
        audience=audience,
        session=session if about_session else None,
        texts=_checked(texts),
        written_at=clock.now(),
        written_by=by,
    )
    places = list(letter.recipients().select_related("person").order_by("pk"))
    if not places:
        raise NobodyToWrite(_("Nobody is in this group now."))
    letter.save()
    queue_all([_draft(letter, place) for place in places], by=by)
    if not messages_of(letter).exists():
        raise NobodyToWrite(_("Nobody in this group can be reached."))
    log(letter, "lms.write_letter", user=by, data={"people": len(places)})
    return letter


@transaction.atomic
def approve(letter: CohortLetter, *, by) -> CohortLetter:
    """Send it after a while for second thoughts. A second call does nothing."""
    letter = _lock(letter)
    if letter.taken_back_at:
        raise TakenBack(_("This letter was taken back. Write a new one."))
    if letter.approved_at:
        return letter
    letter.approved_at, letter.approved_by = clock.now(), by
    letter.save(update_fields=["approved_at", "approved_by"])
    number = (
        messages_of(letter)
        .filter(state=State.WAITING)
        .update(state=State.QUEUED, due_at=clock.now() + GRACE)
    )
    log(letter, "lms.approve_letter", user=by, data={"people": number})
    return letter


@transaction.atomic
def take_back(letter: CohortLetter, *, by) -> CohortLetter:
    """Send it to nobody who has not got it yet. Raises CannotTakeBack."""
    letter = _lock(letter)
    if letter.taken_back_at:
        return letter
    unsent = messages_of(letter).filter(
        state__in=[State.WAITING, State.QUEUED], tries=0
    )
    number = unsent.update(
        state=State.DROPPED, dropped_because=Message.Dropped.TAKEN_BACK
    )
    if not number:
        raise CannotTakeBack(_("It is too late: every letter is on its way."))
    letter.taken_back_at = clock.now()
    letter.save(update_fields=["taken_back_at"])
    log(letter, "lms.take_back_letter", user=by, data={"people": number})
    return letter


def messages_of(letter: CohortLetter):
    return Message.objects.filter(fact=_fact(letter))


def _fact(letter: CohortLetter) -> str:
    return f"cohort_letter:{letter.pk}"


def _lock(letter: CohortLetter) -> CohortLetter:
    rows = CohortLetter.objects.select_for_update(of=("self",))
    return rows.select_related("cohort").get(pk=letter.pk)


def _draft(letter: CohortLetter, place) -> Draft:
    return Draft(
        key=f"{_fact(letter)}:{place.pk}",
        fact=_fact(letter),
        template=COHORT_LETTER.key,
        person=place.person,
        context={"letter": letter.pk, "enrolment": place.pk},
        cohort=letter.cohort_id,
        state=State.WAITING,
    )


def _checked(texts: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The languages in which something is written, complete and with known names."""
    kept = {}
    for locale, (subject, body) in texts.items():
        if not (subject.strip() or body.strip()):
            continue
        fields = {f"subject_{locale}": subject, f"body_{locale}": body}
        for field, text in fields.items():
            if not text.strip():
                raise TextMissing(_("Write both the subject and the letter."), field)
        refuse_unknown(COHORT_LETTER, fields)
        kept[locale] = (subject.strip(), body.strip())
    if not kept:
        field = f"body_{next(iter(texts), settings.LANGUAGE_CODE)}"
        raise TextMissing(_("Write the letter in one language at least."), field)
    return kept


__all__ = [
    "CannotTakeBack",
    "NobodyToWrite",
    "SessionMissing",
    "TakenBack",
    "TextMissing",
    "UnknownPlaceholder",
    "approve",
    "messages_of",
    "take_back",
    "write",
]
