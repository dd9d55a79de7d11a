"""Rooms on screen: opened by staff, entered by participants, tickets as slips."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from courses import clock
from lms import codes
from lms.models import Attempt, Sitting, Ticket
from tests.factories import make_enrolment, make_person

from .rooms import START, a_ticket, make_room_cast, open_room

pytestmark = pytest.mark.django_db

FORBIDDEN = ["participant", "marker", "observer", "stranger", "other_trainer"]


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    return make_room_cast()


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def staff(cast, name, *more):
    args = [cast.cohort.code, cast.quiz.translation_key, *more]
    return reverse(f"lms:{name}", args=args)


def opening(**fields):
    form = {"opens_at": "2026-10-12T10:00", "minutes": "20", "place": "Room 4"}
    return form | {"is_locked": "on"} | fields


def code_page(cast):
    return reverse("lms:room_code", args=[cast.quiz.translation_key])


@pytest.mark.parametrize("who", FORBIDDEN)
def test_who_does_not_teach_the_cohort_sees_no_room_and_no_code(client, cast, who):
    """QZ-54."""
    ticket, _code = a_ticket(cast)
    client.force_login(getattr(cast, who))
    one = cast.sitting.pk

    answers = [
        client.get(staff(cast, "rooms")),
        client.post(staff(cast, "rooms"), opening()),
        client.get(staff(cast, "room", one)),
        client.post(staff(cast, "room", one), {"people": [cast.nigina.pk]}),
        client.get(staff(cast, "room_screen", one)),
        client.post(staff(cast, "room_close", one)),
        client.post(staff(cast, "ticket_back", one, ticket.pk)),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert Sitting.objects.count() == Ticket.objects.live().count() == 1


def test_a_trainer_opens_a_room_at_the_cohorts_own_time(trainer, cast):
    done = trainer.post(staff(cast, "rooms"), opening())

    sitting = Sitting.objects.first()
    assert done.url == staff(cast, "room", sitting.pk)
    local = sitting.opens_at.astimezone(cast.cohort.zone)
    assert f"{local:%Y-%m-%d %H:%M}" == "2026-10-12 10:00"
    assert (sitting.closes_at - sitting.opens_at).total_seconds() == 20 * 60
    assert (sitting.place, sitting.is_locked, sitting.by) == (
        "Room 4",
        True,
        cast.trainer,
    )
    assert sitting.code != cast.sitting.code


@pytest.mark.parametrize(
    "wrong",
    [{"opens_at": ""}, {"opens_at": "now"}, {"minutes": "0"}, {"minutes": "9" * 20}],
)
def test_a_wrong_opening_is_said_beside_its_field_and_keeps_what_was_typed(
    trainer, cast, wrong
):
    answer = trainer.post(staff(cast, "rooms"), opening(**wrong))

    assert list(answer.context["form"].errors) == list(wrong)
    assert "Room 4" in answer.content.decode()
    assert Sitting.objects.count() == 1


def test_the_wall_shows_the_code_until_the_room_is_closed(trainer, cast):
    shown = trainer.get(staff(cast, "room_screen", cast.sitting.pk)).content.decode()
    trainer.post(staff(cast, "room_close", cast.sitting.pk))
    after = trainer.get(staff(cast, "room_screen", cast.sitting.pk)).content.decode()

    code = codes.grouped(cast.sitting.code, 3)
    assert code in shown
    assert code not in after
    assert "lets nobody in any more" in after


def test_start_leads_to_the_code_and_the_code_into_the_attempt(client, cast):
    client.force_login(cast.participant)
    url = reverse("lms:start_attempt", args=[cast.quiz.translation_key])

    asked = client.post(url)
    wrong = client.post(asked.url, {"code": "AAAAAA"})
    begun = client.post(asked.url, {"code": cast.sitting.code.lower()})

    assert asked.url == code_page(cast)
    assert wrong.context["form"].errors["code"]
    assert "AAAAAA" in wrong.content.decode()
    attempt = Attempt.objects.get()
    assert begun.url == reverse("lms:attempt", args=[attempt.pk])
    assert client.post(url).url == begun.url


def test_each_refusal_of_a_code_has_its_own_sentence(client, cast):
    other, later = open_room(cast, "other_"), open_room(cast, starts_in=60)
    closed = open_room(cast, minutes=0)
    client.force_login(cast.participant)

    said = [
        client.post(code_page(cast), {"code": code}).context["form"].errors["code"]
        for code in ("AAAAAA", other.code, later.code, closed.code)
    ]

    assert len({str(one) for one in said}) == 4
    assert not Attempt.objects.exists()


def test_many_tries_of_one_person_do_not_shut_out_the_room(client, cast, at):
    """Everybody of a room sits behind one network."""
    at(clock.now())
    colleague = make_enrolment(cohort=cast.cohort)
    client.force_login(cast.participant)
    for _ in range(10):
        client.post(code_page(cast), {"code": "AAAAAA"})
    refused = client.post(code_page(cast), {"code": cast.sitting.code})
    client.force_login(colleague.person.user)
    begun = client.post(code_page(cast), {"code": cast.sitting.code})

    assert refused.status_code == 429
    assert "Too many tries" in refused.content.decode()
    assert Attempt.objects.get().enrolment == colleague
    assert begun.status_code == 302


@pytest.mark.parametrize("who", ["stranger", "other_participant", "trainer"])
def test_who_has_no_place_in_the_course_finds_no_door_to_its_room(client, cast, who):
    client.force_login(getattr(cast, who))

    answer = client.post(code_page(cast), {"code": cast.sitting.code})

    assert answer.status_code == 404


def test_the_quizs_page_says_that_it_is_supervised(client, cast):
    client.force_login(cast.participant)

    assert "the code is given in the room" in client.get(cast.quiz.url).content.decode()


def test_tickets_are_printed_as_slips_for_those_without_an_account(trainer, cast):
    """QZ-54: the paper alone holds the code."""
    url = staff(cast, "room", cast.sitting.pk)
    form = trainer.get(url).context["form"]

    answer = trainer.post(url, {"people": [cast.nigina.pk], "minutes": "45"})

    assert form.initial["people"] == [cast.nigina.pk]
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    (code,) = re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", text)
    assert cast.nigina.person.legal_name in text
    assert "Room 4" in text
    assert "45 дақиқа" in text
    begun = trainer.post(reverse("lms:enter_ticket"), {"code": code})
    assert begun.url == reverse("lms:begin_with_ticket")
    page = trainer.get(url).content.decode()
    assert "not used yet" in page
    assert code.replace("-", "") not in page


def test_a_ticket_is_taken_back_from_the_list(trainer, cast):
    """QZ-54."""
    ticket, code = a_ticket(cast)

    trainer.post(staff(cast, "ticket_back", cast.sitting.pk, ticket.pk))

    answer = trainer.post(reverse("lms:enter_ticket"), {"code": code})
    assert "taken back" in answer.content.decode()


def test_many_tries_of_tickets_have_to_wait(client, cast, at):
    at(clock.now())
    _ticket, code = a_ticket(cast)
    for _ in range(60):
        client.post(reverse("lms:enter_ticket"), {"code": "AAAAA"})

    answer = client.post(reverse("lms:enter_ticket"), {"code": code})

    assert answer.status_code == 429


@pytest.mark.parametrize("typed", ["", " ", "☃", "x" * 500, "\x00"])
def test_what_is_no_ticket_is_said_beside_the_field(client, cast, typed):
    answer = client.post(reverse("lms:enter_ticket"), {"code": typed})

    assert list(answer.context["form"].errors) == ["code"]


def test_without_a_ticket_nothing_begins(client, cast):
    url = reverse("lms:begin_with_ticket")

    assert client.post(url).url == reverse("lms:enter_ticket")
    assert client.post(reverse("lms:leave_exam")).url == reverse("lms:enter_ticket")


def test_a_room_asks_as_often_for_three_people_as_for_one(trainer, cast):
    url = staff(cast, "room", cast.sitting.pk)
    a_ticket(cast)
    trainer.get(url)
    with CaptureQueriesContext(connection) as one:
        trainer.get(url)

    for _number in range(2):
        a_ticket(cast, make_enrolment(make_person(email=""), cast.cohort))
    with CaptureQueriesContext(connection) as three:
        trainer.get(url)

    assert len(three) == len(one)
