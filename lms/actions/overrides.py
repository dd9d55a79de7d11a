"""Another rule of a quiz for one person or a whole cohort."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.models import QuizPage
from lms.models import Cohort, Enrolment, Override
from lms.sitting import rules_for

from .places import lock_cohort
from .refusal import Refused, reason_given
from .timing import retime

# More than this is a slip of the hand.
MOST = {"extra_attempts": 99, "extra_time_percent": 900}
SETTINGS = ("extra_attempts", "extra_time_percent", "opens_at", "closes_at")


class NothingDifferent(Refused):
    """An override changes at least one setting (QZ-41)."""

    field = "extra_time_percent"


class TooMuch(Refused):
    """Less than none, or more than makes sense (QZ-43)."""


class ClosesTooEarly(Refused):
    """It would close before it opens (QZ-43)."""

    field = "closes_at"


class OverrideThere(Refused):
    """The person or the cohort has one for this quiz: that one is changed."""

    field = "place"


class NotTheirs(Refused):
    """The cohort is not asked this quiz, or the person does not study in it."""

    field = "place"


@transaction.atomic
def give(
    cohort: Cohort,
    *,
    quiz_key: UUID,
    place: Enrolment | None,
    by,
    reason: str,
    **settings: Any,
) -> Override:
    """Let other `SETTINGS` hold for this place's person, without one for the cohort.

    Running attempts follow at once (QZ-09). A second call returns the override; other
    settings than the ones there raise OverrideThere.
    """
    cohort = lock_cohort(cohort)
    _check_target(cohort, quiz_key, place)
    settings = _checked(settings)
    reason = reason_given(reason)
    target = {"person": place.person} if place else {"cohort": cohort}
    whom = {"quiz_key": quiz_key, "person": None, "cohort": None} | target
    about = {"by": by, "created_at": clock.now(), "reason": reason}
    row, is_new = Override.objects.get_or_create(**whom, defaults=settings | about)
    if is_new:
        _settle(row, cohort)
        _log("lms.give_override", row, place or cohort, by, reason)
    elif settings != _settings_of(row):
        raise OverrideThere(_("There is one already. Change that one."))
    return row


@transaction.atomic
def change(
    override: Override, *, cohort: Cohort, by, reason: str, **settings: Any
) -> Override:
    """Let other settings hold for the same target, which cannot be edited (QZ-41)."""
    cohort = lock_cohort(cohort)
    row = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
    settings, reason = _checked(settings), reason_given(reason)
    if (settings, reason) == (_settings_of(row), row.reason):
        return row
    for name, value in settings.items():
        setattr(row, name, value)
    row.reason = reason
    row.save()
    _settle(row, cohort)
    _log("lms.change_override", row, _told_of(row, cohort), by, reason)
    return row


@transaction.atomic
def take_back(override: Override, *, cohort: Cohort, by, reason: str) -> None:
    """The rules of the quiz hold again; a second call changes nothing."""
    cohort = lock_cohort(cohort)
    rows = Override.objects.select_for_update(of=("self",))
    row = rows.filter(pk=override.pk).first()
    if row is None:
        return
    reason = reason_given(reason)
    people = _people(row)
    row.delete()
    retime(row.quiz_key, people=people)
    _log("lms.take_back_override", row, _told_of(row, cohort), by, reason)


def _check_target(cohort: Cohort, quiz_key: UUID, place: Enrolment | None) -> None:
    if not cohort.edition.has(quiz_key):
        raise NotTheirs(_("This quiz is not part of the cohort's course."))
    if place and (place.cohort_id != cohort.pk or not place.is_studying):
        raise NotTheirs(_("This place is not active."))


def _checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """All `SETTINGS`, None where the quiz's own holds."""
    if unknown := settings.keys() - set(SETTINGS):
        raise TypeError(f"No settings of an override: {unknown}")
    checked = {name: settings.get(name) for name in SETTINGS}
    if all(value is None for value in checked.values()):
        raise NothingDifferent(_("Say what is different."))
    for name, most in MOST.items():
        if not 0 <= (checked[name] or 0) <= most:
            raise TooMuch(_("Between 0 and %(most)s.") % {"most": most})
    if checked["opens_at"] and checked["closes_at"]:
        _check_window(checked["opens_at"], checked["closes_at"])
    return checked


def _check_window(opens_at, closes_at) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        raise ClosesTooEarly(_("It has to close after it opens."))


def _settle(row: Override, cohort: Cohort) -> None:
    """Refuse a window that has no time in it with the cohort's; move the deadlines."""
    quiz = QuizPage.objects.live().filter(translation_key=row.quiz_key).first()
    if quiz and row.person_id:
        common = Override.objects.filter(quiz_key=row.quiz_key, cohort=cohort)
        rules = rules_for(quiz, [row, *common])
        _check_window(rules.opens_at, rules.closes_at)
    retime(row.quiz_key, people=_people(row))


def _people(row: Override) -> list[int]:
    if row.person_id:
        return [row.person_id]
    places = Enrolment.objects.studying().filter(cohort=row.cohort_id)
    return list(places.values_list("person", flat=True))


def _settings_of(row: Override) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SETTINGS}


def _told_of(row: Override, cohort: Cohort) -> Enrolment | Cohort:
    """Under which row the log keeps the step."""
    places = Enrolment.objects.filter(cohort=cohort, person=row.person_id)
    return (row.person_id and places.first()) or cohort


def _log(action: str, row: Override, about, by, reason: str) -> None:
    data = {"activity": str(row.quiz_key), "reason": reason}
    log(about, action, user=by, data=data | _written(row))


def _written(row: Override) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in _settings_of(row).items()
    }
