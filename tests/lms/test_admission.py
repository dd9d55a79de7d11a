"""Coming into a cohort by oneself: joining, asking, being answered."""

from datetime import timedelta

import pytest

from courses import clock
from lms.actions import admission as actions
from lms.actions.enrolment import enrol, join, reactivate, withdraw
from lms.actions.places import CohortClosed, CohortFull, PlaceEnded
from lms.actions.refusal import ReasonMissing
from lms.models import Enrolment, Message
from tests.factories import (
    confirm_email,
    make_cohort,
    make_enrolment,
    make_member,
    make_participant,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


def later(**fields):
    """A cohort that begins in a month: seats are offered by themselves."""
    today = clock.now().date()
    days = {
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=35),
    }
    return make_cohort(**{"status": "planned", "admission": "open"} | days | fields)


def letters(template):
    return Message.objects.filter(template=f"lms/mail/{template}")


def test_an_unconfirmed_e_mail_neither_joins_nor_asks():
    """EN-07: the address may be somebody else's."""
    user = make_participant().user

    with pytest.raises(actions.EmailUnconfirmed):
        join(user, cohort=later())
    with pytest.raises(actions.EmailUnconfirmed):
        actions.request_place(user, cohort=later(admission="request"))

    assert not Enrolment.objects.exists()


def test_an_account_without_any_e_mail_was_made_by_staff_and_may_join():
    """EN-07"""
    user = make_user(email="")
    make_person(user=user, email="")

    assert join(user, cohort=later()).status == "active"


def test_the_last_seat_goes_to_the_first_and_the_second_waits():
    """EN-01"""
    cohort = later(capacity=1)

    first = join(make_member().user, cohort=cohort)
    second = join(make_member().user, cohort=cohort)

    assert (first.status, second.status) == ("active", "waitlisted")


def test_without_a_waiting_list_a_full_cohort_says_so():
    cohort = later(capacity=1, has_waiting_list=False)
    join(make_member().user, cohort=cohort)

    with pytest.raises(CohortFull, match="All 1 seats"):
        join(make_member().user, cohort=cohort)


def test_a_free_seat_is_not_taken_past_those_who_wait():
    """EN-03"""
    cohort = later(capacity=2, freezes_on=clock.now().date())
    make_enrolment(cohort=cohort, status="waitlisted")

    assert join(make_member().user, cohort=cohort).status == "waitlisted"


def test_the_same_person_does_not_queue_twice():
    """EN-03"""
    cohort, user = later(capacity=0), make_member().user

    first, second = join(user, cohort=cohort), join(user, cohort=cohort)

    assert (first, first.queued_at) == (second, second.queued_at)
    assert Enrolment.objects.count() == letters("waitlisted").count() == 1


def test_asking_waits_for_an_answer_and_is_done_once():
    cohort, user = later(admission="request"), make_member().user

    first = actions.request_place(user, cohort=cohort)
    second = actions.request_place(user, cohort=cohort)

    assert (first, first.status, first.active_from) == (second, "requested", None)
    assert letters("request_received").count() == 1


def test_a_place_is_asked_for_only_where_staff_decide_by_request():
    with pytest.raises(CohortClosed):
        actions.request_place(make_member().user, cohort=later(admission="staff"))


def test_a_cohort_that_is_over_takes_no_request(at):
    cohort = later(admission="request")
    at(clock.now() + timedelta(days=40))

    with pytest.raises(CohortClosed, match="takes nobody"):
        actions.request_place(make_member().user, cohort=cohort)


def test_yes_gives_a_seat_and_twice_yes_gives_one_letter():
    place, by = make_enrolment(cohort=later(), status="requested"), make_user()

    approved = actions.approve(place, by=by)
    again = actions.approve(place, by=by)

    assert (approved.status, again.status) == ("active", "active")
    assert letters("enrolled").count() == 1


def test_yes_in_a_full_cohort_is_the_end_of_the_queue():
    """EN-01"""
    place = make_enrolment(cohort=later(capacity=0), status="requested")

    assert actions.approve(place, by=make_user()).status == "waitlisted"


def test_no_needs_a_reason_and_the_person_is_told_it_once():
    place, by = make_enrolment(cohort=later(), status="requested"), make_user()
    with pytest.raises(ReasonMissing):
        actions.refuse_request(place, by=by, reason=" ")

    refused = actions.refuse_request(place, by=by, reason="Only for judges.")
    actions.refuse_request(place, by=by, reason="Again.")

    assert refused.status == "refused"
    assert [one.context["reason"] for one in letters("request_refused")] == [
        "Only for judges."
    ]


def test_who_was_refused_does_not_ask_again_but_staff_may_change_their_mind():
    cohort, person = later(admission="request"), make_member()
    place = make_enrolment(person, cohort, status="refused")

    with pytest.raises(PlaceEnded, match="answered already"):
        actions.request_place(person.user, cohort=cohort)

    assert actions.approve(place, by=make_user()).status == "active"


def test_who_takes_a_request_back_may_ask_again():
    cohort, user = later(admission="request"), make_member().user
    place = actions.request_place(user, cohort=cohort)

    left = actions.leave_queue(place, by=user)
    with pytest.raises(actions.NoRequest):
        actions.approve(place, by=make_user())
    again = actions.request_place(user, cohort=cohort)

    assert (left.status, again.pk, again.status) == ("withdrawn", place.pk, "requested")


def test_both_periods_of_somebody_who_comes_back_are_kept(at):
    """EN-12"""
    by, person = make_user(), make_person()
    began = at("2026-10-01T09:00+05:00")
    cohort = later()
    place = enrol(person, cohort=cohort, by=by)
    left = at("2026-10-03T09:00+05:00")
    withdraw(place, by=by, reason="Ill")
    back = at("2026-10-08T09:00+05:00")

    place = reactivate(place, by=by, reason="Well again")

    periods = place.periods.values_list("began_at", "ended_at", "ended_as")
    assert list(periods) == [(began, left, "withdrawn"), (back, None, "")]
    assert (place.active_from, place.active_to) == (began, None)


def test_a_period_from_before_they_were_kept_ends_with_its_dates():
    """EN-12"""
    place = make_enrolment()

    withdraw(place, by=make_user(), reason="Ill")

    assert [one.began_at for one in place.periods.all()] == [place.active_from]


def test_the_rank_of_the_day_the_place_began_is_kept():
    """EN-15"""
    person = make_member(position="Lieutenant")
    place = join(person.user, cohort=later())

    person.position = "Captain"
    person.save()

    assert Enrolment.objects.get(pk=place.pk).position == "Lieutenant"


def test_an_invitation_by_e_mail_matches_whatever_the_capitals():
    """EN-07: pre-approval"""
    person, cohort = make_participant(), later(admission="invitation")
    confirm_email(person, "Zarina.R@Example.org")
    cohort.invitations.create(
        email="zarina.r@example.org",
        code="A" * 12,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
    )

    place = join(person.user, cohort=cohort)

    assert (place.status, cohort.invitations.get().enrolment) == ("active", place)
