"""Letters to people: put in the post with the fact they tell, sent after it is kept."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from courses import clock
from lms.models import Message, Person

logger = logging.getLogger(__name__)

TRIES = 6
AT_ONCE = 100


@transaction.atomic
def queue(
    person: Person,
    *,
    key: str,
    template: str,
    context: dict | None = None,
    due_at: datetime | None = None,
) -> Message | None:
    """Write to a person in their language, once for each key (CE-36).

    `template` names two plain texts, TEMPLATE.txt and TEMPLATE_subject.txt. Nobody is
    written to who has no address. The letter goes out after the transaction.
    """
    if not person.email or person.anonymised_at:
        return None
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "to": person.email,
            "template": template,
            "locale": person.locale,
            "context": context or {},
            "due_at": due_at or clock.now(),
        },
    )
    if is_new:
        transaction.on_commit(deliver.enqueue)
    return message


def send_due() -> int:
    """Send what is due and say how many went out; safe to run at any time, by many."""
    now = clock.now()
    waiting = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now)
    letters = list(waiting.order_by("due_at", "pk")[:AT_ONCE])
    return sum(_claim(letter, now) and _send(letter) for letter in letters)


@task()
def deliver() -> int:
    """The job behind `queue`."""
    return send_due()


def _claim(message: Message, now: datetime) -> bool:
    """Only one worker gets a letter; whoever dies with it leaves it for later."""
    claimed = Message.objects.filter(
        pk=message.pk, state=Message.State.QUEUED, tries=message.tries
    ).update(tries=F("tries") + 1, due_at=now + timedelta(minutes=2**message.tries))
    message.tries += claimed
    return bool(claimed)


def _send(message: Message) -> bool:
    try:
        _letter(message).send()
    except Exception as error:
        # Whatever went wrong is kept with the letter and tried again later.
        logger.warning("Message %s was not sent: %s", message.key, error)
        is_last = message.tries >= TRIES
        message.state = Message.State.FAILED if is_last else Message.State.QUEUED
        message.error = f"{type(error).__name__}: {error}"
        message.save(update_fields=["state", "error"])
        return False
    message.state, message.sent_at = Message.State.SENT, clock.now()
    message.error = ""
    message.save(update_fields=["state", "sent_at", "error"])
    return True


def _letter(message: Message) -> EmailMessage:
    context = message.context | {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
    }
    with translation.override(message.locale):
        subject = render_to_string(f"{message.template}_subject.txt", context)
        body = render_to_string(f"{message.template}.txt", context)
    return EmailMessage(" ".join(subject.split()), body, to=[message.to])
