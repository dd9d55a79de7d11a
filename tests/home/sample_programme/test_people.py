"""Its people, cohorts and records: they agree with each other and with the rules."""

from collections import Counter

import pytest
from django.contrib.auth.models import Group

from certificates.models import Certificate
from courses.models import (
    CoursePage,
    QuizPage,
)
from home.models import User
from home.sample.accounts import READY
from lms.actions.progress import evaluate
from lms.duplicates import SIGNS, suggestions
from lms.gain import gain_of
from lms.models import (
    Apology,
    Attempt,
    Cohort,
    CorrectionRequest,
    Enrolment,
    Event,
    Invitation,
    Mark,
    Message,
    Nomination,
    Progress,
    Project,
    Session,
    Survey,
)
from lms.namesakes import Sign
from lms.reports import indicators, knowledge_gain
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS

from .expected import BOTH_YEARS, NOW, PRE_TESTS

pytestmark = pytest.mark.indexed


def test_an_attempt_has_the_six_fixed_questions_and_four_others(programme):
    fixed = {
        quiz.translation_key: {
            slot.question.translation_key for slot in quiz.slots.all() if slot.question
        }
        for quiz in QuizPage.objects.filter(locale__language_code="en")
    }

    attempts = Attempt.objects.exclude(quiz_key__in=PRE_TESTS)
    assert attempts.exists()
    for attempt in attempts:
        dealt = list(attempt.responses.values_list("question_key", flat=True))
        assert len(dealt) == len(set(dealt)) == 10
        assert len(set(dealt) & fixed[attempt.quiz_key]) == 6


def test_whoever_completed_meets_every_requirement(programme):
    completed = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED)

    assert completed.exists()
    for enrolment in completed:
        assert all(requirement.met for requirement in evaluate(enrolment))


def test_whoever_is_active_still_lacks_something(programme):
    for enrolment in Enrolment.objects.filter(status=Enrolment.Status.ACTIVE):
        assert not all(requirement.met for requirement in evaluate(enrolment))


def test_every_certificate_belongs_to_a_place_completed_on_its_day(programme):
    rows = Certificate.objects.select_related("enrolment")

    assert set(rows.values_list("status", flat=True)) == {
        "valid",
        "superseded",
        "revoked",
    }
    assert set(rows.values_list("kind", flat=True)) == {
        "completion",
        "attendance",
        "trainer",
    }
    for row in rows.filter(kind__in=["completion", "distinction"]):
        assert row.enrolment.status == Enrolment.Status.COMPLETED
        assert row.awarded_on == row.enrolment.completed_on
        assert row.awarded_on <= row.issued_at.date()


def test_everybody_who_completed_a_finished_cohort_has_a_certificate(programme):
    completed = Enrolment.objects.filter(
        cohort__status=Cohort.Status.FINISHED, status=Enrolment.Status.COMPLETED
    )

    assert not completed.filter(certificates=None).exists()


def test_a_session_that_was_held_is_signed_off_and_none_to_come_is_marked(programme):
    today = NOW.date()
    past = Session.objects.filter(local_date__lt=today)

    assert set(past.values_list("status", "register")) == {("held", "signed")}
    assert not Mark.objects.filter(session__local_date__gte=today).exists()


def test_nothing_happened_later_than_now(programme):
    assert not Enrolment.objects.filter(active_from__gt=NOW).exists()
    assert not Progress.objects.filter(seen_at__gt=NOW).exists()
    assert not Attempt.objects.filter(ended_at__gt=NOW).exists()
    assert not Certificate.objects.filter(issued_at__gt=NOW).exists()


def test_cohorts_are_finished_running_and_planned_and_one_can_be_joined(programme):
    statuses = Counter(Cohort.objects.values_list("status", flat=True))

    assert statuses == {"finished": 6, "running": 2, "planned": 3}
    assert (
        Cohort.objects.taking_people(NOW.date()).filter(admission="open").count() == 1
    )


def test_the_four_accounts_wait_for_a_password_and_hold_their_roles(programme):
    users = {name: User.objects.get(username=name) for name in READY}
    groups = {
        name: set(user.groups.exclude(name__startswith="Authors"))
        for name, user in users.items()
    }

    def group(name):
        return {Group.objects.get(name=name)}

    assert not any(user.has_usable_password() for user in users.values())
    assert all(user.emailaddress_set.get().verified for user in users.values())
    assert groups == {
        "administrator": group(ADMINISTRATORS),
        "trainer": group(TRAINERS),
        "observer": group(OBSERVERS),
        "participant": set(),
    }


