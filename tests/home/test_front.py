"""The front page, and the way to it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from home.models import SiteSettings
from lms.models import Enrolment
from tests.factories import make_course, make_enrolment, make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_home()


def complete(**fields):
    return make_enrolment(
        status=Enrolment.Status.COMPLETED,
        completed_at=clock.now(),
        completed_on=clock.now().date(),
        **fields,
    )


@pytest.mark.parametrize(
    ("accepted", "address"),
    [("tg,ru;q=0.8", "/tg/"), ("ru-RU", "/ru/"), ("de", "/en/"), ("", "/en/")],
)
def test_the_door_leads_to_the_visitors_language_and_no_further(
    client, home, accepted, address
):
    response = client.get("/", headers={"Accept-Language": accepted}, follow=True)

    assert response.redirect_chain == [(address, 302)]
    assert response.status_code == 200


def test_the_front_page_says_what_this_is_and_offers_courses_and_verifying(
    client, home
):
    home.promise = "Training for those who meet victims first."
    home.save()
    course = make_course(title="First contact")

    page = client.get("/en/").content.decode()

    assert "<h1>Training for those who meet victims first.</h1>" in page
    assert "First contact" in page
    assert reverse("courses:cover", args=[course.translation_key]) in page
    assert f'action="{reverse("certificates:verify")}"' in page


def test_the_year_is_told_only_when_somebody_was_trained(client, home, at):
    at("2026-10-12T09:00+05:00")
    assert "sentence" not in client.get("/en/").content.decode()


def test_the_year_is_told_of_all_cohorts(client, home, at):
    at("2026-10-12T09:00+05:00")
    for _person in range(6):
        complete()

    page = client.get("/en/").content.decode()

    assert "In 2026, <strong>6</strong> people were trained" in page


def test_the_year_of_fewer_than_five_people_is_not_told(client, home, at):
    """RP-04"""
    at("2026-10-12T09:00+05:00")
    for _person in range(4):
        complete()

    assert "sentence" not in client.get("/en/").content.decode()


def test_the_year_sets_no_small_group_apart(client, home, at):
    """RP-04: a single judge among police officers is not told to everybody."""
    at("2026-10-12T09:00+05:00")
    for audience in ["police"] * 6 + ["judges"]:
        complete(audience=audience)

    page = client.get("/en/").content.decode()

    assert "<strong>7</strong> people were trained" in page
    assert "judge" not in page
    assert "6 law-enforcement officers" not in page


def test_a_second_visit_asks_for_little_more_than_the_page_itself(
    client, home, at, django_assert_max_num_queries
):
    at("2026-10-12T09:00+05:00")
    complete()
    make_course()
    SiteSettings.for_site(home.get_site())
    client.get("/en/")

    with django_assert_max_num_queries(2):
        client.get("/en/")


def test_the_first_visit_of_a_new_site_writes_nothing(client, home):
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")

    written = [q["sql"] for q in queries if not q["sql"].startswith("SELECT")]
    assert written == []
    assert not SiteSettings.objects.exists()


def test_three_courses_cost_no_more_queries_than_one(client, home):
    SiteSettings.for_site(home.get_site())
    make_course()
    one = queries_of_a_first_visit(client)
    make_course()
    make_course()

    assert queries_of_a_first_visit(client) == one


def queries_of_a_first_visit(client) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")
    return len(queries)


def test_covers_and_band_are_drawn_in_the_organisations_colour(client, home):
    course = make_course()
    site = SiteSettings.for_site(home.get_site())
    site.brand_colour = "#7a1f4e"
    site.save()

    cover = client.get(reverse("courses:cover", args=[course.translation_key]))
    page = client.get("/en/").content.decode()
    band = client.get("/band.svg?v=7a1f4e")

    assert b"#7a1f4e" in cover.content
    assert b"#7a1f4e" in band.content
    assert "/band.svg?v=7a1f4e" in page


def test_robots_stay_out_of_peoples_own_pages(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /*/my/" in response.content.decode()


def test_who_asks_for_the_old_icon_is_sent_to_ours(client):
    assert client.get("/favicon.ico")["Location"].endswith("img/icon.svg")


def test_the_style_page_is_for_staff(client, django_user_model):
    django_user_model.objects.create_user("staff", is_staff=True)
    assert client.get("/style/").status_code == 302

    client.force_login(django_user_model.objects.get(username="staff"))
    assert client.get("/style/").status_code == 200
