"""Consent: its text and versions; people who agree, on paper too, and who withdraw."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Consent, ConsentText, Person
from lms.personal.subject import subject_of

from .refusal import Refused


class TextMissing(Refused):
    """A language of the site has no words; `field` is its field."""

    def __init__(self, text: str, *, language: str):
        super().__init__(text)
        self.field = field_of(language)


class DraftThere(Refused):
    """Somebody has begun the next version."""


class Published(Refused):
    """People have read it so: it is never changed."""


class ChangedMeanwhile(Refused):
    """The draft is not what was read before publishing it."""


class NotTheText(Refused):
    """Nobody is asked about this version, or not in this language."""

    field = "text"


class NobodyThere(Refused):
    """The row was merged into another, or says nothing about anybody any more."""


class NotThatDay(Refused):
    """Nobody can have agreed on that day."""

    field = "given_on"


def field_of(language: str) -> str:
    """The field of a form in which the words of one language are written."""
    return f"text_{language}"


@transaction.atomic
def draft(texts: Mapping[str, str], *, by) -> ConsentText:
    """Begin the next version; a second call with the same words gives the same draft.

    Languages may still be missing.
    """
    last = ConsentText.objects.current()
    text, is_new = ConsentText.objects.get_or_create(
        version=last.version + 1 if last else 1, defaults={"texts": _written(texts)}
    )
    if is_new:
        log(text, "lms.draft_consent", user=by)
    elif text.texts != _written(texts):
        raise DraftThere(
            _("Somebody has begun version %(number)s. Go on with that draft.")
            % {"number": text.version}
        )
    return text


@transaction.atomic
def change(text: ConsentText, texts: Mapping[str, str], *, by) -> ConsentText:
    """Write a draft anew. What is published stays as people have read it."""
    text = ConsentText.objects.select_for_update().get(pk=text.pk)
    if text.texts == _written(texts):
        return text
    if not text.is_draft:
        raise Published(
            _("This version is published and stays as it is. Write a new one.")
        )
    text.texts = _written(texts)
    text.save(update_fields=["texts"])
    log(text, "lms.change_consent", user=by)
    return text


@transaction.atomic
def publish(text: ConsentText, *, by) -> ConsentText:
    """Ask people about the text as the caller has read it; the second call is empty.

    Every language of the site must be there: people agree to what they can read.
    """
    read = _written(text.texts)
    text = ConsentText.objects.select_for_update().get(pk=text.pk)
    if not text.is_draft:
        return text
    if text.texts != read:
        raise ChangedMeanwhile(
            _("Somebody has changed the draft in the meantime. Read it again.")
        )
    for code, name in settings.LANGUAGES:
        if not text.texts.get(code):
            raise TextMissing(
                _("The text is missing in this language: %(language)s.")
                % {"language": _(name)},
                language=code,
            )
    text.published_at = clock.now()
    text.save(update_fields=["published_at"])
    log(text, "lms.publish_consent", user=by)
    return text


@transaction.atomic
def give(person: Person, *, text: ConsentText, language: str, by) -> Consent:
    """Agree to the version people are asked about; again gives the first yes."""
    person = _lock(person)
    if text != ConsentText.objects.current():
        raise NotTheText(_("There is a newer text. Read it before you agree."))
    return _agree(
        person, text, Consent.How.ONLINE, language=language, at=clock.now(), by=by
    )


@transaction.atomic
def enter_paper(
    person: Person, *, text: ConsentText, language: str, given_on: date, by
) -> Consent:
    """Enter what somebody has signed; who entered it is kept with whose it is."""
    person = _lock(person)
    if text.is_draft:
        raise NotTheText(_("Nobody can have agreed to a draft."))
    _check_day(person, text, given_on)
    at = timezone.make_aware(datetime.combine(given_on, time.min))
    return _agree(person, text, Consent.How.PAPER, language=language, at=at, by=by)


@transaction.atomic
def withdraw(person: Person, *, by) -> int:
    """End every consent of theirs, of merged rows too; a second call ends nothing."""
    person = _lock(person)
    ended = _of(person).in_force().update(withdrawn_at=clock.now())
    if ended:
        log(person, "lms.withdraw_consent", user=by)
    return ended


def settle_merged(person: Person, *, by) -> None:
    """Of two rows that became one person, the later word counts: a withdrawal ends
    what the other row had agreed to before. Undoing the merge does not bring it back;
    nobody is bound by mistake.
    """
    last = _of(person).aggregate(last=Max("withdrawn_at"))["last"]
    if last is None:
        return
    older = _of(person).in_force().filter(given_at__lt=last)
    if older.update(withdrawn_at=last):
        log(person, "lms.withdraw_consent", user=by)


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    """Only languages of the site that have words; browsers send odd ends of lines."""
    lines = {code: texts.get(code, "") for code, _name in settings.LANGUAGES}
    clean = {code: t.replace("\r\n", "\n").strip() for code, t in lines.items()}
    return {code: text for code, text in clean.items() if text}


def _lock(person: Person) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id:
        raise NobodyThere(_("This row was merged into another person. Use that one."))
    if person.anonymised_at:
        raise NobodyThere(_("Everything about this person is erased already."))
    return person


def _of(person: Person):
    return Consent.objects.filter(person__in=subject_of(person).people)


def _check_day(person: Person, text: ConsentText, day: date) -> None:
    if day > timezone.localdate(clock.now()):
        raise NotThatDay(_("This day is still to come."))
    if day < timezone.localdate(text.published_at):
        raise NotThatDay(
            _("This version was published on %(day)s. Before that nobody had read it.")
            % {"day": date_format(timezone.localdate(text.published_at))}
        )
    last = _of(person).aggregate(last=Max("withdrawn_at"))["last"]
    if last and day < timezone.localdate(last):
        raise NotThatDay(
            _("On %(day)s the person has withdrawn what they had agreed to before.")
            % {"day": date_format(timezone.localdate(last))}
        )


def _agree(
    person: Person, text: ConsentText, how: str, *, language: str, at: datetime, by
) -> Consent:
    if not text.texts.get(language):
        raise NotTheText(_("There is no text in this language."))
    consent, is_new = person.consents.get_or_create(
        text=text,
        withdrawn_at=None,
        defaults={"language": language, "how": how, "given_at": at, "by": by},
    )
    if is_new:
        log(
            person,
            "lms.give_consent" if how == Consent.How.ONLINE else "lms.enter_consent",
            user=by,
            data={"version": text.version, "language": language},
        )
    return consent