def test_the_trainer_leads_two_running_cohorts_and_has_a_session_today(programme):
    cohorts = Cohort.objects.filter(staff__user__username="trainer")

    assert list(cohorts.values_list("status", flat=True)) == ["running", "running"]
    assert Session.objects.filter(cohort__in=cohorts, local_date=NOW.date()).exists()


def test_the_participant_has_a_certificate_and_is_in_the_middle_of_a_course(programme):
    places = Enrolment.objects.filter(person__user__username="participant")
    active = places.get(status=Enrolment.Status.ACTIVE)
    lessons = [one for one in evaluate(active) if one.kind == "lesson"]

    assert places.get(status=Enrolment.Status.COMPLETED).certificates.valid().exists()
    assert 1 < sum(one.met for one in lessons) < len(lessons)


def test_each_cohort_belongs_to_one_of_two_projects(programme):
    cohorts = Cohort.objects.all()

    assert Project.objects.count() == 2
    assert not cohorts.filter(project=None).exists()
    assert cohorts.values("project").distinct().count() == 2


def test_where_people_ask_for_a_seat_all_are_taken_and_others_wait(programme):
    cohort = Cohort.objects.get(admission=Cohort.Admission.REQUEST)
    places = cohort.enrolments
    statuses = Counter(places.values_list("status", flat=True))

    assert statuses == {
        "active": 7,
        "offered": 1,
        "waitlisted": 3,
        "requested": 2,
        "withdrawn": 1,
    }
    assert places.seated().count() == cohort.capacity
    assert places.get(status=Enrolment.Status.OFFERED).offered_until > NOW


def test_an_organisation_has_used_some_of_its_seats_and_a_guest_is_expected(programme):
    nomination = Nomination.objects.get()
    used = nomination.nominees.exclude(enrolment=None)

    assert nomination.cohort.status == Cohort.Status.PLANNED
    assert (used.count(), nomination.seats_left) == (3, 2)
    assert Invitation.objects.unclaimed(NOW).count() == 1


def test_events_were_held_in_two_years_in_several_centres(programme):
    events = Event.objects.standing().prefetch_related("counts")

    assert {event.held_on.year for event in events} == {NOW.year - 1, NOW.year}
    assert len({event.centre for event in events}) > 4
    assert len({event.kind for event in events}) > 4
    assert all(event.heads and event.project for event in events)


def test_whoever_sat_the_pre_test_knew_more_after_the_course(programme):
    sittings = knowledge_gain.sittings_of(BOTH_YEARS)
    gain = gain_of(one.pair for one in sittings if one.before and one.after)

    assert gain.n > 1
    assert gain.gain > 10


def test_a_pre_test_comes_before_every_lesson_and_nobody_needs_it(programme):
    first = Attempt.objects.filter(quiz_key__in=PRE_TESTS)

    for attempt in first:
        seen = Progress.objects.filter(enrolment=attempt.enrolment)
        assert not seen.filter(seen_at__lt=attempt.started_at).exists()
    assert (
        Enrolment.objects.filter(
            cohort__in=first.values("enrolment__cohort"),
            status=Enrolment.Status.COMPLETED,
        )
        .exclude(attempts__quiz_key__in=PRE_TESTS)
        .exists()
    )


def test_every_course_counts_for_an_indicator_and_each_has_people(programme):
    assert all(course.indicators for course in CoursePage.objects.all())
    for counted in indicators.INDICATORS:
        assert indicators.rows_of(BOTH_YEARS, counted).exists()


def test_staff_find_a_correction_to_answer_and_a_person_who_is_there_twice(programme):
    likeliest = suggestions(User.objects.get(username="administrator"))[0]

    assert CorrectionRequest.objects.open().count() == 1
    assert {SIGNS[Sign.ADDRESS], SIGNS[Sign.NAME]} <= set(likeliest.signs)


def test_a_cohort_that_is_over_was_asked_how_it_was(programme):
    survey = Survey.objects.get()
    asked = survey.invitations.count()

    assert survey.is_over(NOW)
    assert survey.answers.count() == min(asked, 12)
    assert survey.invitations.exclude(answered_on=None).count() == min(asked, 12)


def test_at_one_door_codes_were_read_and_somebody_came_without_a_place(programme):
    """What a trainer has to look at, to match and to decide is there to be seen."""
    [session] = Session.objects.filter(mark_events__kind="entry").distinct()
    flags = session.mark_events.filter(source="room_code").values_list("flags")
    came, left = (session.mark_events.filter(kind=kind) for kind in ("entry", "exit"))

    assert 0 < came.count() == left.count()
    assert list(flags) == [(["same_device"],)] * 2
    assert Enrolment.objects.guests().count() == 1
    assert Apology.objects.get().is_open


def test_no_letter_is_left_for_addresses_where_nobody_lives(programme):
    assert Message.objects.exists()
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
