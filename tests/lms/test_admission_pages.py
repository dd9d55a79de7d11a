"""Pages for those who come in, and the page of an organisation that sends people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions.waiting_list import offer_seats
from lms.models import Enrolment
from lms.views.admission import TRIES
from lms.ways_in import ways_in
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_invitation,
    make_member,
    make_nomination,
    make_nominee,
    make_participant,
)

from .test_admission import later

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"lms:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("door", ["place", "accept_offer", "decline_offer"])
def test_nobody_else_sees_or_answers_for_my_place(client, door):
    """PR-11"""
    place = make_enrolment(cohort=later(), status="offered")
    client.force_login(make_participant().user)
    ask = client.get if door == "place" else client.post

    assert ask(url(door, place.pk)).status_code == 404

    place.refresh_from_db()
    assert place.status == "offered"


def test_the_place_in_the_queue_is_told_in_numbers(client):
    """EN-03"""
    cohort = later(capacity=0)
    places = [make_enrolment(cohort=cohort, status="waitlisted") for _ in range(3)]
    client.force_login(places[1].person.user)

    page = text(client.get(url("place", places[1].pk)))

    assert "You are number 2 of 3 on the waiting list" in page


def test_an_offer_says_when_it_ends_in_the_place_of_the_cohort(client, at):
    """EN-04"""
    at("2026-10-01T10:00+05:00")
    place = make_enrolment(cohort=later(capacity=1), status="waitlisted")
    offer_seats(place.cohort)
    client.force_login(place.person.user)

    page = text(client.get(url("place", place.pk)))
    client.post(url("accept_offer", place.pk))

    assert "Sunday, 4 October 2026" in page
    assert "10:00" in page
    assert "Dushanbe time" in page
    place.refresh_from_db()
    assert place.status == "active"


def test_accepting_too_late_says_so_and_shows_the_queue(client, at):
    """EN-04"""
    cohort = later(capacity=1)
    place = make_enrolment(cohort=cohort, status="waitlisted")
    offer_seats(cohort)
    make_enrolment(cohort=cohort, status="waitlisted")
    client.force_login(place.person.user)
    at(clock.now() + timedelta(hours=80))

    page = text(client.post(url("accept_offer", place.pk), follow=True))

    assert "The seat was kept for you until" in page
    assert "You are number 1 of 1 on the waiting list" in page


def test_declining_and_leaving_are_posts_that_may_be_repeated(client):
    offered = make_enrolment(cohort=later(), status="offered")
    client.force_login(offered.person.user)

    answers = [client.post(url("decline_offer", offered.pk)).url for _try in range(2)]

    assert client.get(url("decline_offer", offered.pk)).status_code == 405
    assert answers == [url("my_courses")] * 2
    offered.refresh_from_db()
    assert offered.status == "withdrawn"


def test_my_courses_shows_what_is_on_the_way(client):
    place = make_enrolment(cohort=later(), status="offered")
    client.force_login(place.person.user)

    assert url("place", place.pk) in text(client.get(url("my_courses")))


@pytest.mark.parametrize(
    ("admission", "words"),
    [
        ("open", "Join"),
        ("request", "Ask for a place"),
        ("invitation", "I have a code"),
        ("nomination", "I have a code"),
        ("staff", "Places in this course are given by the organisers"),
    ],
)
def test_the_course_page_shows_the_button_of_its_way_in(client, admission, words):
    course = make_course()
    later(edition=make_edition(course), admission=admission)
    client.force_login(make_member().user)

    assert words in text(client.get(course.url))


def test_asking_from_the_course_page_leads_to_the_request(client):
    course = make_course()
    cohort = later(edition=make_edition(course), admission="request")
    person = make_member()
    client.force_login(person.user)

    answer = client.post(url("join", cohort.code))

    place = Enrolment.objects.get(person=person)
    assert (place.status, answer.url) == ("requested", url("place", place.pk))
    assert "My request" in text(client.get(course.url))


def test_who_was_refused_or_left_is_shown_no_button():
    course, person = make_course(), make_participant()
    edition = make_edition(course)
    for status in ("refused", "withdrawn"):
        make_enrolment(person, later(edition=edition), status=status)

    assert ways_in(person.user, course.translation_key) == []


def test_ways_in_ask_the_same_number_of_queries_for_three_cohorts():
    course, person = make_course(), make_participant()
    edition = make_edition(course)
    counts = []
    for _more in range(3):
        make_enrolment(person, later(edition=edition), status="requested")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ways_in(person.user, course.translation_key)
        counts.append(len(queries))

    # The first reads what the edition asks before, which is then remembered.
    assert counts[1:] == [counts[0] - 1] * 2


def test_a_code_needs_a_post_and_somebody_signed_in(client):
    invitation = make_invitation(later(admission="invitation"))
    address = url("claim") + f"?code={invitation.code}"

    opened = client.get(address)
    posted = client.post(url("claim"), {"code": invitation.spelled_code})

    assert invitation.cohort.title in text(opened)
    assert posted.url.startswith(reverse("account_login"))
    assert "code%3D" in posted.url
    assert not Enrolment.objects.exists()


def test_a_code_leads_in_and_a_wrong_one_keeps_what_was_typed(client):
    invitation, person = make_invitation(later(admission="invitation")), make_member()
    client.force_login(person.user)

    wrong = text(client.post(url("claim"), {"code": "kkkk-kkkk-kkkk"}))
    client.post(url("claim"), {"code": invitation.spelled_code.lower()})

    assert "Nobody gave out this code" in wrong
    assert "kkkk-kkkk-kkkk" in wrong
    assert Enrolment.objects.get().person == person


@pytest.mark.parametrize("code", ["", "x" * 500, "\x00", "%", "Ъ" * 12])
def test_no_code_however_odd_is_an_error_of_ours(client, code):
    client.force_login(make_member().user)

    assert client.get(url("claim"), {"code": code}).status_code == 200
    assert client.post(url("claim"), {"code": code}).status_code == 200


def test_codes_are_not_found_by_trying(client, at):
    at("2026-10-20T09:00:10+05:00")
    client.force_login(make_member().user)
    for _try in range(TRIES):
        client.post(url("claim"), {"code": "KKKK"})

    slowed = client.post(url("claim"), {"code": "KKKK"})

    assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")


def test_an_organisation_sees_its_own_people_only(client):
    """EN-08"""
    cohort = later(admission="nomination")
    mine, other = make_nomination(cohort), make_nomination(cohort)
    make_nominee(mine, name="Зарина")
    make_nominee(other, name="Фаррух")

    answer = client.get(url("nomination", mine.key))

    assert "Зарина" in text(answer)
    assert "Фаррух" not in text(answer)
    assert "1 of 2 seats left" in text(answer)
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(url("nomination", "guessed")).status_code == 404


def test_an_organisation_names_and_replaces_without_an_account(client):
    """EN-08"""
    nomination = make_nomination(later(admission="nomination"))
    page = url("nomination", nomination.key)

    client.post(page, {"name": "Зарина", "email": "z@example.org"})
    nominee = nomination.nominees.get()
    replace = url("nominee_replace", nomination.key, nominee.pk)
    client.post(replace, {"name": "Нигора", "email": "n@example.org"})

    assert [one.name for one in nomination.nominees.current()] == ["Нигора"]
    assert client.get(replace).status_code == 404


def test_bad_input_of_an_organisation_is_kept_and_explained(client):
    """EN-08"""
    nomination = make_nomination(later(admission="nomination"))

    answer = client.post(
        url("nomination", nomination.key), {"name": "Зарина", "email": "nobody"}
    )

    assert answer.status_code == 200
    assert "Зарина" in text(answer)
    assert not nomination.nominees.exists()


def test_an_organisation_replaces_nobody_of_another(client):
    """EN-08, PR-11"""
    mine, theirs = make_nomination(), make_nominee()

    assert client.get(url("nominee_replace", mine.key, theirs.pk)).status_code == 404


def test_a_page_of_an_organisation_asks_the_same_number_of_queries(client):
    nomination = make_nomination(later(admission="nomination"), seats=9)
    counts = []
    for _more in range(3):
        make_nominee(
            nomination,
            enrolment=make_enrolment(cohort=nomination.cohort),
            used_at=clock.now(),
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(url("nomination", nomination.key))
        counts.append(len(queries))

    assert counts[1:] == [counts[1]] * 2
