"""The grid in which sheets of paper are typed in, and their corrections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.models import Attempt
from lms.paper_sheet import items_of
from tests.factories import make_enrolment, make_person

from .on_paper import address, line, make_paper_cast, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    return make_paper_cast(attempts_allowed=2, has_open=True)


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def shown(answer, cast):
    """The line of the participant as the page shows it."""
    lines = answer.context["lines"]
    return next(one for one in lines if one.enrolment == cast.enrolment)


def test_typed_in_lines_become_attempts_and_leave_the_grid(trainer, cast):
    """QZ-53."""
    other = make_enrolment(make_person(), cast.cohort)

    done = trainer.post(
        address(cast), line(cast) | line(cast, 1, other, letter="а"), follow=True
    )

    assert "Typed in: 2 sheets." in done.content.decode()
    assert "Every sheet is typed in" in done.content.decode()
    attempts = Attempt.objects.order_by("pk")
    assert {one.enrolment for one in attempts} == {cast.enrolment, other}
    assert {one.entered_by for one in attempts} == {cast.trainer}
    page = trainer.get(address(cast, "paper")).content.decode()
    assert str(cast.trainer) in page
    assert cast.person.legal_name in page


def test_what_cannot_be_read_is_said_in_its_cell_and_nothing_is_lost(trainer, cast):
    other = make_enrolment(make_person(), cast.cohort)
    bad = next(i.place for i in items_of([cast.variant], "en")[cast.variant] if i.right)

    answer = trainer.post(
        address(cast), line(cast, **{f"_{bad}": "Ж"}) | line(cast, 1, other)
    )

    kept = shown(answer, cast)
    assert [one.enrolment for one in answer.context["lines"]] == [cast.enrolment]
    assert kept.letter == "A"
    assert kept.cells[bad - 1].typed == "Ж"
    assert kept.cells[bad - 1].error == "Write one of A, B, or a dash for none."
    assert all(cell.typed for cell in kept.cells)
    assert Attempt.objects.get().enrolment == other


@pytest.mark.parametrize("letter", ["", "Z", "AB", "☃", "x" * 200])
def test_a_letter_that_no_sheet_has_is_said_beside_it(trainer, cast, letter):
    answer = trainer.post(address(cast), line(cast, letter=letter))

    assert shown(answer, cast).letter_error == "Write the letter of the sheet: A, B."
    assert not Attempt.objects.exists()


def test_a_line_without_answers_is_left_and_a_dash_hands_in_an_empty_sheet(
    trainer, cast
):
    empty = {name: "" for name in line(cast) if name.startswith("cell")}
    letter = {f"letter-{cast.enrolment.pk}": "A"}

    trainer.post(address(cast), empty | letter)
    assert not Attempt.objects.exists()

    trainer.post(address(cast), empty | letter | {next(iter(empty)): "-"})
    attempt = Attempt.objects.get()
    assert set(attempt.responses.values_list("answer", flat=True)) == {None}


def test_what_a_colleague_typed_in_meanwhile_is_said_and_not_overwritten(trainer, cast):
    """QZ-53."""
    type_in(cast, rights=0)

    answer = trainer.post(address(cast), line(cast))

    assert "typed in already" in shown(answer, cast).error
    assert Attempt.objects.count() == 1


def test_a_square_code_leads_to_one_line_with_its_letter(trainer, cast):
    make_enrolment(make_person(), cast.cohort)
    type_in(cast)
    query = f"?row={cast.enrolment.pk}&letter=B&language=en"

    answer = trainer.get(address(cast, query=query))

    assert [(one.enrolment, one.letter) for one in answer.context["lines"]] == [
        (cast.enrolment, "B")
    ]
    sheet = line(cast, letter="B", variant=cast.variants[1])
    done = trainer.post(address(cast, query=query), sheet)
    assert done.url == address(cast, "paper")
    assert Attempt.objects.count() == 2


@pytest.mark.parametrize("row", ["0", "x", "1" * 30, "٣"])
def test_a_line_of_nobody_is_not_found(trainer, cast, row):
    assert trainer.get(address(cast, query=f"?row={row}")).status_code == 404


def test_lines_of_other_cohorts_are_not_taken(trainer, cast):
    """QZ-21."""
    answer = trainer.post(address(cast), line(cast, enrolment=cast.other_enrolment))

    assert answer.status_code == 302
    assert not Attempt.objects.exists()


def test_who_was_signed_out_while_typing_finds_it_again(client, cast):
    sent = client.post(address(cast), line(cast, _1="Ж"))
    client.force_login(cast.trainer)
    again = client.get(address(cast))

    assert sent.status_code == 302
    assert shown(again, cast).cells[0].typed == "Ж"
    assert "What you typed is here again" in again.content.decode()
    assert not shown(client.get(address(cast)), cast).is_typed


def test_a_sheet_is_corrected_with_a_reason_on_its_own_page(trainer, cast):
    """QZ-34, QZ-53."""
    attempt = type_in(cast, rights=0)
    url = address(cast, "correct_sheet", attempt.pk)
    page = trainer.get(url).content.decode()
    fields = {name: value for name, value in line(cast).items() if "cell" in name}

    refused = trainer.post(url, fields | {"reason": ""})
    done = trainer.post(url, fields | {"reason": "Misread"})

    assert cast.person.legal_name in page
    assert list(refused.context["form"].errors) == ["reason"]
    typed = [cell.typed for _item, cell in refused.context["rows"]]
    assert typed == list(fields.values())
    assert done.url == address(cast, "paper")
    assert attempt.responses.filter(scores__by=cast.trainer).exists()


def test_an_attempt_on_line_has_no_page_of_corrections(trainer, cast):
    attempt = type_in(cast)
    Attempt.objects.update(paper=None)

    url = address(cast, "correct_sheet", attempt.pk)
    assert trainer.get(url).status_code == 404


def test_the_grid_asks_as_often_for_three_people_as_for_one(trainer, cast):
    trainer.get(address(cast))
    with CaptureQueriesContext(connection) as one:
        trainer.get(address(cast))

    for _number in range(2):
        make_enrolment(make_person(), cast.cohort)
    with CaptureQueriesContext(connection) as three:
        trainer.get(address(cast))

    assert len(three) == len(one)


def test_a_sheet_is_taken_back_with_a_reason_and_its_person_is_in_the_grid(
    trainer, cast
):
    """QZ-53."""
    attempt = type_in(cast)
    url = address(cast, "take_back_sheet", attempt.pk)

    refused = trainer.post(url, {"reason": ""})
    done = trainer.post(url, {"reason": "Letter B"})

    assert refused.url == address(cast, "correct_sheet", attempt.pk)
    assert done.url == address(cast, "paper")
    assert shown(trainer.get(address(cast)), cast)
    assert trainer.get(refused.url).status_code == 404
    assert trainer.get(url).status_code == 405
