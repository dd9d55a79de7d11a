"""What the clock writes: once each, to whom it still concerns."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from courses import clock
from lms import tasks
from lms.actions import messages, reminders, sessions
from lms.actions.session_changes import change_session
from lms.models import Mark, MarkStatus, Message, Override, Person
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_person,
    make_quiz,
    make_session,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

BEFORE = "2026-10-11T09:59+05:00"
DAY_BEFORE = "2026-10-11T10:00+05:00"


def make_group(number=1):
    cohort = make_cohort(
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 31),
        timezone="Asia/Dushanbe",
    )
    active_from = clock.now() - timedelta(days=2)
    for _ in range(number):
        make_enrolment(cohort=cohort, active_from=active_from)
    return cohort, make_session(cohort, local_date=date(2026, 10, 12), place="Room 2")


def sent_after(at, pause=timedelta(minutes=5)):
    at(clock.now() + pause)
    messages.send_due()
    return mail.outbox


def test_a_session_is_announced_once_the_day_before_where_it_is_held(at):
    """CM-01"""
    at(BEFORE)
    make_group(2)
    reminders.remind()
    assert not Message.objects.exists()

    at(DAY_BEFORE)
    reminders.remind()
    reminders.remind()
    tasks.every_minute()
    tasks.every_minute()

    assert Message.objects.count() == 2
    assert len(mail.outbox) == 2
    assert "12 October 2026, 09:00 (Dushanbe time)" in mail.outbox[0].body


def test_who_lives_by_another_clock_reads_both_times_the_sessions_first(at):
    """ATT-43: only where the two differ."""
    at(DAY_BEFORE)
    make_group(3)
    zones = ["Europe/Berlin", "Asia/Dushanbe", "America/New_York"]
    people = list(Person.objects.order_by("pk"))
    for person, zone in zip(people, zones, strict=True):
        person.timezone = zone
        person.save()

    reminders.remind()
    tasks.every_minute()

    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    said = [bodies[person.email].partition("09:00 ")[2] for person in people]
    assert [text.splitlines()[0] for text in said] == [
        "(Dushanbe time); 06:00–07:30 in Berlin.",
        "(Dushanbe time).",
        "(Dushanbe time); 00:00–01:30 in New York.",
    ]


def test_who_enrols_after_the_reminders_is_reminded_too(at):
    at(DAY_BEFORE)
    cohort, _session = make_group()
    reminders.remind()
    make_enrolment(cohort=cohort, active_from=clock.now())

    reminders.remind()

    assert Message.objects.count() == 2


def test_a_session_moved_to_another_day_is_announced_again(at):
    now = at(DAY_BEFORE)
    _cohort, session = make_group()
    reminders.remind()
    change_session(session, by=make_user(), local_date=date(2026, 10, 20))
    at(now + timedelta(days=8))

    reminders.remind()

    kinds = Message.objects.filter(template="lms/mail/session_reminder")
    assert kinds.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_scans_ask_the_same_number_of_queries(at, number):
    at(DAY_BEFORE)
    make_group(number)
    with CaptureQueriesContext(
        connection,
    ) as writing:
        reminders.remind()
    with CaptureQueriesContext(connection) as again:
        reminders.remind()

    assert Message.objects.count() == number
    assert len(writing) <= 8
    assert len(again) == 5


def test_a_reminder_carries_the_session_for_the_calendar(at):
    """CM-08"""
    at(DAY_BEFORE)
    _cohort, session = make_group()
    reminders.remind()
    messages.send_due()

    (letter,) = mail.outbox
    (part,) = letter.attachments
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert str(event["UID"]).startswith(str(session.uid))
    assert event["SEQUENCE"] == 0
    assert event["LOCATION"] == "Room 2"
    assert event["DTSTART"].params["TZID"] == "Asia/Dushanbe"


def event_of(letter):
    (part,) = letter.attachments
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    return calendar["METHOD"], str(event["UID"]), event["SEQUENCE"], event["STATUS"]


def test_each_change_raises_the_sequence_and_keeps_the_uid(at):
    """CM-08"""
    at(BEFORE)
    _cohort, session = make_group()
    by = make_user()

    change_session(session, by=by, place="Room 3")
    sent_after(at)
    sessions.cancel(session, by=by, reason="Snow")
    sent_after(at)

    uid = f"{session.uid}@localhost"
    assert [event_of(letter) for letter in mail.outbox] == [
        ("REQUEST", uid, 1, "CONFIRMED"),
        ("CANCEL", uid, 2, "CANCELLED"),
    ]
    assert "Reason: Snow" in mail.outbox[1].body


def test_two_changes_at_once_are_told_in_one_letter(at):
    """CM-02"""
    at(BEFORE)
    _cohort, session = make_group()
    by = make_user()
    change_session(session, by=by, place="Room 3")
    change_session(session, by=by, place="Room 4")

    (letter,) = sent_after(at)

    assert "Place: Room 4" in letter.body
    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["dropped", "sent"]


def test_a_change_that_nobody_relies_on_is_told_to_nobody(at):
    at(BEFORE)
    _cohort, session = make_group()

    change_session(session, by=make_user(), title="First day")

    assert not Message.objects.exists()


def test_a_trainer_who_also_takes_part_gets_one_letter(at):
    """CM-03"""
    at(BEFORE)
    cohort, session = make_group(0)
    both = make_user(email="Both@example.org")
    make_enrolment(make_person(email="both@example.org"), cohort)
    make_staff(cohort, user=both)
    make_staff(cohort, user=make_user(email="only@example.org"))

    change_session(session, by=both, place="Room 3")
    sent_after(at)

    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "both@example.org",
        "only@example.org",
    ]


def mark(session, place, code):
    return Mark.objects.create(
        session=session,
        enrolment=place,
        status=MarkStatus.objects.get(code=code),
        source="trainer",
        marked_at=clock.now(),
    )


def test_who_missed_a_session_is_told_once_an_hour_after_the_register_is_signed(at):
    """CM-02"""
    now = at("2026-10-12T12:00+05:00")
    cohort, session = make_group(3)
    places = list(cohort.enrolments.order_by("pk"))
    for place, code in zip(places, ["absent", "excused", "absent"], strict=True):
        mark(session, place, code)
    session.status, session.register = "held", "signed"
    session.signed_at, session.signed_by = now, make_user()
    session.save()

    reminders.remind()
    assert not Message.objects.exists()
    at(now + timedelta(hours=1))
    reminders.remind()
    Mark.objects.filter(enrolment=places[2]).update(
        status=MarkStatus.objects.get(code="present")
    )
    reminders.remind()
    messages.send_due()

    assert [letter.to for letter in mail.outbox] == [[places[0].person.email]]
    corrected = Message.objects.get(person=places[2].person)
    assert corrected.dropped_because == "corrected"


def test_a_quiz_that_opens_is_told_to_those_whose_course_has_it(at):
    now = at("2026-10-12T12:00+05:00")
    course = make_course()
    quiz = make_quiz(make_module(course))
    cohort = make_cohort(make_edition(course, quiz))
    place = make_enrolment(cohort=cohort)
    other = make_enrolment(place.person, make_cohort())
    given = {"reason": "x", "by": make_user(), "created_at": now}
    opens_at = now + timedelta(hours=1)
    for whom in ({"cohort": cohort}, {"person": place.person}):
        Override.objects.create(
            quiz_key=quiz.translation_key, opens_at=opens_at, **whom, **given
        )

    reminders.remind()
    assert not Message.objects.exists()
    at(opens_at)
    reminders.remind()
    reminders.remind()

    assert set(Message.objects.values_list("cohort", flat=True)) == {cohort.pk}
    assert not Message.objects.filter(cohort=other.cohort).exists()


def test_publishing_a_course_writes_to_nobody(django_capture_on_commit_callbacks):
    """CM-07"""
    make_enrolment()
    course = make_course()
    with django_capture_on_commit_callbacks(execute=True):
        quiz = make_quiz(make_module(course))
        for page in (quiz, course):
            page.save_revision().publish()
        make_edition(course, quiz)
    tasks.every_minute()

    assert not Message.objects.exists()
    assert mail.outbox == []
