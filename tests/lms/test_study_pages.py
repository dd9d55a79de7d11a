"""The gate before a course's pages, and what participants do on them."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from lms.actions import progress
from lms.models import Cohort, Enrolment, Progress
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_member,
    make_module,
    make_participant,
    make_staff,
    make_user,
)

from .done import completed_keys

pytestmark = pytest.mark.django_db

CHECK = {
    "question": "Who may interpret?",
    "choices": [
        {"text": "A relative", "correct": False, "feedback": "May be afraid."},
        {"text": "An independent interpreter", "correct": True, "feedback": "Yes."},
    ],
}


@pytest.fixture(scope="module")
def place_once(once):
    """A course of three lessons and a participant in it."""
    course = make_course()
    module = make_module(course)
    lessons = [
        make_lesson(module, completes=completes, least_seconds=60 * (n == 0))
        for n, completes in enumerate(["read", "self_check", "sign_off"])
    ]
    lessons[1].body = [("self_check", CHECK)]
    lessons[1].save()
    edition = make_edition(course, *lessons)
    return make_enrolment(cohort=make_cohort(edition)), course, lessons


@pytest.fixture
def place(place_once, db):
    return deepcopy(place_once)


def url(name, page):
    return reverse(f"lms:{name}", args=[page.translation_key])


def stamp(response):
    return re.search(r'name="shown" value="([^"]+)"', response.content.decode())[1]


def check_name(page):
    [block] = page.specific.body
    return block.value.name


# The gate.


def test_a_lesson_asks_who_is_not_signed_in_to_sign_in(client, place):
    _, _, lessons = place

    response = client.get(lessons[0].url)

    assert response.status_code == 302
    assert "login" in response.url
    assert lessons[0].url in response.url


def test_a_stranger_is_told_how_to_join(client, place):
    enrolment, course, lessons = place
    Cohort.objects.update(admission=Cohort.Admission.OPEN)
    client.force_login(make_user())

    response = client.get(lessons[0].url)

    text = response.content.decode()
    assert response.status_code == 403
    assert "In a safe place." not in text
    assert course.title in text
    assert reverse("lms:join", args=[enrolment.cohort.code]) in text


def test_a_withdrawn_participant_no_longer_reads(client, place):
    enrolment, _, lessons = place
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    client.force_login(enrolment.person.user)

    assert client.get(lessons[0].url).status_code == 403
    assert client.post(url("complete", lessons[0])).status_code == 404


def test_everybody_sees_what_the_course_is_about(client, place):
    _, course, _ = place

    assert client.get(course.url).status_code == 200


def test_a_trainer_reads_along_and_leaves_no_trace(client, place):
    """CO-13."""
    enrolment, course, lessons = place
    trainer = make_staff(enrolment.cohort).user
    client.force_login(trainer)
    logged = PageLogEntry.objects.count()

    pages = [client.get(page.url).status_code for page in (course, *lessons)]
    posts = [
        client.post(url(name, lessons[0])).status_code
        for name in ("opened", "complete", "undo", "self_check")
    ]

    assert (pages, posts) == ([200] * 4, [404] * 4)
    assert not Progress.objects.exists()
    assert PageLogEntry.objects.count() == logged


def test_looking_at_pages_writes_nothing(client, place):
    enrolment, course, lessons = place
    client.force_login(enrolment.person.user)

    for page in (course, *lessons):
        assert client.get(page.url).status_code == 200
    for name in ("opened", "complete", "undo", "self_check"):
        assert client.get(url(name, lessons[0])).status_code == 405

    assert not Progress.objects.exists()


def test_a_lesson_page_takes_at_most_four_queries(
    client, place, django_assert_max_num_queries
):
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    # The very first page of a site also makes its settings.
    for _ in range(2):
        client.get(lessons[0].url)

    with django_assert_max_num_queries(4):
        client.get(lessons[0].url)


# Reading.


def test_done_too_soon_says_how_long_and_counts_from_the_first_sight(client, place, at):
    shown = at("2026-10-12T09:00+05:00")
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    first = stamp(client.get(lessons[0].url))

    at(shown + timedelta(seconds=25))
    response = client.post(url("complete", lessons[0]), {"shown": first}, follow=True)
    again = stamp(response)
    at(shown + timedelta(seconds=61))
    done = client.post(url("complete", lessons[0]), {"shown": again})

    assert "Press again in 35 seconds." in response.content.decode()
    assert done.url == lessons[1].url
    assert completed_keys(enrolment) == {str(lessons[0].translation_key)}


@pytest.mark.parametrize("forged", ["", "rubbish", "other page"])
def test_a_forged_time_starts_the_clock_anew(client, place, at, forged):
    shown = at("2026-10-12T09:00+05:00")
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    if forged == "other page":
        forged = stamp(client.get(lessons[2].url))

    at(shown + timedelta(hours=1))
    client.post(url("complete", lessons[0]), {"shown": forged})

    assert not completed_keys(enrolment)


def test_the_same_post_twice_leads_to_the_same_page(client, place, at):
    shown = at("2026-10-12T09:00+05:00")
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    data = {"shown": stamp(client.get(lessons[0].url))}
    at(shown + timedelta(hours=1))

    answers = [client.post(url("complete", lessons[0]), data).url for _ in range(2)]

    assert answers == [lessons[1].url] * 2
    assert Progress.objects.count() == 1


def test_the_script_says_that_the_participant_is_here(client, place):
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)

    response = client.post(url("opened", lessons[0]))

    assert response.status_code == 204
    assert enrolment.progress.get().state == Progress.State.OPENED


def test_done_is_taken_back(client, place):
    enrolment, _, lessons = place
    key = lessons[0].translation_key
    progress.complete_activity(
        enrolment, activity=key, source="participant", by=enrolment.person.user
    )
    client.force_login(enrolment.person.user)

    client.post(url("undo", lessons[0]))

    assert not completed_keys(enrolment)


def test_a_lesson_to_sign_off_lets_one_go_on(client, place):
    enrolment, course, lessons = place
    client.force_login(enrolment.person.user)

    response = client.post(url("complete", lessons[2]))

    assert response.url == course.url
    assert enrolment.progress.get().state == Progress.State.OPENED


def test_a_post_after_the_sign_in_ran_out_leads_back_to_the_page(client, place):
    _, _, lessons = place
    address = url("complete", lessons[0])

    here = client.post(
        address, headers={"referer": f"http://testserver{lessons[0].url}"}
    )
    elsewhere = client.post(address, headers={"referer": "https://example.org/x"})

    assert here.url.endswith(f"next={lessons[0].url}")
    assert elsewhere.url.endswith("next=/en/my/")


# Self-check.


def test_an_answered_self_check_shows_feedback_and_completes_the_lesson(client, place):
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    name = check_name(lessons[1])

    page = client.get(lessons[1].url).content.decode()
    response = client.post(url("self_check", lessons[1]), {name: "0"}, follow=True)

    assert f'form="self-check" name="{name}"' in page
    assert "May be afraid." in response.content.decode().partition('id="foot"')[2]
    assert completed_keys(enrolment) == {str(lessons[1].translation_key)}


@pytest.mark.parametrize("value", [None, "9", "-1", "x"])
def test_a_self_check_without_an_answer_completes_nothing(client, place, value):
    enrolment, _, lessons = place
    client.force_login(enrolment.person.user)
    data = {} if value is None else {check_name(lessons[1]): value}

    response = client.post(url("self_check", lessons[1]), data, follow=True)

    assert "Answer each question of the self-check." in response.content.decode()
    assert not completed_keys(enrolment)


# Where I stopped.


def test_the_course_goes_on_where_i_stopped(client, place, at):
    now = at("2026-10-12T09:00+05:00")
    enrolment, course, lessons = place
    client.force_login(enrolment.person.user)

    def next_one():
        text = client.get(course.url).content.decode()
        return re.search(r"Continue: ([^<]+)<", text)[1]

    seen = [next_one()]
    client.post(url("opened", lessons[1]))
    seen.append(next_one())
    at(now + timedelta(minutes=5))
    client.post(url("complete", lessons[2]))
    seen.append(next_one())

    titles = [lesson.title for lesson in lessons]
    assert seen == [titles[0], titles[1], titles[0]]


def test_the_course_page_says_what_is_missing_and_why(client, place):
    enrolment, course, _ = place
    client.force_login(enrolment.person.user)

    text = client.get(course.url).content.decode()

    assert "Not read to the end yet." in text
    assert "The trainer has not signed it off yet." in text


# Joining.


def test_an_open_cohort_is_joined_by_a_post_only(client, place):
    enrolment, course, _ = place
    Cohort.objects.update(admission=Cohort.Admission.OPEN)
    person = make_member()
    client.force_login(person.user)
    address = reverse("lms:join", args=[enrolment.cohort.code])

    opened = client.get(address).url
    places = Enrolment.objects.filter(person=person).count()
    posted = [client.post(address).url for _ in range(2)]

    assert (opened, places, posted) == (course.url, 0, [course.url] * 2)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_a_cohort_of_staff_cannot_be_joined(client, place):
    enrolment, _, _ = place
    client.force_login(make_participant().user)

    response = client.post(reverse("lms:join", args=[enrolment.cohort.code]))

    assert response.status_code == 404
    assert Enrolment.objects.count() == 1


def test_an_activity_that_does_not_exist_is_not_found(client, place):
    enrolment, course, _ = place
    client.force_login(enrolment.person.user)
    nowhere = reverse("lms:complete", args=["1f4e79a0-0000-4000-8000-000000000001"])

    assert client.post(nowhere).status_code == 404
    assert client.post(url("complete", course)).status_code == 404
