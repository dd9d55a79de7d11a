"""What each kind asks, and what its paper says of it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions.issuing import NotEarned, NotReady, issue
from certificates.actions.trainers import issue_to_trainer
from certificates.due.earning import shown_for
from certificates.due.readiness import candidates_of, ready_for
from certificates.models import Certificate
from certificates.models.kinds import Kind
from certificates.paper.bands import band
from courses import clock
from lms.actions.waivers import waive
from lms.models import Enrolment, Message, Person, Session
from tests.factories import (
    confirm_email,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_participant,
    make_person,
    make_session,
    make_staff,
    make_user,
)

from .awards import hold, make_kind, make_quiz_cohort, make_rule, make_trainer, score
from .builders import make_completed

pytestmark = pytest.mark.django_db
LONG = {"active_from": datetime(2026, 1, 1, tzinfo=UTC)}


def place(name, cohort, **fields):
    return make_enrolment(make_participant(legal_name=name), cohort, **LONG | fields)


def refusals(cohort, kind):
    return {one.person.legal_name: one.refusal for one in ready_for(cohort, kind)}


def shown(cohort, kind):
    """What a committee reads beside each name."""
    found = ready_for(cohort, kind)
    said = shown_for([one.claim for one in found])
    return {one.person.legal_name: text for one, text in zip(found, said, strict=True)}


def test_without_a_rule_a_course_gives_completion_alone():
    cohort = make_cohort()
    make_completed(make_participant(legal_name="A"), cohort)
    make_trainer(cohort)

    found = {kind: [one.refusal for one in ready_for(cohort, kind)] for kind in Kind}

    no = "This kind of certificate is not given in this course."
    assert found == {
        "completion": [None],
        "attendance": [no],
        "distinction": [no],
        "trainer": [no],
    }


def test_a_rule_of_the_course_goes_before_the_one_for_all_courses():
    cohort = make_cohort()
    make_completed(make_participant(legal_name="A"), cohort)
    make_rule("completion", cohort.edition.course_key, is_on=False)
    make_rule("completion")

    assert refusals(cohort, "completion") == {
        "A": "This kind of certificate is not given in this course."
    }


def test_a_statement_needs_the_attendance_of_its_rule_and_no_completion():
    cohort = make_cohort()
    make_kind("attendance", least_attendance=75)
    here, away = place("A", cohort), place("B", cohort)
    for day in range(4):
        is_last = day == 3
        marks = [(here, "absent" if is_last else "present")]
        hold(cohort, *marks, (away, "absent" if day > 1 else "present"), day=day - 3)

    assert refusals(cohort, "attendance") == {
        "A": None,
        "B": "Attendance is 50%, 75% is needed.",
    }
    assert shown(cohort, "attendance") == {
        "A": "Attendance: 75%",
        "B": "Attendance: 50%",
    }
    paper = issue(here, by=make_user(), kind="attendance").content
    assert paper["attended"] == {
        "sessions": 4,
        "sessions_attended": "3",
        "minutes": 270,
        "percent": "75",
    }
    assert paper["minutes"] == 270


def test_a_statement_waits_for_the_last_session():
    cohort = make_cohort()
    make_kind("attendance")
    here = place("A", cohort)
    held = hold(cohort, (here, "present"))
    to_come = clock.now().date() + timedelta(days=2)
    later = make_session(cohort, local_date=to_come)

    with pytest.raises(NotEarned) as refusal:
        issue(here, by=None, kind="attendance")
    assert str(refusal.value) == "The sessions of the cohort are not over yet."

    Session.objects.filter(pk=later.pk).update(status="cancelled")
    certificate = issue(here, by=None, kind="attendance")
    assert certificate.awarded_on == held.local_date
    assert here.status == Enrolment.Status.ACTIVE


def test_a_distinction_needs_completion_and_the_mean_of_the_required_quizzes():
    cohort, (first, second) = make_quiz_cohort(2)
    make_kind("distinction", least_score=90)
    good = make_completed(make_participant(legal_name="A"), cohort)
    fair = make_completed(make_participant(legal_name="B"), cohort)
    once = make_completed(make_participant(legal_name="C"), cohort)
    open_ = place("D", cohort)
    for one, marks in ((good, (60, 95)), (fair, (88, 91)), (open_, (100, 100))):
        score(one, first, marks[0])
        score(one, second, marks[1])
    score(good, first, 100, number=2)
    score(once, first, 100)

    assert refusals(cohort, "distinction") == {
        "A": None,
        "B": "The result is 89.5%, 90% is needed.",
        "C": "The result is 50%, 90% is needed.",
        "D": "The course is not completed yet.",
    }
    assert shown(cohort, "distinction") == {
        "A": "Result: 97.5%",
        "B": "Result: 89.5%",
        "C": "Result: 50%",
        "D": "Result: 100%",
    }
    paper = issue(good, by=make_user(), kind="distinction").content
    assert paper["score_band"]["en"] == "90% or more"


def test_a_waived_quiz_counts_for_nothing_and_a_course_without_one_gives_none():
    cohort, (first, second) = make_quiz_cohort(2)
    make_kind("distinction", least_score=90)
    one = make_completed(make_participant(legal_name="A"), cohort)
    score(one, first, 92)
    key = str(second.translation_key)
    waive(one, requirement=key, by=make_user(), reason="Was ill")
    bare = make_cohort()
    make_completed(make_participant(legal_name="B"), bare)

    assert refusals(cohort, "distinction") == {"A": None}
    assert refusals(bare, "distinction") == {
        "B": "The course has no required quiz to go by."
    }


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (90, ("90% or more", "90\xa0% и выше", "۹۰٪ و بالاتر")),
        (100, ("100%", "100\xa0%", "۱۰۰٪")),
    ],
)
def test_a_result_is_said_as_a_band_in_every_language_of_paper(percent, words):
    said = band(percent)

    assert (said["en"], said["ru"], said["fa"]) == words
    assert set(said) == {"en", "ru", "tg", "uz", "ky", "kk", "fa"}


def test_who_taught_gets_the_hours_of_the_sessions_held_and_becomes_a_person():
    cohort = make_cohort(ends_on=clock.now().date())
    make_kind("trainer")
    user = make_trainer(cohort)
    hold(cohort, minutes=90, day=-1)
    last = hold(cohort, minutes=60)
    assert Person.objects.filter(user=user).count() == 0

    certificate = issue_to_trainer(user, cohort=cohort, by=make_user())
    again = issue_to_trainer(user, cohort=cohort, by=make_user())

    assert again == certificate
    person = Person.objects.get(user=user)
    assert (certificate.person, certificate.enrolment) == (person, None)
    assert (person.legal_name, certificate.awarded_on) == (
        "Daler Karimov",
        last.local_date,
    )
    assert certificate.content["attended"]["minutes"] == 150
    (one,) = ready_for(cohort, "trainer")
    assert one.certificate == certificate


def test_who_taught_is_written_to_and_is_the_person_known_by_their_address():
    cohort = make_cohort()
    make_kind("trainer")
    hold(cohort)
    new, known, other = (make_trainer(cohort) for _number in range(3))
    was_there = make_person(legal_name="Known", email=known.email)
    confirm_email(SimpleNamespace(user=known))
    make_person(email=other.email)

    issued = [
        issue_to_trainer(user, cohort=cohort, by=make_user())
        for user in (new, known, other)
    ]

    assert [one.person.email for one in issued] == [new.email, known.email, ""]
    assert issued[1].person == was_there
    assert set(Message.objects.values_list("to", flat=True)) == {
        new.email,
        known.email,
    }


def test_nobody_is_made_a_person_for_a_certificate_that_is_refused():
    cohort = make_cohort()
    make_kind("trainer")
    user = make_trainer(cohort)

    with pytest.raises(NotReady) as refusal:
        issue_to_trainer(user, cohort=cohort, by=make_user())

    assert str(refusal.value) == "No session was held."
    assert not Person.objects.filter(user=user).exists()


def test_who_came_by_the_code_alone_is_given_a_statement_of_the_day_they_came():
    """Nobody took the register: the session was never marked as held."""
    cohort = make_cohort()
    make_kind("attendance")
    place = make_enrolment(cohort=cohort, active_from=clock.now() - timedelta(days=30))
    session = hold(cohort, (place, "present"))
    Session.objects.filter(pk=session.pk).update(status="planned")

    certificate = issue(place, by=make_user(), kind="attendance")

    assert certificate.awarded_on == session.local_date
    assert certificate.content["attended"]["percent"] == "100"


def test_who_looks_in_as_a_participant_gets_nothing_who_is_one_gets_both():
    """CE-22: a trainer's preview makes no place, so no list of participants has them;
    a trainer truly enrolled receives what participants do.
    """
    cohort = make_cohort()
    make_kind("trainer")
    looking, taking_part = make_participant(), make_participant(legal_name="B")
    for person in (looking, taking_part):
        make_staff(cohort, "trainer", user=person.user)
    enrolled = make_completed(taking_part, cohort)
    hold(cohort)

    assert [one.enrolment for one in ready_for(cohort)] == [enrolled]
    issue(enrolled, by=make_user())
    issue_to_trainer(taking_part.user, cohort=cohort, by=make_user())
    assert sorted(taking_part.certificates.values_list("kind", flat=True)) == [
        "completion",
        "trainer",
    ]
    assert not looking.certificates.exists()


def test_other_staff_and_closed_accounts_are_no_trainers():
    cohort = make_cohort()
    make_kind("trainer")
    others = [
        make_staff(cohort, "coordinator", user=make_user(first_name="Zarina")).user,
        make_trainer(cohort, is_active=False),
    ]
    hold(cohort)

    assert ready_for(cohort, "trainer") == []
    for user in others:
        with pytest.raises(NotReady, match="no trainer of the cohort"):
            issue_to_trainer(user, cohort=cohort, by=make_user())


def test_the_months_of_the_rule_go_before_those_of_the_template():
    cohort = make_cohort()
    make_rule("completion", cohort.edition.course_key, valid_months=24)
    here, elsewhere = make_completed(cohort=cohort), make_completed()

    found = [issue(one, by=make_user()).valid_until for one in (here, elsewhere)]

    assert [day and day.isoformat() for day in found] == ["2028-10-14", None]


def test_each_kind_is_valid_once_beside_the_others():
    """CE-01"""
    cohort, (quiz,) = make_quiz_cohort()
    make_kind("distinction", least_score=90)
    make_kind("attendance")
    one = make_completed(cohort=cohort, **LONG)
    score(one, quiz, 95)
    hold(cohort, (one, "present"))

    for kind in ("completion", "distinction", "attendance") * 2:
        issue(one, by=make_user(), kind=kind)

    kinds = Certificate.objects.valid().values_list("kind", flat=True)
    assert sorted(kinds) == ["attendance", "completion", "distinction"]


def queries(call):
    with CaptureQueriesContext(connection) as seen:
        found = list(call())
    return len(seen), len(found)


@pytest.mark.parametrize("kind", ["completion", "attendance", "distinction"])
def test_a_batch_takes_the_same_queries_for_3_people_and_30_of_several_cohorts(kind):
    cohorts = []
    make_kind(kind) if kind != "completion" else make_rule(kind)
    for _number in range(3):
        cohort, (quiz,) = make_quiz_cohort()
        cohorts.append(cohort)
        for _place in range(10):
            one = make_completed(make_participant(), cohort)
            score(one, quiz, 95)
        hold(cohort)
    everybody = Enrolment.objects.all()
    few = everybody.filter(pk__in=list(everybody.values_list("pk", flat=True)[:3]))

    def weigh(places, batch=1000):
        return queries(lambda: candidates_of(places, kind, batch=batch))

    weigh(few)
    small, large, two = weigh(few), weigh(everybody), weigh(everybody, 15)

    # The one more looks whether another batch follows.
    assert small == (large[0], 3)
    assert large[1] == two[1] == 30
    assert two[0] - 1 == 2 * (large[0] - 1)


def test_a_course_may_be_asked_for_by_any_query_of_places():
    first, second = make_cohort(), make_cohort(make_edition(make_course()))
    ready = make_completed(cohort=first)
    open_ = place("B", second)

    found = list(candidates_of(Enrolment.objects.all(), "completion"))

    assert [(one.enrolment, one.refusal) for one in found] == [
        (ready, None),
        (open_, "The course is not completed yet."),
    ]
