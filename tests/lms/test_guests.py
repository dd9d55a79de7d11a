"""People who come without a place: written down, counted beside, matched."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions import attendance, evidence
from lms.actions.enrolment import CohortFull, enrol
from lms.actions.guest_marks import CannotCarryOver
from lms.actions.guests import NameMissing, add_walk_in, match_guest, take_in
from lms.actions.merging import undo_merge
from lms.actions.places import free_seats
from lms.attendance import sheet_of
from lms.models import Enrolment, Mark, MarkEvent, Person, PersonMerge
from lms.reports.attendance_by_centre import tables
from lms.reports.period import Period
from lms.reports.question import Question
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_staff,
)

pytestmark = pytest.mark.django_db

START = "2026-10-12T09:10+05:00"
DAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.cohort.sessions.all().delete()
    cast.morning = make_session(cast.cohort, local_date=DAY, local_time=time(9))
    cast.afternoon = make_session(cast.cohort, local_date=DAY, local_time=time(13))
    person = make_person(legal_name="Алимова Саодат", email="saodat@example.org")
    began = clock.now() - timedelta(days=1)
    cast.saodat = make_enrolment(person, cast.cohort, active_from=began)
    return cast


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def guest(cast, name="Саодат Алимова", session=None, **details):
    session = session or cast.morning
    return add_walk_in(session, name=name, by=cast.trainer, **details)


def said(place):
    """What the events of a place say, the first one first."""
    return [
        (event.kind, event.source, event.stated and event.stated.code)
        for event in place.mark_events.order_by("pk")
    ]


def marked(place, session=None):
    marks = place.marks.filter(session=session) if session else place.marks.all()
    return [(mark.status and mark.status.code, mark.source) for mark in marks]


def test_a_guest_needs_only_a_name_and_is_marked_present(cast):
    """ATT-46."""
    place = guest(cast, " Гулов  Карим ")

    assert place.person.legal_name == "Гулов Карим"
    assert (place.status, place.person.user) == ("guest", None)
    assert marked(place) == [("present", "trainer")]
    with pytest.raises(NameMissing):
        guest(cast, "   ")


def test_the_same_e_mail_again_finds_the_first(cast):
    """ATT-46: at another session, under another spelling, in capitals."""
    first = guest(cast, "Гулов Карим", email="karim@example.org")
    again = guest(cast, "Karim Gulov", cast.afternoon, email=" Karim@Example.org")

    assert again == first
    assert Person.objects.filter(email="karim@example.org").count() == 1
    assert len(marked(first)) == 2


def test_the_same_name_again_is_the_same_guest_unless_something_differs(cast):
    """ATT-46: the form sent twice writes one guest down."""
    first = guest(cast, "Гулов Карим", phone="+992900000001")

    assert guest(cast, "гулов карим") == first
    assert guest(cast, "Гулов Карим", email="g@example.org") == first
    assert guest(cast, "Гулов Карим", phone="+992900000002") != first


def test_who_has_a_place_here_is_marked_in_it_and_no_mark_is_lost(cast):
    attendance.mark(
        cast.afternoon, enrolment=cast.saodat, status_code="late", by=cast.trainer
    )

    came = guest(cast, "Saodat", email="saodat@example.org")
    again = guest(cast, "Saodat", cast.afternoon, email="saodat@example.org")

    assert came == again == cast.saodat
    assert marked(cast.saodat, cast.morning) == [("present", "trainer")]
    assert marked(cast.saodat, cast.afternoon) == [("late", "trainer")]


def test_who_waits_for_a_seat_keeps_waiting_and_stands_beside_as_a_guest(cast):
    person = make_person(legal_name="Гулов Карим", email="karim@example.org")
    waiting = make_enrolment(
        person, cast.cohort, status="waitlisted", queued_at=clock.now()
    )
    waiting.active_from = None
    waiting.save()

    place = guest(cast, "Гулов Карим", email="karim@example.org")
    again = guest(cast, "Гулов Карим", email="karim@example.org")

    waiting.refresh_from_db()
    assert place == again != waiting
    assert (waiting.status, place.person.email) == ("waitlisted", "")


def test_guests_come_above_the_seats_there_are_and_take_none(cast):
    """ATT-48."""
    cast.cohort.capacity = 2
    cast.cohort.save()

    for number in range(3):
        guest(cast, f"Гость {number}")

    assert free_seats(cast.cohort) == 0
    assert Enrolment.objects.guests().filter(cohort=cast.cohort).count() == 3
    assert cast.cohort.enrolments.seated().count() == 2
    with pytest.raises(CohortFull):
        enrol(make_person(), cohort=cast.cohort, by=None)


def test_a_report_counts_guests_in_a_column_of_their_own(cast):
    """ATT-48: no other number moves."""
    attendance.mark_the_rest_present(cast.morning, by=cast.trainer)
    question = Question(Period(date(2026, 10, 1), date(2026, 10, 31)))
    (before, *_rest) = tables(question)[0].rows

    guest(cast, "Гулов Карим")
    (after, *_rest) = tables(question)[0].rows

    assert before.values["guests"] == 0
    assert after.values == before.values | {"guests": 1}


def test_a_guest_stands_in_the_register_of_their_session_and_blocks_no_other(cast):
    place = guest(cast)

    assert place.pk in [line.pk for line in sheet_of(cast.morning)]
    assert place.pk not in [line.pk for line in sheet_of(cast.afternoon)]
    attendance.mark_the_rest_present(cast.afternoon, by=cast.trainer)
    attendance.sign_off_register(cast.afternoon, by=cast.trainer)
    assert said(place) == [("set", "trainer", "present")]


def test_a_signed_register_takes_no_guest(cast):
    attendance.mark_the_rest_present(cast.morning, by=cast.trainer)
    attendance.sign_off_register(cast.morning, by=cast.trainer)

    with pytest.raises(attendance.RegisterSigned):
        guest(cast)

    assert not Enrolment.objects.guests().exists()


@pytest.mark.parametrize(
    ("theirs", "guests", "wins"),
    [
        ("room_code", "trainer", "present"),
        ("trainer", "trainer", "present"),
        ("trainer", "import", "late"),
        ("personal_code", "room_code", "late"),
        ("import", "room_code", "present"),
    ],
)
def test_matching_lets_the_stronger_evidence_win_and_keeps_both(
    cast, theirs, guests, wins
):
    """ATT-47: trainer > personal QR > room QR > import; both stay in history."""
    place = guest(cast)
    Mark.objects.all().delete()
    MarkEvent.objects.all().delete()
    for who, source, code in (
        (cast.saodat, theirs, "late"),
        (place, guests, "present"),
    ):
        piece = evidence.Evidence(enrolment_id=who.pk, source=source, code=code)
        evidence.record(cast.morning, [piece], by=cast.trainer)

    merge = match_guest(place, person=cast.saodat.person, by=cast.trainer)

    assert [code for code, _source in marked(cast.saodat)] == [wins]
    assert said(cast.saodat) == [("set", theirs, "late"), ("set", guests, "present")]
    assert said(place) == [("set", guests, "present")]
    assert place.pk not in [line.pk for line in sheet_of(cast.morning)]

    undo_merge(merge, by=cast.trainer)

    assert marked(cast.saodat) == [("late", theirs)]
    assert marked(place) == [("present", guests)]
    assert place.pk in [line.pk for line in sheet_of(cast.morning)]


def test_a_match_can_be_taken_back_for_thirty_days(trainer, cast, at):
    """ATT-47."""
    place = guest(cast)
    merge = match_guest(place, person=cast.saodat.person, by=cast.trainer)
    url = reverse("lms:undo_match", args=[cast.cohort.code, merge.pk])

    at("2026-11-11T09:11+05:00")
    assert trainer.post(url).status_code == 404
    at("2026-11-11T09:09+05:00")
    trainer.post(url)

    assert Enrolment.objects.guests().get() == place
    assert marked(cast.saodat) == [(None, "trainer")]


def test_matching_twice_is_matching_once(cast):
    place = guest(cast)

    first = match_guest(place, person=cast.saodat.person, by=cast.trainer)
    again = match_guest(place, person=cast.saodat.person, by=cast.trainer)

    assert first == again
    assert len(said(cast.saodat)) == 1


def test_a_match_waits_while_the_register_is_signed_off(cast):
    place = guest(cast)
    attendance.mark_the_rest_present(cast.morning, by=cast.trainer)
    attendance.sign_off_register(cast.morning, by=cast.trainer)

    with pytest.raises(CannotCarryOver, match=r"^12 October 2026, 09:00: .*signed off"):
        match_guest(place, person=cast.saodat.person, by=cast.trainer)

    assert not PersonMerge.objects.exists()


def test_who_gets_a_place_keeps_what_was_marked_as_a_guest(cast):
    place = guest(cast, "Гулов Карим")

    taken = take_in(place, by=cast.trainer)

    assert (taken.pk, taken.status) == (place.pk, "active")
    assert cast.morning.expects(taken)
    assert marked(taken) == [("present", "trainer")]


def test_a_trainer_writes_a_guest_down_from_the_register_in_two_taps(trainer, cast):
    """ATT-46: the first tap saves what was marked, the second adds the name."""
    register = reverse("lms:register", args=[cast.morning.pk])

    first = trainer.post(
        register,
        {
            f"seen-{cast.saodat.pk}": "0  ",
            f"mark-{cast.saodat.pk}": "late",
            "then": "guest",
        },
    )
    second = trainer.post(first.url, {"name": "Гулов Карим"}, follow=True)

    assert first.url == reverse("lms:add_guest", args=[cast.morning.pk])
    assert marked(cast.saodat) == [("late", "trainer")]
    assert second.redirect_chain == [(register, 302)]
    assert "Гулов Карим" in second.content.decode()


def test_the_page_suggests_who_a_guest_may_be_and_matches(trainer, cast):
    """ATT-47."""
    place = guest(cast, "Алимова С.")
    url = reverse("lms:guests", args=[cast.cohort.code])

    (shown,) = trainer.get(url).context["guests"]
    assert shown.suggested == [cast.saodat.person]
    match = reverse("lms:match_guest", args=[cast.cohort.code, place.pk])
    trainer.post(match, {"person": cast.saodat.person.pk})
    page = trainer.get(url)

    assert page.context["guests"] == []
    assert [one.into for one in page.context["matched"]] == [cast.saodat.person]


def test_guests_wait_on_the_trainers_page_and_the_cohorts_home(trainer, cast):
    pages = (
        reverse("lms:teach"),
        reverse("lms:cohort", args=[cast.cohort.code]),
    )
    guest(cast)

    shown = [trainer.get(page).content.decode() for page in pages]

    words = ("1 guest to match", reverse("lms:guests", args=[cast.cohort.code]))
    assert [all(word in page for word in words) for page in shown] == [True, True]


def test_nobody_is_matched_with_somebody_of_another_cohort(trainer, cast):
    place = guest(cast)
    match = reverse("lms:match_guest", args=[cast.cohort.code, place.pk])

    for person in (cast.other_person.pk, "", "x", 10**20):
        answer = trainer.post(match, {"person": person}, follow=True)
        assert "Choose who the guest is." in answer.content.decode()

    assert not PersonMerge.objects.exists()


@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_who_does_not_teach_the_cohort_adds_and_matches_nobody(client, cast, who):
    place = guest(cast)
    client.force_login(getattr(cast, who))
    code = cast.cohort.code
    urls = [
        reverse("lms:add_guest", args=[cast.morning.pk]),
        reverse("lms:guests", args=[code]),
        reverse("lms:match_guest", args=[code, place.pk]),
        reverse("lms:take_in_guest", args=[code, place.pk]),
    ]

    assert {client.post(url, {"name": "X"}).status_code for url in urls} == {404}


def test_the_page_asks_the_same_number_of_queries_for_one_guest_and_three(
    trainer, cast
):
    url = reverse("lms:guests", args=[cast.cohort.code])
    guest(cast, "Алимова С.")
    trainer.get(url)
    with CaptureQueriesContext(connection) as one:
        trainer.get(url)
    guest(cast, "Алимова Саодат Рустамовна")
    guest(cast, "Гулов Карим")
    with CaptureQueriesContext(connection) as three:
        trainer.get(url)

    assert len(one) == len(three)


def test_nobody_learns_whose_an_address_is_by_writing_it_down(trainer, cast):
    """ATT-46: the address stays as a remark, for whoever matches the guest."""
    known = make_person(legal_name="Назарова Зебо", email="zebo@example.org")
    make_enrolment(known, make_cohort())

    for _twice in range(2):
        page = trainer.post(
            reverse("lms:add_guest", args=[cast.morning.pk]),
            {"name": "Зебо", "email": "zebo@example.org"},
            follow=True,
        )

    (place,) = Enrolment.objects.guests().filter(cohort=cast.cohort)
    assert (place.person.legal_name, place.person.email) == ("Зебо", "")
    assert place.marks.get().remark == "zebo@example.org"
    assert "Назарова" not in page.content.decode()
    own = guest(cast, "Зебо", email="zebo@example.org", session=cast.afternoon)
    assert own == place


def test_who_is_known_to_the_one_who_writes_comes_as_themselves(cast):
    """ATT-46"""
    other = make_cohort()
    make_staff(other, "trainer", cast.trainer)
    known = make_person(legal_name="Назарова Зебо", email="zebo@example.org")
    make_enrolment(known, other)

    assert guest(cast, "Зебо", email="zebo@example.org").person == known
