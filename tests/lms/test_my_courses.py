"""My courses: what to do next, then the rest."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from courses import clock
from lms import earned
from lms.actions import progress
from lms.models import Enrolment
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_session,
)
from tests.lms.sitting import make_sitting, start

pytestmark = pytest.mark.django_db

ADDRESS = "/en/my/"


def make_place(person, lessons=2, **cohort):
    course = make_course()
    module = make_module(course)
    pages = [make_lesson(module) for _ in range(lessons)]
    cohort = make_cohort(make_edition(course, *pages), **cohort)
    return make_enrolment(person, cohort), course, pages


def test_my_courses_are_for_people_who_are_signed_in(client):
    assert reverse("lms:my_courses") == ADDRESS
    assert client.get(ADDRESS).status_code == 302


def test_somebody_without_a_course_is_shown_the_way(client):
    client.force_login(make_participant().user)

    assert "You have no course yet" in client.get(ADDRESS).content.decode()


def test_the_one_thing_to_do_next_stands_first(client, at):
    now = at("2026-10-12T09:00+05:00")
    person = make_participant()
    _, _, quiet_pages = make_place(person)
    enrolment, course, pages = make_place(person)
    at(now + timedelta(hours=1))
    progress.open_activity(enrolment, activity=pages[0].translation_key)
    client.force_login(person.user)

    context = client.get(ADDRESS).context

    assert context["next"].course.title == course.title
    assert context["next"].next_activity.title == pages[1].title
    assert context["next"].percent == 50
    assert [p.next_activity.title for p in context["running"]] == [quiet_pages[0].title]


def test_a_running_quiz_comes_before_everything(client):
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)
    make_place(enrolment.person)
    client.force_login(enrolment.person.user)

    text = client.get(ADDRESS).content.decode()

    main = text.partition("next-up")[2]
    assert reverse("lms:attempt", args=[attempt.pk]) in main.partition("</section>")[0]


def test_what_is_completed_shows_what_it_earned(client, monkeypatch):
    monkeypatch.setattr(earned, "_sources", [])
    person = make_participant()
    enrolment, _, pages = make_place(person, lessons=1)
    progress.open_activity(enrolment, activity=pages[0].translation_key)
    earned.register(
        lambda rows: {row.pk: [earned.Link("Certificate", "/c/1")] for row in rows}
    )
    client.force_login(person.user)

    response = client.get(ADDRESS)

    assert response.context["next"] is None
    assert [p.enrolment for p in response.context["completed"]] == [enrolment]
    assert '<a href="/c/1">' in response.content.decode()


def test_sessions_coming_are_those_of_my_cohorts_not_over_yet(client, at):
    at("2026-10-12T09:00+05:00")
    person = make_participant()
    enrolment, *_ = make_place(person)
    today = clock.now().date()
    days = [today - timedelta(days=1), today + timedelta(days=1), today]
    _, tomorrow, running = [
        make_session(enrolment.cohort, local_date=day) for day in days
    ]
    make_session(
        enrolment.cohort, local_date=today, local_time=time(11), status="cancelled"
    )
    make_session()
    client.force_login(person.user)

    assert client.get(ADDRESS).context["sessions"] == [running, tomorrow]


def test_a_course_with_sessions_leads_to_ones_attendance_and_code(client):
    person = make_participant()
    places = [make_place(person)[0] for _ in range(2)]
    make_session(places[0].cohort)
    client.force_login(person.user)

    text = client.get(ADDRESS).content.decode()

    for name in ("lms:my_attendance", "lms:my_code"):
        there = [reverse(name, args=[place.pk]) in text for place in places]
        assert there == [True, False]


def test_a_place_given_up_is_not_listed(client):
    person = make_participant()
    make_place(person)
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    client.force_login(person.user)

    assert client.get(ADDRESS).context["is_empty"]


def test_three_courses_take_as_many_queries_as_one(
    client, django_assert_max_num_queries
):
    counts = []
    for how_many in (1, 3):
        person = make_participant()
        for _ in range(how_many):
            enrolment, _, pages = make_place(person)
            make_session(enrolment.cohort)
            progress.open_activity(enrolment, activity=pages[0].translation_key)
        client.force_login(person.user)
        # The very first page of a site also makes its settings.
        for _ in range(2):
            client.get(ADDRESS)
        with django_assert_max_num_queries(20) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_session_of_somebody_else_is_not_given_for_the_calendar(client):
    """PR-11"""
    session = make_session()
    client.force_login(make_participant().user)
    address = reverse("lms:session_file", args=[session.pk])

    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_my_session_is_taken_into_the_calendar_by_the_same_uid_as_by_mail(client, at):
    """CM-08"""
    at("2026-10-12T08:00+05:00")
    person = make_participant()
    place, _course, _pages = make_place(person)
    day = clock.now().date()
    session = make_session(place.cohort, local_date=day, title="What nobody may read")
    client.force_login(person.user)
    address = reverse("lms:session_file", args=[session.pk])

    assert address in client.get(ADDRESS).text
    answer = client.get(address)

    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{session.uid}@" in answer.text.replace("\r\n ", "")
    assert "What nobody may read" not in answer.text
