"""Sessions read by a calendar program at a secret address."""

from copy import deepcopy
from datetime import date, time
from types import SimpleNamespace

import pytest
from django.urls import reverse
from icalendar import Calendar

from lms.actions import attendance
from lms.actions.calendar_addresses import new_calendar_address
from lms.actions.cohorts import remove_staff
from lms.models import CalendarAddress, Cohort, Session, Staff
from tests.cast import make_cast
from tests.factories import make_session

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.all().delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    fields = {"local_date": date(2026, 10, 19), "title": "Referral"}
    cast.session = make_session(cast.cohort, local_time=time(9), **fields)
    cast.cancelled = make_session(cast.cohort, local_time=time(14), **fields)
    make_session(cast.other_cohort, local_time=time(9), **fields)
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    scene = deepcopy(scene_once)
    attendance.cancel(scene.cancelled, by=None, reason="No light")
    return scene


def url_of(address):
    return reverse("lms:calendar", args=[address.token])


def make(user, cohort=None):
    return new_calendar_address(user, cohort=cohort, by=user)


def entries(answer):
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(one["summary"]), str(one["status"])) for one in found]


def test_the_address_needs_no_signing_in_and_shows_ones_own_sessions_only(
    client, scene
):
    answer = client.get(url_of(make(scene.participant)))

    assert entries(answer) == [
        ("Ustod: session", "CONFIRMED"),
        ("Ustod: session", "CANCELLED"),
    ]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.content
    for name in (scene.person.legal_name, scene.person.email, "Referral", "ATTENDEE"):
        assert name.encode() not in answer.content


def test_staff_read_the_sessions_of_their_cohort_by_its_code(client, scene):
    answer = client.get(url_of(make(scene.trainer, scene.cohort)))

    code = scene.cohort.code
    assert entries(answer) == [
        (f"{code}: Referral", "CONFIRMED"),
        (f"{code}: Referral", "CANCELLED"),
    ]
    assert scene.person.legal_name.encode() not in answer.content


def test_what_has_not_changed_is_not_sent_again(client, scene):
    url = url_of(make(scene.participant))
    etag = client.get(url)["ETag"]

    again = client.get(url, headers={"If-None-Match": etag})
    attendance.change_session(scene.session, by=None, place="Hall 2")
    changed = client.get(url, headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert (changed.status_code, b"Hall 2" in changed.content) == (200, True)
    assert b"SEQUENCE:1" in changed.content


def test_a_new_address_closes_the_old_one(client, scene):
    old = url_of(make(scene.participant))
    client.force_login(scene.participant)
    page = reverse("lms:my_calendar")

    client.post(page)
    shown = client.get(page)

    assert client.get(old).status_code == 404
    assert client.get(shown.context["url"]).status_code == 200
    assert CalendarAddress.objects.count() == 1


def test_the_table_alone_gives_no_address_away(scene):
    address = make(scene.participant)

    kept = [str(value) for value in vars(address).values()]
    assert not any(address.token.partition("-")[2] in value for value in kept)


@pytest.mark.parametrize(
    "token", ["", "x", "1-", "0-abc", "99999999999999999999-a", "１-a", "-", "1-\x00"]
)
def test_a_made_up_address_is_not_there(scene, token):
    assert CalendarAddress.objects.by_token(token) is None


def test_the_address_of_somebody_else_is_not_made_of_ones_own(scene):
    mine, theirs = make(scene.participant), make(scene.other_participant)

    made_up = f"{theirs.pk}-{mine.token.partition('-')[2]}"
    assert CalendarAddress.objects.by_token(made_up) is None


def test_who_teaches_no_more_reads_no_more(client, scene):
    url = url_of(make(scene.trainer, scene.cohort))
    remove_staff(Staff.objects.get(user=scene.trainer), by=None)

    assert client.get(url).status_code == 404


def test_a_closed_account_reads_no_more(client, scene):
    url = url_of(make(scene.participant))
    scene.participant.is_active = False
    scene.participant.save()

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_only_who_teaches_makes_an_address_of_a_cohort(client, scene, who):
    client.force_login(getattr(scene, who))
    page = reverse("lms:cohort_calendar", args=[scene.cohort.code])

    assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]


def test_an_older_address_is_spoken_of_only_where_there_was_one(client, scene):
    client.force_login(scene.participant)
    page = reverse("lms:my_calendar")
    said = "An older one is closed."

    answers = [client.post(page, follow=True).content.decode() for _ in range(2)]

    assert [said in answer for answer in answers] == [False, True]


def test_looking_at_the_page_makes_nothing(client, scene):
    client.force_login(scene.trainer)
    page = reverse("lms:cohort_calendar", args=[scene.cohort.code])

    assert client.get(page).context["url"] == ""
    assert not CalendarAddress.objects.exists()


def test_two_clocks_are_shown_to_who_lives_by_another_one(client, scene):
    """ATT-43: The time where it is held comes first, one's own after it."""
    client.force_login(scene.participant)
    profile = reverse("account_pages:profile")
    answers = {"locale": "en", "phone": ""}
    mine = reverse("lms:my_attendance", args=[scene.enrolment.pk])
    pages = [mine, reverse("lms:my_courses")]

    before = [client.get(page).content.decode() for page in pages]
    client.post(profile, answers | {"timezone": "Europe/Berlin"})
    after = [client.get(page).content.decode() for page in pages]

    for page in before:
        assert "Berlin" not in page
    for page in after:
        assert "Dushanbe time; 06:00–07:30 in Berlin" in page
        assert page.index("09:00") < page.index("06:00–07:30 in Berlin")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", ""),
        ("Asia/Tashkent", ""),
        ("Asia/Dushanbe", ""),
        ("Mars/Base", ""),
        ("America/New_York", "00:00–01:30 in New York"),
        ("America/Los_Angeles", "18 October, 21:00–22:30 in Los Angeles"),
        ("Asia/Tokyo", "13:00–14:30 in Tokyo"),
    ],
)
def test_ones_own_time_names_the_day_where_it_is_another(client, scene, zone, words):
    """ATT-43: Nothing is said where the clocks agree."""
    scene.person.timezone = zone
    scene.person.save()
    client.force_login(scene.participant)

    page = client.get(reverse("lms:my_courses")).content.decode()

    assert (words in page) if words else ("Dushanbe time;" not in page)
