"""Forgetting a person: who asks, what would go, and anonymising itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.log_actions import log

from courses import clock
from lms.models import Attempt, Enrolment, Erasure, Message, Person, Staff
from lms.personal.fields import Fate, Kind, Table
from lms.personal.subject import Subject, everything, subject_of

from . import log_scrubbing
from .enrolment import withdraw
from .erasing import erase
from .refusal import Refused, reason_given

Certificates = Erasure.Certificates
Step = Callable[[Subject, str, object], None]

_steps: list[Step] = []


class CannotErase(Refused):
    """Something must be ended first; the text says what."""


class AlreadyDecided(Refused):
    """Somebody has decided about this wish."""


@dataclass(frozen=True)
class Line:
    """One table of a dry run: how many rows, what happens, and why."""

    title: str
    rows: int
    effect: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What erasing would do; `refusal` says why it cannot be done now."""

    lines: list[Line]
    refusal: str


def register_step(step: Step) -> None:
    """Let an app above `lms` end what is its own, before everything is erased.

    It takes the subject, the choice about certificates, and who erases.
    """
    if step not in _steps:
        _steps.append(step)


def plan(person: Person) -> Plan:
    """The dry run: reads everything, changes nothing (PR-02)."""
    subject = subject_of(person)
    lines = [
        line
        for table, rows in everything(subject)
        if (count := rows.count())
        for line in [_line(table, _called(rows.model, count), count)]
    ]
    return Plan(lines, _refusal(person, subject))


def _called(model: type[Model], count: int) -> str:
    about = model._meta
    return str(about.verbose_name if count == 1 else about.verbose_name_plural)


@transaction.atomic
def ask(person: Person, *, by, certificates: str) -> Erasure:
    """Write down the wish to be forgotten; a second call returns the first wish."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at:
        raise CannotErase(_("Everything about this person is erased already."))
    wish, is_new = Erasure.objects.get_or_create(
        person=person,
        state=Erasure.State.ASKED,
        defaults={
            "certificates": certificates,
            "asked_by": by,
            "asked_at": clock.now(),
        },
    )
    if is_new:
        log(wish, "lms.ask_erasure", user=by)
    return wish


@transaction.atomic
def decline(erasure: Erasure, *, by, reason: str) -> Erasure:
    """Say no, and why; the person reads it. A second call changes nothing."""
    wish = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if wish.state == Erasure.State.DECLINED:
        return wish
    if wish.state == Erasure.State.DONE:
        raise AlreadyDecided(_("Everything about this person is erased already."))
    wish.state, wish.reason = Erasure.State.DECLINED, reason_given(reason)
    wish.decided_by, wish.decided_at = by, clock.now()
    wish.save()
    log(wish, "lms.decline_erasure", user=by)
    return wish


@transaction.atomic
def anonymise(
    person: Person, *, by, reason: str, certificates: str = Certificates.REGISTER
) -> Erasure:
    """Take the person out of everything; what counts stays, without them.

    Places, marks and attempts stay, so that no total moves (PR-04, RP-06, ATT-54). A
    second call returns the first erasure and changes nothing.
    """
    person = Person.objects.get(pk=person.pk)
    if person.anonymised_at:
        return person.erasures.filter(state=Erasure.State.DONE).first()
    reason = reason_given(reason)
    subject = subject_of(person)
    if refusal := _refusal(person, subject):
        raise CannotErase(refusal)
    # Cohorts are locked before people, here as in imports.
    _end_what_runs(subject, by=by)
    wish = ask(person, by=by, certificates=certificates)
    for step in _steps:
        step(subject, certificates, by)
    counts = _forget(subject)
    return _write_down(wish, counts, certificates, by=by, reason=reason)


def _forget(subject: Subject) -> dict[str, int]:
    people = Person.objects.filter(pk__in=subject.people)
    names = log_scrubbing.names_of(people.select_related("user"))
    scrubbed = log_scrubbing.scrub(subject, names)
    sign_out(subject.accounts)
    counts = erase(subject)
    people.update(anonymised_at=clock.now())
    return counts | {"wagtailcore.ModelLogEntry": scrubbed}


def sign_out(accounts: frozenset[int]) -> int:
    """End every session of these accounts, wherever they are signed in."""
    keys = {str(pk) for pk in accounts}
    ended = 0
    for row in BrowserSession.objects.iterator() if keys else ():
        if row.get_decoded().get("_auth_user_id") in keys:
            row.get_session_store_class()(row.session_key).delete()
            ended += 1
    return ended


def _end_what_runs(subject: Subject, *, by) -> None:
    """Seats become free, and no letter goes out any more."""
    ended = [
        Enrolment.Status.COMPLETED,
        Enrolment.Status.WITHDRAWN,
        Enrolment.Status.CANCELLED,
        Enrolment.Status.REFUSED,
        Enrolment.Status.GUEST,
    ]
    places = Enrolment.objects.filter(person__in=subject.people)
    for place in places.exclude(status__in=ended).select_related("cohort"):
        withdraw(place, by=by, reason=_("The person's data were erased."))
    waiting = Message.objects.filter(
        person__in=subject.people,
        state__in=[Message.State.WAITING, Message.State.QUEUED],
    )
    waiting.update(state=Message.State.DROPPED, dropped_because=Message.Dropped.GONE)


def _write_down(wish: Erasure, counts, certificates: str, *, by, reason: str):
    wish.refresh_from_db()
    wish.state, wish.certificates = Erasure.State.DONE, certificates
    wish.decided_by, wish.decided_at = by, clock.now()
    wish.reason, wish.counts = reason, counts
    wish.save()
    data = {"certificates": certificates}
    log(wish.person, "lms.anonymise", user=by, data=data)
    return wish


def _refusal(person: Person, subject: Subject) -> str:
    if person.merged_into_id:
        return _("This row was merged into another person. Erase that one.")
    running = Attempt.objects.filter(
        enrolment__person__in=subject.people, status=Attempt.Status.RUNNING
    )
    if running.exists():
        return _("A quiz is being answered just now. Wait until it is handed in.")
    if Staff.objects.filter(user__in=subject.accounts).exists():
        return _("The person runs cohorts. Take their roles first.")
    return ""


def _line(table: Table, title: str, count: int) -> Line:
    if table.fate == Fate.DELETE:
        return Line(title, count, pgettext("data", "Are deleted"), "")
    going = [of for of in table.fields.values() if of.fate != Fate.KEEP]
    effect = _("Stay, without what names the person") if going else _("Stay")
    return Line(title, count, effect, _why_kept(table.kind))


def _why_kept(kind: Kind | None) -> str:
    return {
        Kind.IDENTITY: _("An empty row stays, to which the results belong."),
        Kind.RESULT: _("Totals of reports must not change."),
        Kind.EVIDENCE: _("They show that the results are true."),
        Kind.MESSAGE: _("Only that a letter went out, and when, stays."),
        Kind.AUDIT: _("Who decided what stays on record."),
        Kind.ACCOUNT: _("A closed account stays, because steps were taken with it."),
        Kind.CONSENT: _("That somebody agreed stays, not who."),
    }.get(kind, "")
