"""Sessions: planned, moved, called off; wall time in the cohort's zone."""

from copy import deepcopy
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import attendance as actions
from lms.models import Cohort, Message, Session
from tests.cast import choose_language, make_cast
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2024, 2, 1), "ends_on": date(2026, 12, 31)}
MONDAY = date(2026, 10, 12)


def schedule(cohort, day=MONDAY, at=time(9), **fields):
    return actions.schedule(
        cohort, local_date=day, local_time=at, minutes=90, by=None, **fields
    )


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Asia/Dushanbe", MONDAY, "+05:00"),
        ("Asia/Almaty", date(2024, 2, 29), "+06:00"),
        ("Asia/Almaty", date(2024, 3, 1), "+05:00"),
        ("Europe/Warsaw", date(2026, 10, 24), "+02:00"),
        ("Europe/Warsaw", date(2026, 10, 26), "+01:00"),
    ],
)
def test_nine_o_clock_is_nine_o_clock_in_the_cohorts_zone(zone, day, offset):
    """ATT-42: the wall time is stored, the instant follows from the zone's rules."""
    session = schedule(make_cohort(timezone=zone, **DAYS), day)

    assert (session.local_date, session.local_time) == (day, time(9))
    expected = datetime.fromisoformat(f"{day}T09:00{offset}")
    assert Session.objects.get().starts_at == expected


def test_a_time_the_clock_jumps_over_is_refused():
    cohort = make_cohort(timezone="Europe/Warsaw", **DAYS)

    with pytest.raises(actions.NoSuchTime, match="Europe/Warsaw"):
        schedule(cohort, date(2026, 3, 29), time(2, 30))


