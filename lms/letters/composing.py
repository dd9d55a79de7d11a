"""From a message to the letter that is sent: its language, its words, its files."""

from contextlib import suppress
from dataclasses import dataclass
from email.mime.text import MIMEText

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from lms.models import Enrolment, LetterText, Message, Person
from lms.placeholders import fill, names_in

from .about import About, Gone
from .kinds import Kind, kind_of


@dataclass(frozen=True)
class Letter:
    """What one person reads."""

    locale: str
    subject: str
    body: str
    attachments: list[MIMEText]


def why_not(message: Message) -> Message.Dropped | None:
    """Why the letter is not needed any more; None while it is (CM-02)."""
    about = about_of(message)
    try:
        reasons = (ask(about) for ask in kind_of(message.template).why_not)
        return next(filter(None, reasons), None)
    except Gone:
        return Message.Dropped.GONE


def compose(message: Message) -> Letter:
    """The letter as it is now; nothing is stored. Raises Gone."""
    about, kind = about_of(message), kind_of(message.template)
    locale, subject, body = _words(kind, about, message.locale)
    with translation.override(locale):
        values = values_of(kind, about, subject + body)
        return Letter(
            locale,
            one_line(fill(subject, values)),
            fill(body, values) + "\n",
            kind.attachments(about),
        )


def about_of(message: Message) -> About:
    return About(message.person, message.context, message.to)


def values_of(kind: Kind, about: About, text: str) -> dict[str, str]:
    """The values of the names that the text holds; the others are not asked for."""
    names = set(names_in(text))
    return {
        one.name: one.value(about) for one in kind.placeholders if one.name in names
    }


def tried(
    kind: Kind,
    locale: str,
    *,
    subject: str,
    body: str,
    person: Person | None = None,
    place: Enrolment | None = None,
) -> tuple[str, str]:
    """These words as this person would read them; samples where nothing is known."""
    about = About(person, {"enrolment": place.pk} if place else {})
    session = place and place.cohort.sessions.order_by("starts_at", "pk").first()
    if session:
        about.context["session"] = session.pk
    with translation.override(locale):
        values = kind.samples | _known(kind, about)
        return one_line(fill(subject, values)), fill(body, values)


def _known(kind: Kind, about: About) -> dict[str, str]:
    """What there is to say about this; a letter not yet written lacks the rest."""
    known = {}
    for one in kind.placeholders:
        with suppress(Gone):
            known[one.name] = one.value(about)
    return {name: value for name, value in known.items() if value}


def one_line(text: str) -> str:
    """Nothing in a subject begins a new header."""
    return " ".join(text.split())


def languages(*wanted: str) -> list[str]:
    """These, as far as the site has them, and at last the site's own (CM-05)."""
    known = [code for code, _name in settings.LANGUAGES]
    choice = [code for code in wanted if code in known]
    return list(dict.fromkeys([*choice, settings.LANGUAGE_CODE]))


def language_of(user, *, otherwise: str) -> str:
    """The one in which an account is written to: of its person, else of its admin."""
    person = getattr(user, "person", None)
    profile = getattr(user, "wagtail_userprofile", None)
    mine = person.locale if person else profile.preferred_language if profile else ""
    return languages(mine, otherwise)[0]


def text_of(kind: Kind, locale: str) -> tuple[str, str]:
    """Subject and letter, names in braces: the organisation's own, else the default."""
    own = LetterText.objects.filter(kind=kind.key, locale=locale).first()
    return (own.subject, own.body) if own else default_text(kind, locale)


def default_text(kind: Kind, locale: str) -> tuple[str, str]:
    """The files of the kind in this language, names in braces."""
    braces = {name: f"{{{name}}}" for name in kind.names}
    with translation.override(locale):
        subject = render_to_string(f"{kind.key}_subject.txt", braces)
        body = render_to_string(f"{kind.key}.txt", braces)
    return one_line(subject), body.strip()


def _words(kind: Kind, about: About, locale: str) -> tuple[str, str, str]:
    """Language, subject and letter: the person's, the cohort's, the site's (CM-05)."""
    cohorts = [about.cohort.locale] if about.has_cohort else []
    choice = languages(locale, *cohorts)
    if kind.words is None:
        return choice[0], *text_of(kind, choice[0])
    written = kind.words(about)
    first = next((code for code in choice if code in written), next(iter(written)))
    return first, *written[first]
