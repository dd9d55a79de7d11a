"""Who waits, who is next, and offers that run out."""

from datetime import timedelta

import pytest

from courses import clock
from lms import tasks
from lms.actions import waiting_list as actions
from lms.actions.admission import leave_queue
from lms.actions.cohorts import TooFewSeats, change_cohort
from lms.actions.enrolment import withdraw
from lms.actions.places import CohortFull
from lms.models import Enrolment, Message
from tests.factories import make_enrolment, make_person, make_user

from .test_admission import later, letters

pytestmark = pytest.mark.django_db


def waiting(cohort, count, **fields):
    return [
        make_enrolment(
            cohort=cohort,
            status="waitlisted",
            queued_at=clock.now() + timedelta(minutes=minute),
            **fields,
        )
        for minute in range(count)
    ]


def statuses(places):
    found = Enrolment.objects.in_bulk([place.pk for place in places])
    return [found[place.pk].status for place in places]


def test_priority_goes_first_then_time_then_the_number_of_the_row():
    """EN-03"""
    cohort, now = later(), clock.now()
    early = make_enrolment(cohort=cohort, status="waitlisted", queued_at=now)
    same = make_enrolment(cohort=cohort, status="waitlisted", queued_at=now)
    older = now - timedelta(days=1)
    oldest = make_enrolment(cohort=cohort, status="waitlisted", queued_at=older)
    first = make_enrolment(cohort=cohort, status="waitlisted", priority=5)

    queue = Enrolment.objects.filter(cohort=cohort).queue()

    assert list(queue) == [first, oldest, early, same]


def test_a_withdrawn_seat_is_offered_at_once_to_who_is_next():
    """EN-02"""
    cohort = later(capacity=1)
    seated = make_enrolment(cohort=cohort)
    places = waiting(cohort, 2)

    withdraw(seated, by=make_user(), reason="Moved away")

    assert statuses(places) == ["offered", "waitlisted"]
    offered = Enrolment.objects.get(pk=places[0].pk)
    assert offered.offered_until - clock.now() > timedelta(hours=71)
    letter = letters("seat_offered").get()
    assert letter.context["until"] == offered.offered_until.isoformat()
    assert letter.context["url"].endswith(f"/my/places/{offered.pk}/")


def test_no_seat_is_offered_to_who_was_erased():
    """EN-03"""
    cohort = later(capacity=1)
    erased = make_person(anonymised_at=clock.now())
    gone = make_enrolment(erased, cohort, status="waitlisted", priority=9)
    place = waiting(cohort, 1)[0]

    actions.offer_seats(cohort)

    assert statuses([gone, place]) == ["waitlisted", "offered"]


def test_offered_active_and_completed_people_take_seats():
    """EN-02"""
    now = clock.now()
    cohort = later(capacity=3)
    make_enrolment(cohort=cohort, status="offered")
    make_enrolment(cohort=cohort)
    done = {"completed_at": now, "completed_on": now.date()}
    make_enrolment(cohort=cohort, status="completed", **done)
    places = waiting(cohort, 1)

    assert actions.offer_seats(cohort) == []
    assert statuses(places) == ["waitlisted"]


def test_more_seats_are_offered_and_fewer_than_people_are_refused():
    """EN-06"""
    cohort = later(capacity=1)
    make_enrolment(cohort=cohort)
    places = waiting(cohort, 3)

    change_cohort(cohort, by=None, capacity=3)
    with pytest.raises(TooFewSeats, match="3 people"):
        change_cohort(cohort, by=None, capacity=2)

    assert statuses(places) == ["offered", "offered", "waitlisted"]


def test_an_offer_is_accepted_once_in_time():
    cohort = later(capacity=1)
    place = waiting(cohort, 1)[0]
    actions.offer_seats(cohort)

    accepted = actions.accept_offer(place, by=place.person.user)
    again = actions.accept_offer(place, by=place.person.user)

    assert (accepted.status, again.status) == ("active", "active")
    assert accepted.offered_until is None
    assert place.periods.count() == letters("enrolled").count() == 1


