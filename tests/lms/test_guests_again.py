"""Guests who come again: the one they were matched with is offered, never assumed."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions import attendance
from lms.actions.guests import add_walk_in, match_guest
from lms.actions.merging import undo_merge
from lms.actions.register_import import plan
from lms.guests import came_before, known_here, names_before
from lms.models import Enrolment, Person, PersonMerge
from lms.register_table import read_table
from lms.roster.reading import read
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person, make_session

pytestmark = pytest.mark.django_db

START = "2026-10-12T09:10+05:00"
DAY = date(2026, 10, 12)
TYPED = "Гулов К."


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    """Guest Гулов К. of the morning was matched with Каримов Гул, who has a place."""
    at_once(START)
    cast = make_cast()
    cast.cohort.sessions.all().delete()
    cast.morning = make_session(cast.cohort, local_date=DAY, local_time=time(9))
    cast.afternoon = make_session(cast.cohort, local_date=DAY, local_time=time(13))
    cast.karim = enrolled(cast, "Каримов Гул", email="karim@example.org")
    guest = add_walk_in(cast.morning, name=TYPED, by=cast.trainer)
    cast.merge = match_guest(guest, person=cast.karim.person, by=cast.trainer)
    return cast


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def enrolled(cast, name, **details):
    began = clock.now() - timedelta(days=1)
    person = make_person(legal_name=name, **({"email": ""} | details))
    return make_enrolment(person, cast.cohort, active_from=began)


def offered(cast, name=TYPED, session=None, **details):
    found = known_here(session or cast.afternoon, name, **details)
    return [(one.place, one.came_as) for one in found]


def write(trainer, cast, **data):
    url = reverse("lms:add_guest", args=[cast.afternoon.pk])
    return trainer.post(url, {"name": TYPED} | data, follow=True)


def marks(cast, place):
    rows = place.marks.filter(session=cast.afternoon)
    return [mark.status and mark.status.code for mark in rows]


def test_who_was_matched_before_is_offered_at_the_door(cast):
    assert offered(cast) == [(cast.karim, TYPED)]
    assert offered(cast, " гулов  к. ") == [(cast.karim, TYPED)]
    assert offered(cast, "Гулов") == []


def test_nobody_is_offered_whose_match_was_taken_back(cast):
    undo_merge(cast.merge, by=cast.trainer)

    assert offered(cast) == []


def test_who_is_told_apart_by_an_address_or_a_number_is_not_offered(cast):
    assert offered(cast, email="somebody@example.org") == []
    cast.karim.person.phone = "+992900000001"
    cast.karim.person.save()

    assert offered(cast, phone="+992900000002") == []
    assert offered(cast, phone="+992900000001") == [(cast.karim, TYPED)]


def test_who_is_known_by_the_address_needs_no_question(cast):
    assert offered(cast, email="Karim@example.org") == []


def test_whoever_has_a_place_under_this_very_name_is_offered_after_them(cast):
    same = enrolled(cast, TYPED)
    named = enrolled(cast, "Саидов Сино")

    assert offered(cast) == [(cast.karim, TYPED), (same, "")]
    assert offered(cast, "Sino Saidov") == [(named, "")]


def test_who_is_not_expected_at_the_session_is_not_offered(cast):
    cast.karim.active_from = cast.afternoon.starts_at + timedelta(days=1)
    cast.karim.save()

    assert offered(cast) == []


def test_two_who_came_under_one_name_are_both_offered(cast):
    """Two people of one name are never made one without a word."""
    other = enrolled(cast, "Гулов Камол")
    guest = add_walk_in(cast.afternoon, name=TYPED, by=cast.trainer)
    match_guest(guest, person=other.person, by=cast.trainer)

    assert offered(cast) == [(cast.karim, TYPED), (other, TYPED)]


def test_a_name_is_found_through_several_merges(cast):
    first, second, last = (make_person(legal_name=name, email="") for name in "ABC")
    for one, into in ((first, second), (second, last)):
        one.merged_into = into
        one.save()

    assert names_before([last.pk]) == {last.pk: ["B", "A"]}


def test_the_page_asks_who_it_is_and_writes_nothing_until_somebody_says(trainer, cast):
    people = Person.objects.count()

    page = write(trainer, cast)

    text = page.content.decode()
    assert "Каримов Гул" in text
    assert "came as “Гулов К.” before" in text
    assert (Person.objects.count(), marks(cast, cast.karim)) == (people, [])


def test_one_tap_says_who_it_is_and_makes_no_new_person(trainer, cast):
    people = Person.objects.count()

    page = write(trainer, cast, who=cast.karim.pk, more="1")

    assert marks(cast, cast.karim) == ["present"]
    assert Person.objects.count() == people
    assert page.redirect_chain[-1][0] == reverse(
        "lms:add_guest", args=[cast.afternoon.pk]
    )
    assert "Каримов Гул is in the register: Present." in page.content.decode()


def test_somebody_else_of_the_name_is_a_guest_of_their_own(trainer, cast):
    write(trainer, cast, who="new")

    (guest,) = Enrolment.objects.guests()
    assert (guest.person.legal_name, marks(cast, guest)) == (TYPED, ["present"])
    assert marks(cast, cast.karim) == []
    assert PersonMerge.objects.count() == 1


@pytest.mark.parametrize("who", ["0", "x", ""])
def test_an_answer_that_was_not_offered_is_asked_again(trainer, cast, who):
    page = write(trainer, cast, who=who or cast.other_enrolment.pk)

    assert [one.place for one in page.context["known"]] == [cast.karim]
    assert not Enrolment.objects.guests().exists()


def test_who_was_marked_before_keeps_the_mark_and_the_page_says_it(trainer, cast):
    attendance.mark(
        cast.afternoon, enrolment=cast.karim, status_code="absent", by=cast.trainer
    )

    page = write(trainer, cast, who=cast.karim.pk)

    assert marks(cast, cast.karim) == ["absent"]
    assert "Каримов Гул is in the register: Absent." in page.content.decode()


def test_a_register_signed_before_asks_why_before_anybody_is_let_in(trainer, cast):
    """ATT-49"""
    for place in cast.cohort.enrolments.all():
        if cast.afternoon.expects(place) and not place.is_guest:
            attendance.mark(
                cast.afternoon, enrolment=place, status_code="absent", by=cast.trainer
            )
    attendance.mark(
        cast.afternoon, enrolment=cast.karim, status_code="", by=cast.trainer
    )
    cast.afternoon.signed_at = clock.now()
    cast.afternoon.save()

    asked = write(trainer, cast, who=cast.karim.pk)
    assert asked.context["form"].errors == {"reason": ["Write why."]}
    assert "Why is this corrected?" in asked.content.decode()
    write(trainer, cast, who=cast.karim.pk, reason="Seen at the door")

    assert marks(cast, cast.karim) == ["present"]


def test_a_guest_of_another_session_comes_again_in_one_tap(trainer, cast):
    guest = add_walk_in(cast.morning, name="Назарова Зебо", by=cast.trainer)
    add = reverse("lms:add_guest", args=[cast.afternoon.pk])
    again = reverse("lms:let_in_again", args=[cast.afternoon.pk, guest.pk])

    assert again in trainer.get(add).content.decode()
    page = trainer.post(again, follow=True)

    assert marks(cast, guest) == ["present"]
    assert "Назарова Зебо is in the register: Present." in page.content.decode()
    assert came_before(cast.afternoon) == []
    assert again not in trainer.get(add).content.decode()


def test_only_a_guest_of_this_cohort_is_let_in_by_one_tap(trainer, cast):
    for place in (cast.karim, cast.other_enrolment):
        url = reverse("lms:let_in_again", args=[cast.afternoon.pk, place.pk])
        assert trainer.post(url).status_code == 404


def test_the_list_of_guests_names_first_who_was_matched_before(trainer, cast):
    """ATT-47: one tap matches, and nobody else loses a suggestion."""
    write(trainer, cast, who="new")
    (guest,) = Enrolment.objects.guests()
    url = reverse("lms:guests", args=[cast.cohort.code])

    page = trainer.get(url)
    (shown,) = page.context["guests"]
    match = reverse("lms:match_guest", args=[cast.cohort.code, guest.pk])
    trainer.post(match, {"person": cast.karim.person.pk})

    assert (shown.known, shown.suggested) == ([cast.karim.person], [])
    assert "This is Каримов Гул again" in page.content.decode()
    assert marks(cast, cast.karim) == ["present"]


def test_the_list_asks_the_same_number_of_queries_for_one_known_and_three(
    trainer, cast
):
    url = reverse("lms:guests", args=[cast.cohort.code])
    write(trainer, cast, who="new")
    trainer.get(url)
    with CaptureQueriesContext(connection) as one:
        trainer.get(url)
    for number in range(2):
        name = f"Гость {number}"
        guest = add_walk_in(cast.morning, name=name, by=cast.trainer)
        match_guest(guest, person=cast.karim.person, by=cast.trainer)
        add_walk_in(cast.afternoon, name=name, by=cast.trainer)
    with CaptureQueriesContext(connection) as three:
        page = trainer.get(url)

    assert [len(guest.known) for guest in page.context["guests"]] == [1, 1, 1]
    assert len(one) == len(three)


def test_a_typed_register_suggests_who_was_matched_before_and_waits(cast):
    """ATT-35, ATT-47: a guest is not written down anew for a name that is known."""
    table = read_table(read(f"ФИО;2026-10-12 13:00\n{TYPED};+\n".encode()))

    found = plan(cast.cohort, table, columns={1: cast.afternoon.pk}, decisions={})

    (entry,) = found.entries
    assert (entry.place, entry.is_clear, entry.is_asked) == (None, False, True)
    assert entry.candidates == [cast.karim]


def test_a_typed_name_of_two_people_of_the_cohort_is_nobodys_without_a_word(cast):
    """ATT-35: one came under it before, another bears it."""
    same = enrolled(cast, TYPED)
    table = read_table(read(f"ФИО;2026-10-12 13:00\n{TYPED};+\n".encode()))

    found = plan(cast.cohort, table, columns={1: cast.afternoon.pk}, decisions={})

    (entry,) = found.entries
    assert (entry.place, entry.is_clear, entry.is_asked) == (None, False, True)
    assert entry.candidates == [cast.karim, same]
