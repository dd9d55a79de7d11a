"""Another rule for a person or a cohort: what is refused, which counts, who follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from lms.actions import attempts, overrides
from lms.actions.attempt_rules import rules_of
from lms.models import Attempt, Override
from lms.standing import quiz_results
from tests.factories import make_cohort, make_enrolment, make_person, make_user
from tests.lms.sitting import make_sitting, start

pytestmark = pytest.mark.django_db
NOON = "2026-10-12T12:00+05:00"


def give(enrolment, quiz, *, to_cohort=False, cohort=None, **settings):
    return overrides.give(
        cohort or enrolment.cohort,
        quiz_key=quiz.translation_key,
        place=None if to_cohort or cohort else enrolment,
        by=make_user(),
        reason="Reads with a magnifier.",
        **settings,
    )


def change(row, enrolment, **settings):
    return overrides.change(
        row, cohort=enrolment.cohort, by=make_user(), reason="More.", **settings
    )


def test_an_override_has_one_target_and_is_the_only_one_there():
    """QZ-41: a second call gives it back; other settings go into the one there."""
    enrolment, quiz = make_sitting()

    first = give(enrolment, quiz, extra_attempts=1)
    assert give(enrolment, quiz, extra_attempts=1) == first
    with pytest.raises(overrides.OverrideThere):
        give(enrolment, quiz, extra_attempts=2)
    whole = give(enrolment, quiz, to_cohort=True, extra_attempts=2)

    assert (first.person, first.cohort) == (enrolment.person, None)
    assert (whole.person, whole.cohort) == (None, enrolment.cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=first.pk).update(cohort=enrolment.cohort)


def test_an_override_changes_something_and_never_its_target():
    """QZ-41"""
    enrolment, quiz = make_sitting()
    with pytest.raises(overrides.NothingDifferent):
        give(enrolment, quiz)
    row = give(enrolment, quiz, extra_attempts=1)

    changed = change(row, enrolment, extra_time_percent=50)

    assert (changed.person, changed.extra_attempts) == (enrolment.person, None)
    with pytest.raises(overrides.NothingDifferent):
        change(row, enrolment)
    with pytest.raises(TypeError):
        change(row, enrolment, extra_attempts=1, person=make_person())


@pytest.mark.parametrize("whose", ["other cohort", "withdrawn", "other quiz"])
def test_an_override_is_for_who_studies_this_quiz_in_the_cohort(whose):
    enrolment, quiz = make_sitting()
    place, cohort = enrolment, enrolment.cohort
    if whose == "other cohort":
        place = make_enrolment()
    elif whose == "withdrawn":
        place = make_enrolment(cohort=cohort, status="withdrawn")
    else:
        _other, quiz = make_sitting()

    with pytest.raises(overrides.NotTheirs):
        overrides.give(
            cohort,
            quiz_key=quiz.translation_key,
            place=place,
            by=None,
            reason="Ill.",
            extra_attempts=1,
        )


def test_what_makes_no_sense_is_refused(at):
    """QZ-43: also where only the cohort's window and the person's do not fit."""
    now = at(NOON)
    enrolment, quiz = make_sitting()
    hour = timedelta(hours=1)
    for settings in (
        {"extra_attempts": -1},
        {"extra_time_percent": -1},
        {"extra_time_percent": 40_000},
    ):
        with pytest.raises(overrides.TooMuch):
            give(enrolment, quiz, **settings)
    with pytest.raises(overrides.ClosesTooEarly):
        give(enrolment, quiz, opens_at=now, closes_at=now)

    give(enrolment, quiz, to_cohort=True, closes_at=now + hour)
    with pytest.raises(overrides.ClosesTooEarly):
        give(enrolment, quiz, opens_at=now + 2 * hour)

    assert Override.objects.count() == 1
    row = Override.objects.filter(cohort=enrolment.cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(opens_at=now + 2 * hour)


def test_of_two_cohorts_the_more_generous_value_counts_for_each_setting(at):
    """QZ-42: and a person's own setting beats both (QZ-41)."""
    now = at(NOON)
    enrolment, quiz = make_sitting(attempts_allowed=1, minutes=60)
    second = make_cohort(enrolment.cohort.edition)
    make_enrolment(enrolment.person, second)
    hour = timedelta(hours=1)
    give(
        enrolment,
        quiz,
        to_cohort=True,
        extra_attempts=2,
        extra_time_percent=10,
        closes_at=now + hour,
    )
    give(
        enrolment,
        quiz,
        cohort=second,
        extra_attempts=1,
        extra_time_percent=50,
        closes_at=now + 2 * hour,
    )

    rules = rules_of(enrolment, quiz)
    assert (rules.attempts, rules.minutes) == (3, 90)
    assert rules.closes_at == now + 2 * hour
    give(enrolment, quiz, extra_attempts=0)
    rules = rules_of(enrolment, quiz)

    assert (rules.attempts, rules.minutes) == (1, 90)
    attempts.submit(start(enrolment, quiz))
    results = quiz_results(enrolment, [quiz.translation_key])
    assert not results[str(quiz.translation_key)].attempts_left
    other = make_enrolment(cohort=enrolment.cohort)
    assert rules_of(other, quiz).minutes == 66


