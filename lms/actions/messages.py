"""Letters to people: put in the post with the fact they tell, sent after it is kept."""

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from courses import clock
from lms.letters.about import About
from lms.letters.channels import CHANNELS, in_words, is_closed, is_final, way_to
from lms.letters.composing import compose, why_not
from lms.letters.kinds import Kind, kind_of
from lms.models import Message, Person

from .refusal import Refused

logger = logging.getLogger(__name__)

State = Message.State
AT_ONCE = 100
# Growing gaps between two tries (CM-09); the first outlasts one slow try.
GAPS = [timedelta(minutes=m) for m in (5, 15, 60, 4 * 60, 12 * 60)]
TRIES = len(GAPS) + 1
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


class TooManyLetters(Refused):
    """So many letters of this kind would be spam (CM-10)."""

    field = "email"


class NothingToRetry(Refused):
    """The letter is sent, or no longer needed."""


@dataclass(frozen=True)
class Draft:
    """A letter to be: of what kind, about what, to whom.

    `to` is the address of somebody who is no person here, such as a trainer.
    """

    key: str
    template: str
    person: Person | None = None
    context: dict = field(default_factory=dict)
    due_at: datetime | None = None
    fact: str = ""
    to: str = ""
    locale: str = ""
    cohort: int | None = None
    state: str = State.QUEUED


@transaction.atomic
def queue(
    person: Person | None,
    *,
    key: str,
    template: str,
    context: dict | None = None,
    due_at: datetime | None = None,
    by=None,
    to: str = "",
    locale: str = "",
) -> Message | None:
    """Write to a person in their language, once for each key (CE-36).

    To an address that is nobody's here as yet when `to` and `locale` are given instead.

    `template` is the key of a kind of letter (`lms.letters`). Nobody is written to whom
    no channel reaches. It goes out after the transaction. Raises TooManyLetters.
    """
    known = Message.objects.filter(key=key).first()
    if known:
        return known
    context = context or {}
    cohort = _cohort_of(person, context)
    draft = Draft(
        key, template, person, context, due_at, to=to, locale=locale, cohort=cohort
    )
    message = _written(draft, by)
    if message is None:
        return None
    _refuse_spam(kind_of(template), message.to, by)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return Message.objects.get(key=key)
    transaction.on_commit(deliver.enqueue)
    return message


@transaction.atomic
def queue_all(drafts: Iterable[Draft], *, by=None) -> None:
    """Many letters in one go; those told already are left out (CM-01, CM-03)."""
    messages = [m for draft in drafts if (m := _written(draft, by))]
    Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
    if messages:
        transaction.on_commit(deliver.enqueue)


def send_due() -> int:
    """Send what is due and say how many went out; safe to run at any time, by many."""
    waiting = Message.objects.filter(
        state=State.QUEUED, due_at__lte=clock.now(), channel__in=CHANNELS
    )
    letters = waiting.select_related("person").order_by("due_at", "pk")[:AT_ONCE]
    with ExitStack() as stack:
        return _round(list(letters), stack)


@task()
def deliver() -> int:
    """The job behind `queue`."""
    return send_due()


@transaction.atomic
def retry(message: Message, *, by) -> Message:
    """Try again now what failed or waits for its next try; it stays the same letter."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state not in (State.FAILED, State.QUEUED):
        raise NothingToRetry(_("This letter is sent or no longer needed."))
    message.state, message.due_at, message.tries = State.QUEUED, clock.now(), 0
    message.save(update_fields=["state", "due_at", "tries"])
    log(message, "lms.retry_message", user=by)
    transaction.on_commit(deliver.enqueue)
    return message


@transaction.atomic
def give_up(message: Message, *, by) -> Message:
    """Send it no more. A second call changes nothing."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state == State.DROPPED:
        return message
    if message.state == State.SENT:
        raise NothingToRetry(_("This letter is sent or no longer needed."))
    message.state, message.dropped_because = State.DROPPED, Message.Dropped.GIVEN_UP
    message.save(update_fields=["state", "dropped_because"])
    log(message, "lms.give_up_message", user=by)
    return message


