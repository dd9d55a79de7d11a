"""Supervised sittings and tickets: who is let in, when, and who is not."""

from datetime import datetime

import pytest
from wagtail.models import ModelLogEntry

from lms import codes
from lms.actions import attempt_ends, attempts, overrides, rooms, tickets
from lms.actions.attempt_refusals import CodeNeeded, CodeRefused, NotStudying
from lms.actions.papers import NotInTheCourse
from lms.models import Attempt, Enrolment, Sitting, Ticket

from .rooms import START, a_ticket, make_room_cast, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    return make_room_cast(minutes=None)


def start(cast, admission=None, enrolment=None):
    return attempts.start(
        enrolment or cast.enrolment,
        quiz=cast.quiz,
        language="en",
        admission=admission,
    )


def admit(cast, code, enrolment=None):
    return tickets.admit(enrolment or cast.enrolment, quiz=cast.quiz, code=code)


def told(action):
    return ModelLogEntry.objects.filter(action=action)


def test_a_supervised_quiz_does_not_begin_without_an_admission(cast):
    with pytest.raises(CodeNeeded):
        start(cast)
    assert not Attempt.objects.exists()

    attempt = start(cast, admit(cast, cast.sitting.code))

    assert attempt.sitting == cast.sitting
    assert start(cast) == attempt


def test_a_quiz_that_is_not_supervised_asks_for_nothing(cast):
    cast.quiz.is_supervised = False

    assert start(cast).sitting is None


@pytest.mark.parametrize("typed", ["{lower}", " {spaced} ", "{cyrillic}"])
def test_the_code_of_a_room_is_read_however_it_is_typed(cast, typed):
    """QZ-54: an alphabet without look-alikes."""
    code = cast.sitting.code
    cyrillic = code.translate(str.maketrans("AEKMHPCTXY", "АЕКМНРСТХУ"))
    typed = typed.format(
        lower=code.lower(), spaced=codes.grouped(code, 3), cyrillic=cyrillic
    )

    assert set(code) <= set(codes.ALPHABET)
    assert admit(cast, typed).sitting == cast.sitting


@pytest.mark.parametrize("typed", ["", " ", "ZZZZZZ", "☃", "x" * 300, "\x00"])
def test_what_is_no_code_lets_nobody_in(cast, typed):
    with pytest.raises(CodeRefused, match="No room has this code"):
        admit(cast, typed)


def test_the_code_of_another_sitting_is_told_apart_from_none(cast):
    other = open_room(cast, "other_")

    with pytest.raises(CodeRefused, match="another sitting"):
        admit(cast, other.code)


def test_a_room_lets_in_between_its_opening_and_its_closing(cast, at):
    later = open_room(cast, starts_in=60)
    with pytest.raises(CodeRefused, match="has not begun"):
        admit(cast, later.code)

    at("2026-10-12T10:00+05:00")

    assert admit(cast, later.code).sitting == later
    with pytest.raises(CodeRefused, match="closed"):
        admit(cast, cast.sitting.code)


def test_staff_close_a_room_early_and_who_is_inside_goes_on(cast):
    attempt = start(cast, admit(cast, cast.sitting.code))

    rooms.close_sitting(cast.sitting, by=cast.trainer)
    rooms.close_sitting(cast.sitting, by=cast.trainer)

    with pytest.raises(CodeRefused, match="closed"):
        admit(cast, cast.sitting.code)
    assert start(cast) == attempt
    assert told("lms.close_sitting").count() == 1


def test_a_room_that_was_still_to_open_can_be_closed(cast):
    sitting = rooms.close_sitting(open_room(cast, starts_in=60), by=cast.trainer)

    assert sitting.is_closed


def test_only_a_quiz_of_the_cohort_is_sat_in_its_room(cast):
    cast.quiz = cast.other_quiz

    with pytest.raises(NotInTheCourse):
        open_room(cast)


def test_a_ticket_lets_its_person_in_for_its_minutes_after_the_first_use(cast, at):
    """QZ-54: and its end is the attempt's, too."""
    _ticket, code = a_ticket(cast, minutes=60)
    at("2026-10-12T09:20+05:00")

    admission = tickets.use_ticket(tickets.find_ticket(code))
    attempt = start(cast, admission, cast.nigina)
    at("2026-10-12T10:19+05:00")
    again = tickets.use_ticket(tickets.find_ticket(code))

    end = datetime.fromisoformat("2026-10-12T10:20+05:00")
    assert admission.until == again.until == attempt.deadline_at == end
    assert start(cast, again, cast.nigina) == attempt
    assert told("lms.use_ticket").count() == 1
    at("2026-10-12T10:20+05:00")
    with pytest.raises(CodeRefused, match="time of this ticket is over"):
        tickets.find_ticket(code)


