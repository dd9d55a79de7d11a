"""The detour through sign-in: what was good when it was first seen."""

from copy import deepcopy
from datetime import time, timedelta

import pytest

from courses import clock
from lms.actions.check_in_refusals import (
    AskTheTrainer,
    CodeRefused,
    NotOnTheList,
    NotOpenYet,
    TicketRefused,
)
from lms.actions.check_ins import ticket_for
from lms.models import Mark, SpentTicket
from tests.factories import make_enrolment, make_participant, make_session

from .checking_in import at_nine, come, look, make_scene, marked, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once):
    return make_scene()


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


@pytest.fixture
def one(scene):
    return scene.places[0]


def later(at, seconds: float):
    return at(clock.now() + timedelta(seconds=seconds))


def test_what_was_good_when_first_seen_marks_after_the_detour(scene, one, at):
    """ATT-20: the code is over long since, and the time it was seen decides."""
    at(at_nine("09:09:00"))
    ticket = look(scene.session)
    later(at, 179)

    come(one, scene.session, ticket=ticket)

    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_a_ticket_lasts_three_minutes(scene, one, at):
    """ATT-20"""
    at(at_nine("09:00:00"))
    ticket = look(scene.session)
    later(at, 180)

    with pytest.raises(TicketRefused, match="too long ago"):
        come(one, scene.session, ticket=ticket)

    assert refused() == ["spent"]
    assert ticket_for(one.person.user, scene.session, ticket) == ""


def test_who_scanned_in_the_last_second_is_marked_after_the_end(scene, one, at):
    """ATT-20: late is late, by when it was seen."""
    at(at_nine("09:44:59"))
    ticket = look(scene.session)
    later(at, 60)

    come(one, scene.session, ticket=ticket)

    assert marked(scene.session) == [(one.pk, "late", "room_code")]


def test_a_ticket_is_spent_once(scene, one, at):
    """ATT-21: neither the same person nor another one uses it again."""
    at(at_nine("09:00:00"))
    ticket = look(scene.session)
    come(one, scene.session, ticket=ticket)

    for place in scene.places[:2]:
        with pytest.raises(TicketRefused, match="used already"):
            come(place, scene.session, ticket=ticket)

    assert marked(scene.session) == [(one.pk, "present", "room_code")]
    assert SpentTicket.objects.count() == 1


def test_a_ticket_is_bound_to_who_signed_in_with_it(scene, one, at):
    """ATT-21"""
    two = scene.places[1]
    at(at_nine("09:00:00"))
    bound = ticket_for(one.person.user, scene.session, look(scene.session))

    with pytest.raises(TicketRefused):
        come(two, scene.session, ticket=bound)

    assert ticket_for(two.person.user, scene.session, bound) == ""
    come(one, scene.session, ticket=bound)
    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_a_ticket_of_who_was_signed_in_is_bound_from_the_start(scene, one, at):
    """ATT-21"""
    at(at_nine("09:00:00"))
    ticket = look(scene.session, by=one.person.user)

    with pytest.raises(TicketRefused):
        come(scene.places[1], scene.session, ticket=ticket)


def test_a_ticket_is_bound_to_its_session(scene, one, at):
    """ATT-21"""
    at(at_nine("09:00:00"))
    other = make_session(
        scene.cohort, local_date=scene.session.local_date, local_time=time(9, 5)
    )
    ticket = look(other)

    with pytest.raises(TicketRefused):
        come(one, scene.session, ticket=ticket)

    assert not Mark.objects.exists()


@pytest.mark.parametrize("ticket", ["x", "WyJ4Il0:x:y", "\x00", "a" * 9000])
def test_what_was_not_sealed_here_is_no_ticket(scene, one, at, ticket):
    """ATT-20: signed."""
    at(at_nine("09:00:00"))

    with pytest.raises(TicketRefused):
        come(one, scene.session, ticket=ticket)

    assert ticket_for(one.person.user, scene.session, ticket) == ""


def test_a_refused_ticket_is_not_spent(scene, one, at):
    """ATT-15: what was refused for another reason leaves it as good as it was."""
    stranger = make_enrolment(make_participant())
    at(at_nine("09:00:00"))
    ticket = look(scene.session)
    with pytest.raises(NotOnTheList):
        come(stranger, scene.session, ticket=ticket)

    come(one, scene.session, ticket=ticket)

    assert marked(scene.session) == [(one.pk, "present", "room_code")]


@pytest.mark.parametrize(
    ("moment", "refusal"),
    [("08:00:00", NotOpenYet), ("10:30:00", AskTheTrainer)],
)
def test_outside_the_window_there_is_no_ticket(scene, at, moment, refusal):
    """ATT-15: an early look leaves nothing behind."""
    at(at_nine(moment))

    with pytest.raises(refusal):
        look(scene.session)

    assert refused() == [{"08": "too_early", "10": "too_late"}[moment[:2]]]


def test_for_a_wrong_code_there_is_no_ticket(scene, at):
    """ATT-25: kept, though nobody knows whose try it was."""
    at(at_nine("09:00:00"))

    with pytest.raises(CodeRefused):
        look(scene.session, code="K7M4QX9R")

    assert refused() == ["unknown"]


def test_who_has_no_place_gets_no_ticket(scene, at):
    at(at_nine("09:00:00"))

    with pytest.raises(NotOnTheList):
        look(scene.session, by=make_participant().user)


def test_spent_tickets_are_forgotten_when_they_would_be_over(scene, at):
    one, two, _three = scene.places
    at(at_nine("09:00:00"))
    come(one, scene.session, ticket=look(scene.session))
    later(at, 181)

    come(two, scene.session, ticket=look(scene.session))

    assert SpentTicket.objects.count() == 1