def _round(letters: list[Message], stack: ExitStack) -> int:
    """One after the other, until the server hangs up: the rest waits for the next."""
    opened, sent = {}, 0
    for letter in letters:
        if not _claim(letter, clock.now()):
            continue
        try:
            if letter.channel not in opened:
                channel = CHANNELS[letter.channel]()
                opened[letter.channel] = stack.enter_context(channel)
            sent += _send(letter, opened[letter.channel])
        except Exception as error:
            # Whatever went wrong is kept with the letter and tried again later.
            _keep_for_later(letter, error)
            if is_closed(error):
                break
    return sent


def _claim(message: Message, now: datetime) -> bool:
    """Only one worker gets a letter; whoever dies with it leaves it for later."""
    gap = GAPS[min(message.tries, len(GAPS) - 1)]
    claimed = Message.objects.filter(
        pk=message.pk, state=State.QUEUED, tries=message.tries
    ).update(tries=F("tries") + 1, due_at=now + gap)
    message.tries += claimed
    return bool(claimed)


def _send(message: Message, channel) -> bool:
    """Send the letter if it is still needed and was not taken before (CM-01, CM-02)."""
    if not channel.has_taken(message):
        if reason := why_not(message):
            _mine(message).update(state=State.DROPPED, dropped_because=reason, error="")
            return False
        channel.send(message, compose(message))
    # Sent is sent, whatever somebody decided meanwhile.
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=clock.now(), error="", dropped_because=""
    )
    return True


def _keep_for_later(message: Message, error: Exception) -> None:
    # Only what sort of error: post offices quote the address in their words (PR-06).
    logger.warning("Message %s was not sent: %s", message.key, type(error).__name__)
    is_last = message.tries >= TRIES or is_final(error)
    state = State.FAILED if is_last else State.QUEUED
    _mine(message).update(state=state, error=in_words(error))


def _mine(message: Message):
    """The row, unless somebody took it back or gave it up meanwhile."""
    return Message.objects.filter(
        pk=message.pk, state=State.QUEUED, tries=message.tries
    )


def _written(draft: Draft, by) -> Message | None:
    """The row of a letter; None for whom no channel reaches or who was merged."""
    if draft.person and draft.person.merged_into_id:
        return None
    kind = kind_of(draft.template)
    by_mail = (Message.Channel.EMAIL, draft.to)
    way = by_mail if draft.to else way_to(draft.person, kind)
    if way is None:
        return None
    now = clock.now()
    wanted = draft.person.locale if draft.person else draft.locale
    return Message(
        key=draft.key,
        fact=draft.fact,
        person=draft.person,
        cohort_id=draft.cohort,
        channel=way[0],
        to=way[1],
        template=kind.key,
        locale=wanted,
        context=draft.context,
        by=by,
        state=draft.state,
        queued_at=now,
        due_at=draft.due_at or now,
    )


def _cohort_of(person: Person | None, context: dict) -> int | None:
    about = About(person, context)
    return about.cohort.pk if about.has_cohort else None


def _refuse_spam(kind: Kind, to: str, by) -> None:
    """Count what was written before: to this address and by this sender (CM-10)."""
    now = clock.now()
    before = Message.objects.filter(template=kind.key)
    to_them = before.filter(Q(to__iexact=to), queued_at__gt=now - _WEEK)
    if kind.most_a_week and to_them.count() >= kind.most_a_week:
        raise TooManyLetters(
            _("%(address)s was written to %(count)s times this week already.")
            % {"address": to, "count": kind.most_a_week}
        )
    by_them = before.filter(by=by, queued_at__gt=now - _DAY)
    if by and kind.most_a_day and by_them.count() >= kind.most_a_day:
        raise TooManyLetters(
            _("You wrote %(count)s invitations today. Write the rest tomorrow.")
            % {"count": kind.most_a_day}
        )