def test_another_rule_for_the_quiz_does_not_move_the_end_of_a_ticket(cast):
    """QZ-54: a running attempt follows its rules within that end (QZ-09)."""
    _ticket, code = a_ticket(cast, minutes=60)
    admission = tickets.use_ticket(tickets.find_ticket(code))
    attempt = start(cast, admission, cast.nigina)

    overrides.give(
        cast.cohort,
        quiz_key=cast.quiz.translation_key,
        place=cast.nigina,
        by=cast.trainer,
        reason="Reads with a magnifier.",
        extra_time_percent=50,
    )

    attempt.refresh_from_db()
    assert attempt.deadline_at == admission.until


def test_an_attempt_taken_up_again_still_ends_with_its_ticket(cast, at):
    """QZ-54: with the ticket over it is marked at once (QZ-15)."""
    _ticket, code = a_ticket(cast, minutes=60)
    admission = tickets.use_ticket(tickets.find_ticket(code))
    attempt = start(cast, admission, cast.nigina)
    Attempt.objects.update(status="abandoned", ended_at=admission.until)
    at("2026-10-12T10:30+05:00")

    taken_up = attempt_ends.reopen(attempt, by=cast.trainer, reason="The line fell.")

    assert taken_up.status == "graded"
    assert taken_up.ended_at == admission.until


def test_a_ticket_is_used_first_while_its_room_is_open(cast, at):
    """QZ-54: it is tied to a place and a time."""
    _ticket, code = a_ticket(cast)
    later = open_room(cast, starts_in=60)
    _other, early = a_ticket(cast, sitting=later)

    with pytest.raises(CodeRefused, match="has not begun"):
        tickets.find_ticket(early)
    at("2026-10-12T09:30+05:00")
    with pytest.raises(CodeRefused, match="closed"):
        tickets.find_ticket(code)


def test_a_ticket_taken_back_or_replaced_opens_nothing(cast):
    """QZ-54."""
    ticket, code = a_ticket(cast)
    tickets.revoke_ticket(ticket, by=cast.trainer)
    tickets.revoke_ticket(ticket, by=cast.trainer)
    with pytest.raises(CodeRefused, match="taken back"):
        tickets.find_ticket(code)
    assert told("lms.revoke_ticket").count() == 1

    _second, older = a_ticket(cast)
    _third, newest = a_ticket(cast)
    with pytest.raises(CodeRefused, match="taken back"):
        tickets.find_ticket(older)
    assert tickets.find_ticket(newest).enrolment == cast.nigina


def test_a_ticket_of_somebody_who_left_opens_nothing(cast):
    """QZ-54."""
    _ticket, code = a_ticket(cast)
    Enrolment.objects.filter(pk=cast.nigina.pk).update(status="withdrawn")

    with pytest.raises(CodeRefused):
        tickets.find_ticket(code)


def test_a_participant_may_type_their_own_ticket_and_nobody_elses(cast):
    """QZ-54: tied to its person and its exam."""
    _ticket, code = a_ticket(cast, cast.enrolment)

    with pytest.raises(CodeRefused, match="somebody else"):
        admit(cast, code, cast.nigina)
    with pytest.raises(CodeRefused, match="another sitting"):
        tickets.admit(cast.other_enrolment, quiz=cast.other_quiz, code=code)
    assert Ticket.objects.get().first_used_at is None

    assert admit(cast, code).until


def test_tickets_are_for_people_of_the_cohort_alone(cast):
    printed = tickets.print_tickets(
        cast.sitting, places=[cast.other_enrolment], minutes=60, by=cast.trainer
    )

    assert printed == []


def test_the_code_of_a_ticket_is_kept_and_logged_nowhere(cast):
    """PR-09, QZ-54."""
    _ticket, code = a_ticket(cast)
    tickets.use_ticket(tickets.find_ticket(code))

    stored = str(list(Ticket.objects.values()))
    logged = str(list(ModelLogEntry.objects.values()))
    assert code not in stored + logged
    assert cast.sitting.code not in logged
    assert set(code) <= set(codes.ALPHABET)


def test_a_ticket_gives_no_place_back(cast):
    _ticket, code = a_ticket(cast)
    admission = tickets.use_ticket(tickets.find_ticket(code))
    Enrolment.objects.filter(pk=cast.nigina.pk).update(status="withdrawn")

    with pytest.raises(NotStudying):
        start(cast, admission, cast.nigina)
    assert Sitting.objects.count() == 1
