"""Certificates that issue themselves: once, and not tried for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from certificates.actions import automatic
from certificates.actions.issuing import issue
from certificates.models import (
    AutomaticRefusal,
    Certificate,
    CertificateTemplate,
)
from certificates.panels import not_issued, ready
from courses import clock
from lms import tasks
from lms.actions.people import change_person
from lms.actions.progress import complete_activity
from lms.models import Cohort
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_user,
)

from .awards import (
    hold,
    make_kind,
    make_quiz_cohort,
    make_rule,
    make_trainer,
    score,
    without_template,
)
from .builders import make_completed

pytestmark = pytest.mark.django_db


def valid():
    rows = Certificate.objects.valid().order_by("pk")
    return list(rows.values_list("enrolment", "kind", "issued_by"))


def lesson_cohort():
    course = make_course()
    lesson = make_lesson(make_module(course))
    return make_cohort(make_edition(course, lesson)), lesson


def finish(place, lesson):
    complete_activity(
        place,
        activity=lesson.translation_key,
        source="participant",
        by=place.person.user,
    )


def test_completing_issues_it_once_the_completion_is_kept(
    django_capture_on_commit_callbacks,
):
    cohort, lesson = lesson_cohort()
    make_rule("completion", decided_by="automatic")
    place = make_enrolment(cohort=cohort)

    with django_capture_on_commit_callbacks() as after:
        finish(place, lesson)
    assert valid() == []
    for callback in after:
        callback()

    assert valid() == [(place.pk, "completion", None)]


def test_the_minutes_job_finds_who_was_missed_and_doubles_nobody():
    """CE-01"""
    make_rule("completion", decided_by="automatic")
    place = make_completed()

    for _minute in range(3):
        tasks.every_minute()

    assert valid() == [(place.pk, "completion", None)]


def test_nothing_issues_itself_where_the_rule_does_not_say_so():
    make_rule("completion", decided_by="automatic")
    by_hand = make_completed()
    make_rule("completion", by_hand.cohort.edition.course_key)
    make_enrolment()

    assert automatic.issue_due() == 0


def test_what_was_revoked_does_not_come_back_by_itself():
    make_rule("completion", decided_by="automatic")
    certificate = issue(make_completed(), by=make_user())
    Certificate.objects.filter(pk=certificate.pk).update(
        status="revoked", ended_at=clock.now(), ended_reason="x"
    )

    assert automatic.issue_due() == 0
    assert not AutomaticRefusal.objects.exists()


def test_a_refusal_is_remembered_shown_and_tried_once_a_day_for_a_week(at):
    make_rule("completion", decided_by="automatic")
    place = make_completed(make_participant(legal_name="E 김"))
    now = clock.now()

    tries = []
    for hours in (0, 1, 23, 25, 26, *(25 + 25 * day for day in range(1, 12))):
        at(now + timedelta(hours=hours))
        automatic.issue_due()
        tries.append(AutomaticRefusal.objects.get().tries)

    assert tries == [1, 1, 1, 2, 2, 3, 4, 5, 6, 7, *[7] * 6]
    row = AutomaticRefusal.objects.get()
    assert "HANGUL SYLLABLE GIM" in row.reason
    (task,) = not_issued(Cohort.objects.all())
    assert (task.cohort, task.count) == (place.cohort, 1)


def test_trying_again_forgets_and_a_certificate_by_hand_does_so_too():
    make_rule("completion", decided_by="automatic")
    first = make_completed(make_participant(legal_name="E 김"))
    second = make_completed(make_participant(legal_name="F 김"))
    automatic.issue_due()
    for place in (first, second):
        change_person(place.person, by=make_user(), legal_name="Named Anew")

    automatic.try_again(first.cohort, by=make_user())
    assert automatic.issue_due() == 1
    issue(second, by=make_user())

    assert not AutomaticRefusal.objects.exists()
    assert len(valid()) == 2


def test_who_did_not_reach_a_distinction_is_remembered_and_bothers_nobody():
    cohort, (quiz,) = make_quiz_cohort()
    make_kind("distinction", least_score=90, decided_by="automatic")
    good, fair = make_completed(cohort=cohort), make_completed(cohort=cohort)
    score(good, quiz, 95)
    score(fair, quiz, 80)

    assert automatic.issue_due() == 1

    assert valid() == [(good.pk, "distinction", None)]
    row = AutomaticRefusal.objects.get()
    assert (row.enrolment, row.is_earned) == (fair, False)
    assert not_issued(Cohort.objects.all()) == []


def wait_a_week(at):
    """As many nights as something refused is tried again by itself."""
    now = clock.now()
    for day in range(1, 10):
        at(now + timedelta(days=day))
        automatic.look_again()
        automatic.issue_due()


def test_who_reaches_a_distinction_later_gets_it_the_night_after(at):
    cohort, (quiz,) = make_quiz_cohort()
    make_kind("distinction", least_score=90, decided_by="automatic")
    place = make_completed(cohort=cohort)
    score(place, quiz, 80)
    automatic.issue_due()
    wait_a_week(at)
    assert valid() == []

    score(place, quiz, 95, number=2)

    assert automatic.issue_due() == 0
    tasks.every_night()
    assert automatic.issue_due() == 1
    assert valid() == [(place.pk, "distinction", None)]


def test_the_end_of_a_path_waits_for_its_last_certificate_and_bothers_nobody(at):
    """CE-21: in whatever order the courses are taken."""
    first, last = (make_cohort(make_edition(make_course())) for _number in range(2))
    person = make_participant()
    after = [str(first.edition.course_key)]
    key = last.edition.course_key
    make_rule("completion", key, after=after, decided_by="automatic")
    end = make_completed(person, last)
    automatic.issue_due()
    wait_a_week(at)
    assert not_issued(Cohort.objects.all()) == []

    issue(make_completed(person, first), by=make_user())

    automatic.look_again()
    automatic.issue_due()
    assert (end.pk, "completion", None) in valid()


def test_what_is_wrong_for_everybody_is_held_against_nobody():
    make_rule("completion", decided_by="automatic")
    make_completed()
    CertificateTemplate.objects.filter(kind="completion").update(course_key=uuid4())

    assert automatic.issue_due() == 0
    assert not AutomaticRefusal.objects.exists()


def test_a_course_without_a_template_keeps_no_other_course_from_theirs():
    make_rule("completion", decided_by="automatic")
    first, second, other = make_completed(), make_completed(), make_completed()
    for stuck in (first, second):
        without_template(stuck.cohort)

    assert automatic.issue_due() == 1

    assert valid() == [(other.pk, "completion", None)]
    assert not AutomaticRefusal.objects.exists()


def test_statements_and_trainers_come_the_night_after_the_cohort():
    cohort = make_cohort(ends_on=clock.now().date())
    make_kind("attendance", decided_by="automatic")
    make_kind("trainer", decided_by="automatic")
    user = make_trainer(cohort)
    here = make_enrolment(cohort=cohort, active_from=clock.now() - timedelta(days=30))
    hold(cohort, (here, "present"))
    running = make_cohort()
    make_trainer(running)
    hold(running)

    for _night in range(2):
        automatic.issue_over()

    assert valid() == [(here.pk, "attendance", None), (None, "trainer", None)]
    assert Certificate.objects.get(kind="trainer").person.user == user


def test_one_trainer_that_fails_keeps_no_other_from_theirs(monkeypatch, caplog):
    make_kind("trainer", decided_by="automatic")
    for _cohort in range(2):
        cohort = make_cohort(ends_on=clock.now().date())
        make_trainer(cohort)
        hold(cohort)
    give, failures = automatic.award_trainer, [ValueError("Nigina")]

    def fail_once(claim, *, by):
        if failures:
            raise failures.pop()
        return give(claim, by=by)

    monkeypatch.setattr(automatic, "award_trainer", fail_once)

    assert automatic.issue_over() == 1
    # Where it failed is enough for whoever mends it; the text may quote somebody.
    assert "ValueError" in caplog.text
    assert "in fail_once" in caplog.text
    assert "Nigina" not in caplog.text
    caplog.clear()


def test_sending_letters_and_copies_issues_nothing():
    """CE-23: copies go out for what is issued; sending never issues."""
    make_completed()

    tasks.every_minute()
    tasks.every_night()

    assert not Certificate.objects.exists()
    assert storages["private"].listdir("")[1] == []


def test_the_coordinator_reads_why_and_has_it_tried_again(cast, client):
    make_rule("completion", decided_by="automatic")
    make_completed(make_participant(legal_name="E 김"), cast.cohort)
    automatic.issue_due()
    client.force_login(cast.coordinator)
    url = reverse("certificates:not_issued", args=[cast.cohort.pk])

    assert "HANGUL SYLLABLE GIM" in client.get(url).content.decode()
    client.post(url)

    assert not AutomaticRefusal.objects.exists()


def test_the_dashboard_counts_only_those_whom_somebody_has_to_issue_one():
    own, off, automatic_one = make_completed(), make_completed(), make_completed()
    make_rule("completion", off.cohort.edition.course_key, is_on=False)
    key = automatic_one.cohort.edition.course_key
    make_rule("completion", key, decided_by="automatic")

    assert [task.cohort for task in ready(Cohort.objects.all())] == [own.cohort]