def test_a_running_attempt_follows_an_override_at_once(at):
    """QZ-09: given, changed and taken back; others keep their time."""
    now = at(NOON)
    enrolment, quiz = make_sitting(minutes=40)
    attempt = start(enrolment, quiz)
    other = start(make_enrolment(cohort=enrolment.cohort), quiz)

    def minutes():
        attempt.refresh_from_db()
        assert attempt.rules["minutes"] * 60 == (attempt.deadline_at - now).seconds
        return attempt.rules["minutes"]

    row = give(enrolment, quiz, extra_time_percent=50)
    assert minutes() == 60
    change(row, enrolment, extra_time_percent=100)
    assert minutes() == 80
    overrides.take_back(row, cohort=enrolment.cohort, by=None, reason="A slip.")
    assert minutes() == 40
    overrides.take_back(row, cohort=enrolment.cohort, by=None, reason="A slip.")
    give(enrolment, quiz, to_cohort=True, extra_time_percent=25)
    assert minutes() == 50

    other.refresh_from_db()
    assert other.deadline_at == now + timedelta(minutes=50)


def test_a_running_attempt_follows_the_limit_of_the_quiz(at):
    """QZ-09: published with another limit; cut too short, the time is up now."""
    now = at(NOON)
    enrolment, quiz = make_sitting(minutes=40)
    give(enrolment, quiz, extra_time_percent=50)
    attempt = start(enrolment, quiz)
    ended = start(make_enrolment(cohort=enrolment.cohort), quiz)
    attempts.submit(ended)

    def publish(minutes):
        quiz.minutes = minutes
        quiz.save_revision().publish()
        attempt.refresh_from_db()
        return attempt.deadline_at

    assert publish(60) == now + timedelta(minutes=90)
    assert publish(None) is None
    assert publish(20) == now + timedelta(minutes=30)
    later = at(now + timedelta(minutes=25))
    assert publish(10) == later
    ended.refresh_from_db()
    assert ended.deadline_at == now + timedelta(minutes=40)


def test_a_closing_given_later_ends_a_running_attempt_in_time(at):
    """QZ-09"""
    now = at(NOON)
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)

    give(enrolment, quiz, to_cohort=True, closes_at=now + timedelta(minutes=5))

    attempt.refresh_from_db()
    assert attempt.deadline_at == now + timedelta(minutes=5)
    at(now + timedelta(minutes=7))
    attempts.sweep()
    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.GRADED
    assert attempt.ended_at == now + timedelta(minutes=5)


def test_every_step_is_written_down_with_its_reason():
    enrolment, quiz = make_sitting()
    row = give(enrolment, quiz, extra_attempts=1)
    change(row, enrolment, extra_attempts=2)
    overrides.take_back(row, cohort=enrolment.cohort, by=None, reason="A slip.")
    give(enrolment, quiz, to_cohort=True, extra_attempts=1)

    steps = ModelLogEntry.objects.filter(action__contains="override").order_by("pk")
    assert [(one.action, one.data["reason"]) for one in steps] == [
        ("lms.give_override", "Reads with a magnifier."),
        ("lms.change_override", "More."),
        ("lms.take_back_override", "A slip."),
        ("lms.give_override", "Reads with a magnifier."),
    ]
    assert [one.object_id for one in steps][2:] == [
        str(enrolment.pk),
        str(enrolment.cohort.pk),
    ]
