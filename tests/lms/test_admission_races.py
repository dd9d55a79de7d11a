"""EN-01: many hands at the same seats, each on a connection of its own."""

from datetime import timedelta

import pytest

from courses import clock
from lms.actions.codes import enter_by_code
from lms.actions.enrolment import join, withdraw
from lms.actions.refusal import Refused
from lms.models import Enrolment
from tests.factories import make_enrolment, make_member, make_user
from tests.racing import errors_at_once

from .test_admission import later
from .test_invitations import invited
from .test_nominations import nominated

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TIMES = 10


def statuses(cohort):
    found = list(cohort.enrolments.values_list("status", flat=True))
    return {status: found.count(status) for status in set(found)}


def test_fifty_people_race_for_ten_seats_ten_times_over():
    """EN-01, EN-03: exactly ten seats, forty in a queue without a doubt who is next"""
    users = [make_member().user for _ in range(50)]
    for _time in range(TIMES):
        cohort = later(capacity=10)

        errors = errors_at_once(
            lambda user, here=cohort: join(user, cohort=here), users
        )

        assert errors == []
        assert statuses(cohort) == {"active": 10, "waitlisted": 40}
        queue = list(cohort.enrolments.queue())
        assert queue == sorted(queue, key=lambda one: (one.queued_at, one.pk))
        seated = cohort.enrolments.filter(status="active")
        last = max(place.active_from for place in seated)
        assert all(place.queued_at >= last for place in queue)


def test_two_people_at_the_last_seat_get_one_seat_and_one_place_in_the_queue():
    """EN-01"""
    cohort = later(capacity=1)
    users = [make_member().user for _ in range(2)]

    errors = errors_at_once(lambda user: join(user, cohort=cohort), users)

    assert errors == []
    assert statuses(cohort) == {"active": 1, "waitlisted": 1}


def test_five_withdrawals_at_once_give_five_offers():
    """EN-02"""
    cohort, by = later(capacity=5), make_user()
    places = [make_enrolment(cohort=cohort) for _ in range(5)]
    since = clock.now() - timedelta(days=1)
    waiting = [
        make_enrolment(
            cohort=cohort,
            status="waitlisted",
            queued_at=since + timedelta(minutes=minute),
        )
        for minute in range(8)
    ]

    errors = errors_at_once(
        lambda one: withdraw(one, by=by, reason="Called away"), places
    )

    assert errors == []
    assert statuses(cohort) == {"withdrawn": 5, "offered": 5, "waitlisted": 3}
    offered = Enrolment.objects.filter(cohort=cohort, status="offered")
    assert set(offered) == set(waiting[:5])


def test_an_invitation_used_by_two_at_once_lets_one_in():
    """EN-10"""
    invitation = invited()
    users = [make_member().user for _ in range(2)]

    errors = errors_at_once(
        lambda user: enter_by_code(user, code=invitation.code), users
    )

    assert [type(error).__name__ for error in errors] == ["CodeUsed"]
    assert Enrolment.objects.count() == 1


def test_a_nomination_used_by_five_at_once_lets_its_two_in():
    """EN-08"""
    nomination = nominated(seats=2)
    users = [make_member().user for _ in range(5)]

    errors = errors_at_once(
        lambda user: enter_by_code(user, code=nomination.code), users
    )

    assert all(isinstance(error, Refused) for error in errors)
    assert len(errors) == 3
    assert Enrolment.objects.count() == nomination.nominees.count() == 2


def test_one_person_pressing_five_times_stands_in_the_queue_once():
    """EN-03"""
    cohort, user = later(capacity=0), make_member().user

    errors = errors_at_once(lambda _click: join(user, cohort=cohort), range(5))

    assert errors == []
    assert statuses(cohort) == {"waitlisted": 1}