def test_the_same_start_twice_is_refused():
    """ATT-45"""
    cohort = make_cohort(**DAYS)
    session = schedule(cohort)

    with pytest.raises(actions.SessionExists) as refusal:
        schedule(cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(cohort, local_date=MONDAY)

    assert refusal.value.field == "local_time"
    assert list(Session.objects.all()) == [session]
    actions.cancel(session, by=None, reason="moved")
    assert schedule(cohort).pk != session.pk


def test_moving_onto_another_session_is_refused():
    """ATT-45"""
    cohort = make_cohort(**DAYS)
    schedule(cohort)
    other = schedule(cohort, at=time(14))

    with pytest.raises(actions.SessionExists):
        actions.change_session(other, by=None, local_time=time(9))

    assert list(Session.objects.values_list("local_time", flat=True)) == [
        time(9),
        time(14),
    ]


def test_a_day_outside_the_cohort_is_refused():
    with pytest.raises(actions.OutsideCohort):
        schedule(make_cohort(**DAYS), date(26, 10, 12))


def test_a_cancelled_cohort_has_no_new_sessions():
    with pytest.raises(actions.SessionCancelled):
        schedule(make_cohort(status="cancelled", **DAYS))


def test_a_change_is_logged_once_and_raises_the_sequence():
    session, trainer = schedule(make_cohort(**DAYS)), make_user()

    for _ in range(2):
        changed = actions.change_session(
            session, by=trainer, local_time=time(10), place="Hall 2"
        )

    assert (changed.sequence, changed.place) == (1, "Hall 2")
    assert changed.starts_at == datetime.fromisoformat("2026-10-12T10:00+05:00")
    entry = ModelLogEntry.objects.get(action="lms.change_session")
    assert entry.data == {
        "changed": {"local_time": ["09:00:00", "10:00:00"], "place": ["", "Hall 2"]}
    }


def test_what_is_coming_up_for_a_participant(at):
    cohort = make_cohort(**DAYS)
    enrolment = make_enrolment(cohort=cohort)
    schedule(cohort, at=time(7, 29))
    running, later = schedule(cohort, at=time(7, 31)), schedule(cohort, at=time(14))
    actions.cancel(schedule(cohort, at=time(18)), by=None, reason="x")
    schedule(make_cohort(**DAYS), at=time(14))

    coming = Session.objects.upcoming_for([enrolment], at("2026-10-12T09:00+05:00"))

    assert list(coming) == [running, later]


ANSWERS = {
    "title": "Referral",
    "local_date": "2026-10-12",
    "local_time": "09:00",
    "minutes": "90",
    "place": "Khujand",
    "link": "",
    "is_required": "on",
}


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.filter(cohort=cast.cohort).delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    cast.session = schedule(cast.cohort, at=time(14))
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    return deepcopy(scene_once)


def addresses(scene):
    return [
        reverse("lms:sessions", args=[scene.cohort.code]),
        reverse("lms:session_add", args=[scene.cohort.code]),
        reverse("lms:session_edit", args=[scene.session.pk]),
        reverse("lms:session_cancel", args=[scene.session.pk]),
    ]


@pytest.mark.parametrize(
    "who", ["participant", "marker", "observer", "other_trainer", "stranger"]
)
def test_for_whoever_does_not_teach_here_there_are_no_sessions(client, scene, who):
    client.force_login(getattr(scene, who))

    for address in addresses(scene):
        assert client.get(address).status_code == 404
        assert client.post(address, ANSWERS).status_code == 404
    assert Session.objects.filter(cohort=scene.cohort).count() == 1


def test_a_signed_out_visitor_is_asked_to_sign_in(client, scene):
    for address in addresses(scene):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("who", ["trainer", "coordinator", "administrator"])
def test_staff_plan_a_session_in_the_cohorts_time(client, scene, who):
    client.force_login(getattr(scene, who))
    listing, adding, *_ = addresses(scene)

    form = client.get(adding).content.decode()
    answer = client.post(adding, ANSWERS, follow=True)

    assert "Dushanbe time" in form
    assert answer.redirect_chain == [(listing, 302)]
    assert "Referral" in answer.content.decode()


@pytest.mark.parametrize("form", ["session_add", "series_add"])
def test_a_new_session_begins_as_the_one_before(client, scene, form):
    last = {"local_time": time(14, 30), "place": "Room 7", "minutes": 240}
    make_session(scene.cohort, local_date=MONDAY + timedelta(days=1), **last)
    client.force_login(scene.trainer)

    url = reverse(f"lms:{form}", args=[scene.cohort.code])
    fields = client.get(url).context["form"]

    assert {name: fields[name].value() for name in last} == last


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("local_date", "yesterday", "Enter a valid date."),
        ("local_date", "0026-10-12", "while the cohort runs"),
        ("local_date", "", "This field is required."),
        ("local_time", "25:00", "Enter a valid time."),
        ("local_time", "14:00", "session at this time already"),
        ("minutes", "0", "greater than or equal to 5"),
        ("minutes", "99999999999999999999", "less than or equal to 720"),
        ("link", "javascript:alert(1)", "Enter a valid URL."),
        ("title", "x" * 161, "at most 160 characters"),
        ("place", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_kept(
    client, scene, field, value, said
):
    client.force_login(scene.trainer)

    answer = client.post(addresses(scene)[1], ANSWERS | {field: value})

    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    assert answer.context["form"]["title"].value() == (
        value if field == "title" else "Referral"
    )
    assert Session.objects.filter(cohort=scene.cohort).count() == 1


def test_staff_move_a_session_and_cancel_it_with_a_reason(client, scene):
    client.force_login(scene.trainer)
    _, _, editing, cancelling = addresses(scene)

    asked = client.post(editing, ANSWERS | {"local_time": "10:30"}).context["form"]
    client.post(editing, ANSWERS | {"local_time": "10:30", "confirm": asked.box})
    without = client.post(cancelling, {"reason": " "})
    client.post(cancelling, {"reason": "no light"})

    scene.session.refresh_from_db()
    assert without.context["form"].errors.keys() == {"reason"}
    assert (scene.session.local_time, scene.session.status) == (
        time(10, 30),
        "cancelled",
    )


def test_each_trainer_hears_of_it_in_their_own_language(scene):
    """CM-05: of their person, else of their admin, else of the cohort."""
    one, two, three = (make_staff(scene.cohort).user for _number in range(3))
    make_person(user=one, locale="en")
    choose_language(two, "ru")
    scene.cohort.locale = "tg"
    scene.cohort.save()
    scene.session.refresh_from_db()

    actions.cancel(scene.session, by=scene.trainer, reason="no light")

    languages = dict(Message.objects.values_list("to", "locale"))
    found = [languages[user.email] for user in (one, two, three)]
    assert found == ["en", "ru", "tg"]


def test_a_signed_session_is_not_moved(client, scene):
    client.force_login(scene.trainer)
    actions.mark_the_rest_present(scene.session, by=scene.trainer)
    actions.sign_off_register(scene.session, by=scene.trainer)

    answer = client.post(addresses(scene)[2], ANSWERS)

    assert "signed off" in answer.content.decode()
    scene.session.refresh_from_db()
    assert scene.session.local_time == time(14)


def test_a_session_that_has_begun_is_not_called_planned(client, scene, at):
    """Neither to who teaches it nor to who was expected there."""
    mine = reverse("lms:my_attendance", args=[scene.enrolment.pk])
    said = []
    words = ("Planned", "Running now", "To sign off", "No mark yet")
    for moment in ("13:59", "14:00", "15:31"):
        at(f"{scene.session.local_date}T{moment}+05:00")
        for user, page in (
            (scene.trainer, addresses(scene)[0]),
            (scene.participant, mine),
        ):
            client.force_login(user)
            html = client.get(page).content.decode()
            said += [w for w in words if w in html]

    assert said == [
        *("Planned", "Planned"),
        *("Running now", "No mark yet"),
        *("To sign off", "No mark yet"),
    ]


def test_the_list_takes_as_many_queries_for_three_sessions_as_for_one(
    client, scene, django_assert_max_num_queries
):
    client.force_login(scene.trainer)
    listing = addresses(scene)[0]
    counts = []
    for new in ([], [time(16), time(18)]):
        for hour in new:
            schedule(scene.cohort, at=hour)
        # What every page of the site keeps in the cache is there from here on.
        client.get(listing)
        client.get(listing)
        with django_assert_max_num_queries(12) as queries:
            client.get(listing)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def _signed_off(scene, number):
    """So many sessions of the cohort and no others."""
    scene.cohort.sessions.all().delete()
    for day in range(1, number + 1):
        make_session(
            scene.cohort,
            local_date=date(2026, 10, day),
            status="held",
            register="signed",
            signed_at=clock.now(),
            signed_by=scene.trainer,
        )


@pytest.mark.parametrize(("signed", "folded"), [(3, 0), (4, 4)])
def test_sessions_that_are_done_are_folded_away_in_a_long_course(
    client, scene, at, signed, folded
):
    at("2026-10-12T15:00+05:00")
    _signed_off(scene, signed)
    called_off = make_session(
        scene.cohort, local_date=date(2026, 10, 13), status="cancelled"
    )
    today = make_session(scene.cohort, local_date=MONDAY)
    client.force_login(scene.trainer)

    page = client.get(reverse("lms:sessions", args=[scene.cohort.code]))

    assert len(page.context["done"]) == folded
    assert page.context["sessions"][-2:] == [today, called_off]
    assert ("4 sessions are behind you" in page.content.decode()) is bool(folded)


def test_where_every_session_is_done_all_of_them_are_shown(client, scene, at):
    at("2026-10-12T15:00+05:00")
    _signed_off(scene, 5)
    client.force_login(scene.trainer)

    page = client.get(reverse("lms:sessions", args=[scene.cohort.code]))

    assert (page.context["done"], len(page.context["sessions"])) == ([], 5)
