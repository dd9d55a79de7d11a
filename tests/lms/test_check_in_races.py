"""The same people with two phones in the same instant."""

from datetime import timedelta
from uuid import uuid4

import pytest

from courses import clock
from lms.actions.check_in_refusals import TicketRefused
from lms.actions.evidence import Outcome
from lms.models import Mark, MarkEvent, RefusedCheckIn
from tests.factories import make_cohort, make_enrolment, make_session
from tests.racing import at_once

from .checking_in import come, look

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PEOPLE, ROUNDS = 20, 20


def running_session(cohort, started: timedelta = timedelta(minutes=1)):
    """One that began a short while ago, by the real clock."""
    start = (clock.now() - started).astimezone(cohort.zone).replace(tzinfo=None)
    return make_session(cohort, local_date=start.date(), local_time=start.time())


def test_twenty_people_with_two_devices_each_have_one_mark_each():
    """ATT-01, ATT-26: 20 rounds, 20 marks each time, and every event is kept."""
    cohort = make_cohort()
    places = [make_enrolment(cohort=cohort) for _ in range(PEOPLE)]
    counts = []

    for number in range(ROUNDS):
        session = running_session(cohort, timedelta(seconds=number + 1))
        found = at_once(
            *(
                lambda place=place, device=device, session=session: come(
                    place, session, device=f"{place.pk} {device}", nonce=uuid4()
                )
                for place in places
                for device in ("phone", "tablet")
            )
        )
        assert {type(one) for one in found} == {Outcome}, found
        marks = Mark.objects.filter(session=session, status__code="present")
        events = MarkEvent.objects.filter(session=session)
        counts.append((marks.count(), events.count()))

    assert counts == [(PEOPLE, 2 * PEOPLE)] * ROUNDS


def test_of_many_who_use_one_ticket_at_once_one_is_marked():
    """ATT-21: spent once, whichever process takes it first."""
    cohort = make_cohort()
    places = [make_enrolment(cohort=cohort) for _ in range(4)]
    session = running_session(cohort)
    ticket = look(session)

    found = at_once(
        *(
            lambda place=place: come(place, session, ticket=ticket)
            for place in places * 2
        )
    )

    assert sorted(type(one).__name__ for one in found) == [
        Outcome.__name__,
        *[TicketRefused.__name__] * 7,
    ]
    assert Mark.objects.filter(session=session).count() == 1


def test_one_form_sent_many_times_at_once_has_one_effect():
    """ATT-26"""
    cohort = make_cohort()
    place, session = make_enrolment(cohort=cohort), running_session(cohort)
    nonce = uuid4()

    found = at_once(
        *(lambda: come(place, session, device="phone", nonce=nonce) for _ in range(8))
    )

    assert sorted(one.is_new for one in found) == [False] * 7 + [True]
    assert MarkEvent.objects.filter(session=session).count() == 1


def test_a_scanned_code_sent_twice_at_once_is_answered_the_same_way():
    """ATT-21, ATT-26: who taps twice is not told that the code was used."""
    cohort = make_cohort()
    place, session = make_enrolment(cohort=cohort), running_session(cohort)
    ticket, nonce = look(session), uuid4()

    found = at_once(
        *(
            lambda: come(place, session, device="phone", ticket=ticket, nonce=nonce)
            for _ in range(8)
        )
    )

    assert sorted(one.is_new for one in found) == [False] * 7 + [True]
    assert RefusedCheckIn.objects.count() == 0
