"""Seats that an organisation fills with people of its own choice."""

from datetime import timedelta

import pytest

from courses import clock
from lms.actions import nominations as actions
from lms.actions.codes import enter_by_code
from lms.actions.enrolment import join
from lms.actions.invitations import CodeOver
from lms.actions.waiting_list import accept_offer
from lms.models import Enrolment, Nomination
from tests.factories import (
    confirm_email,
    make_enrolment,
    make_member,
    make_organisation,
    make_participant,
    make_user,
)

from .test_admission import later, letters

pytestmark = pytest.mark.django_db


def nominated(cohort=None, **fields) -> Nomination:
    return actions.nominate(
        cohort or later(admission="nomination"),
        **{
            "organisation": make_organisation(),
            "seats": 2,
            "expires_at": clock.now() + timedelta(days=14),
            "by": make_user(),
        }
        | fields,
    )


def test_a_nomination_is_good_for_its_seats_and_no_more():
    """EN-08"""
    nomination = nominated(seats=2)
    for _person in range(2):
        enter_by_code(make_member().user, code=nomination.code)

    with pytest.raises(actions.NominationFull, match="All 2 seats"):
        enter_by_code(make_member().user, code=nomination.code)

    assert [one.used_at is None for one in nomination.nominees.all()] == [False] * 2


def test_one_person_uses_a_nomination_once():
    """EN-08"""
    nomination, user = nominated(), make_member().user

    places = {enter_by_code(user, code=nomination.code) for _try in range(2)}

    assert len(places) == nomination.nominees.count() == 1


def test_after_its_last_moment_and_when_taken_back_the_code_opens_nothing(at):
    """EN-08"""
    nomination, revoked = nominated(), nominated()
    actions.revoke_nomination(revoked, by=make_user())
    with pytest.raises(CodeOver):
        enter_by_code(make_member().user, code=revoked.code)
    at(nomination.expires_at)

    with pytest.raises(CodeOver):
        enter_by_code(make_member().user, code=nomination.code)


def test_a_person_named_is_known_by_e_mail_whatever_its_capitals():
    """EN-07, EN-08"""
    nomination = nominated(seats=1)
    actions.name_nominee(nomination, name="Zarina", email="Zarina@Example.org")
    person = confirm_email(make_participant(), "zarina@example.org")

    place = join(person.user, cohort=nomination.cohort)

    nominee = nomination.nominees.get()
    assert (place.status, nominee.enrolment) == ("active", place)


def test_named_people_hold_the_seats_of_the_organisation():
    """EN-08"""
    nomination = nominated(seats=1)
    first = actions.name_nominee(nomination, name="A", email="a@example.org")

    assert actions.name_nominee(nomination, name="A", email="A@example.org") == first
    with pytest.raises(actions.NominationFull):
        actions.name_nominee(nomination, name="B", email="b@example.org")
    with pytest.raises(actions.NominationFull):
        enter_by_code(make_member().user, code=nomination.code)
    with pytest.raises(actions.NomineeUnnamed):
        actions.name_nominee(nomination, name=" ", email="")


def test_a_replaced_persons_seat_goes_to_the_successor_and_not_to_the_queue():
    """EN-08"""
    nomination = nominated(later(admission="nomination", capacity=1), seats=1)
    cohort = nomination.cohort
    old = enter_by_code(make_member().user, code=nomination.code)
    waits = make_enrolment(cohort=cohort, status="waitlisted")
    successor = make_member()

    actions.replace_nominee(
        nomination.nominees.get(), name="New", email=successor.email.upper()
    )

    states = dict(Enrolment.objects.values_list("person", "status"))
    assert states == {
        old.person_id: "withdrawn",
        waits.person_id: "waitlisted",
        successor.pk: "offered",
    }
    assert letters("seat_offered").get().person == successor
    offered = Enrolment.objects.get(person=successor)
    assert accept_offer(offered, by=successor.user).status == "active"


def test_a_successor_nobody_knows_is_added_with_the_organisation():
    """EN-08"""
    nomination = nominated(seats=1)
    enter_by_code(make_member().user, code=nomination.code)

    nominee = actions.replace_nominee(
        nomination.nominees.get(), name="Нигора Саидова", email="nigora@example.org"
    )

    person = nominee.enrolment.person
    assert (person.legal_name, person.organisation) == (
        "Нигора Саидова",
        nomination.organisation,
    )
    assert nomination.seats_left == 0


def test_who_was_only_named_is_replaced_without_a_seat():
    """EN-08"""
    nomination = nominated(seats=1)
    old = actions.name_nominee(nomination, name="A", email="a@example.org")

    new = actions.replace_nominee(old, name="B", email="b@example.org")

    assert (new.enrolment, new.replaces, nomination.seats_left) == (None, old, 0)
    with pytest.raises(actions.NomineeReplaced):
        actions.replace_nominee(old, name="C", email="c@example.org")


def test_who_was_replaced_does_not_come_back_by_the_code():
    """EN-08"""
    nomination, user = nominated(), make_member().user
    enter_by_code(user, code=nomination.code)
    actions.replace_nominee(nomination.nominees.get(), name="B", email="b@example.org")

    with pytest.raises(actions.NomineeReplaced):
        enter_by_code(user, code=nomination.code)


def test_nobody_is_replaced_or_named_once_the_cohort_has_begun(at):
    """EN-08"""
    nomination = nominated(expires_at=clock.now() + timedelta(days=90))
    nominee = actions.name_nominee(nomination, name="A", email="a@example.org")
    at(clock.now() + timedelta(days=31))

    with pytest.raises(actions.NominationOver, match="has begun"):
        actions.replace_nominee(nominee, name="B", email="b@example.org")
    with pytest.raises(actions.NominationOver):
        actions.name_nominee(nomination, name="C", email="c@example.org")


def test_a_successor_needs_an_address_of_their_own():
    """EN-08"""
    nomination = nominated()
    first = actions.name_nominee(nomination, name="A", email="a@example.org")
    actions.name_nominee(nomination, name="B", email="b@example.org")

    with pytest.raises(actions.NomineeTwice):
        actions.replace_nominee(first, name="B", email="B@example.org")
    with pytest.raises(actions.EmailMissing):
        actions.replace_nominee(first, name="C", email="")


def test_an_organisation_has_one_nomination_in_a_cohort():
    nomination = nominated()
    same = {"organisation": nomination.organisation}

    with pytest.raises(actions.NominationExists):
        nominated(nomination.cohort, **same)
    actions.revoke_nomination(nomination, by=make_user())

    assert nominated(nomination.cohort, **same).pk != nomination.pk
    with pytest.raises(actions.NoSeatGiven):
        nominated(seats=0)