def test_accepting_too_late_is_refused_and_puts_the_person_last(at):
    """EN-04"""
    cohort = later(capacity=1)
    late, other = waiting(cohort, 2, priority=3)
    actions.offer_seats(cohort)
    late.refresh_from_db()
    at(late.offered_until)

    with pytest.raises(actions.OfferExpired, match="waiting list again"):
        actions.accept_offer(late, by=late.person.user)

    assert statuses([late, other]) == ["waitlisted", "offered"]
    late.refresh_from_db()
    assert (late.priority, late.queued_at) == (0, clock.now())


def test_the_clock_takes_back_what_nobody_accepted_and_offers_it_on(at):
    """EN-04"""
    cohort = later(capacity=1)
    late, other = waiting(cohort, 2)
    actions.offer_seats(cohort)
    at(clock.now() + timedelta(hours=73))

    tasks.every_minute()
    tasks.every_minute()

    assert statuses([late, other]) == ["waitlisted", "offered"]
    assert letters("offer_expired").count() == 1
    assert letters("seat_offered").count() == 2


def test_an_offer_still_holds_in_its_last_second(at):
    """EN-04"""
    cohort = later(capacity=1)
    place = waiting(cohort, 1)[0]
    actions.offer_seats(cohort)
    place.refresh_from_db()
    at(place.offered_until - timedelta(seconds=1))

    assert actions.expire_offers() == 0
    assert actions.accept_offer(place, by=place.person.user).status == "active"


@pytest.mark.parametrize(
    "days", [{"freezes_on": 0}, {"starts_on": 0}, {"starts_on": -3}, {"freezes_on": -1}]
)
def test_nothing_is_offered_by_itself_from_the_freeze_or_the_start_on(days):
    """EN-05"""
    today = clock.now().date()
    dates = {name: today + timedelta(days=n) for name, n in days.items()}
    cohort = later(capacity=1, timezone="UTC", **dates)
    places = waiting(cohort, 1)

    assert actions.offer_seats(cohort) == []
    assert statuses(places) == ["waitlisted"]


def test_the_day_before_the_freeze_still_offers():
    """EN-05"""
    tomorrow = clock.now().date() + timedelta(days=1)
    cohort = later(capacity=1, timezone="UTC", freezes_on=tomorrow)
    places = waiting(cohort, 1)

    actions.offer_seats(cohort)

    assert statuses(places) == ["offered"]


def test_staff_offer_a_free_seat_on_any_day_and_never_one_that_is_taken():
    """EN-05"""
    cohort = later(capacity=1, freezes_on=clock.now().date())
    first, second = waiting(cohort, 2)

    assert actions.offer_now(second, by=make_user()).status == "offered"
    with pytest.raises(CohortFull):
        actions.offer_now(first, by=make_user())


def test_declining_offers_the_seat_on_and_may_be_pressed_twice():
    cohort = later(capacity=1)
    first, second = waiting(cohort, 2)
    actions.offer_seats(cohort)

    actions.decline_offer(first, by=first.person.user)
    actions.decline_offer(first, by=first.person.user)

    assert statuses([first, second]) == ["withdrawn", "offered"]


def test_who_has_no_offer_accepts_and_declines_nothing():
    place = make_enrolment(cohort=later(), status="requested")

    with pytest.raises(actions.NoOffer):
        actions.accept_offer(place, by=None)
    with pytest.raises(actions.NoOffer):
        actions.decline_offer(place, by=None)


def test_priority_changes_who_is_next_and_leaving_makes_room():
    """EN-03"""
    cohort = later(capacity=0)
    first, second, third = waiting(cohort, 3)

    actions.set_priority(third, priority=1, by=make_user())
    leave_queue(first, by=first.person.user)
    change_cohort(cohort, by=None, capacity=1)

    assert statuses([first, second, third]) == ["withdrawn", "waitlisted", "offered"]
    assert Message.objects.filter(person=third.person).count() == 1
