"""Quizzes on paper, on screen: what is printed, and for whom."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from courses.models import QuestionVersion
from lms.models import Attempt, PaperVariant
from lms.paper_sheet import variant_for
from tests.factories import make_enrolment, make_person

from .on_paper import address, line, make_paper_cast, type_in

pytestmark = pytest.mark.django_db

FORBIDDEN = ["participant", "marker", "observer", "stranger", "other_trainer"]


@pytest.fixture(scope="module")
def cast_once(once):
    return make_paper_cast(attempts_allowed=2, has_open=True)


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def pages_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]


@pytest.mark.parametrize("who", FORBIDDEN)
def test_who_does_not_teach_the_cohort_sees_no_paper_and_types_nothing(
    client, cast, who
):
    """QZ-08, QZ-53: the key above all."""
    sheet = type_in(cast)
    client.force_login(getattr(cast, who))
    names = ["paper", "type_in"]
    files = ["paper_questions", "paper_sheets", "paper_key"]
    urls = [address(cast, name) for name in names]
    urls += [address(cast, name, "A") for name in files]
    urls.append(address(cast, "correct_sheet", sheet.pk))

    answers = [client.get(url) for url in urls]
    answers += [client.post(url, line(cast)) for url in (urls[0], urls[1], urls[-1])]

    assert {one.status_code for one in answers} == {404}
    assert Attempt.objects.count() == 1


def test_a_trainer_makes_variants_and_finds_their_files(trainer, cast):
    url = address(cast, "paper")

    done = trainer.post(url, {"count": "1"}, follow=True)

    page = done.content.decode()
    assert "Variant C is ready to print." in page
    assert address(cast, "paper_key", "C") in page
    assert address(cast, "paper_key", "A") in page
    assert PaperVariant.objects.count() == 3


@pytest.mark.parametrize("count", ["", "0", "9", "x", "99999999999999999999"])
def test_a_number_of_variants_that_cannot_be_is_said_beside_its_field(
    trainer, cast, count
):
    answer = trainer.post(address(cast, "paper"), {"count": count})

    assert list(answer.context["form"].errors) == ["count"]
    assert PaperVariant.objects.count() == 2


def test_the_questions_are_printed_without_and_the_key_with_what_is_right(
    trainer, cast
):
    """QZ-08."""
    questions = pages_of(trainer.get(address(cast, "paper_questions", "A")))
    key = pages_of(trainer.get(address(cast, "paper_key", "B")))

    assert len(questions) == len(key) == 2
    assert all("Right" in page for page in questions)
    assert not any("Right answer" in page for page in questions)
    assert all("For staff only" in page for page in key)
    for page, letter in zip(questions, "AB", strict=True):
        assert f"Variant {letter}" in page


def test_everybody_gets_a_sheet_with_the_letter_that_the_grid_awaits(trainer, cast):
    for _number in range(2):
        make_enrolment(make_person(), cast.cohort)

    sheets = pages_of(trainer.get(address(cast, "paper_sheets", "A")))
    grid = trainer.get(address(cast)).context["lines"]

    assert len(sheets) == 3 + 2 * 2
    for one in grid:
        name = one.enrolment.person.legal_name
        (sheet,) = [page for page in sheets if name in page]
        assert f"Variant {one.letter}" in sheet
        assert one.letter == variant_for(one.enrolment, cast.variants).letter


def test_a_variant_that_was_not_printed_has_no_file(trainer, cast):
    for letter in ("C", "a", "AB"):
        assert trainer.get(address(cast, "paper_key", letter)).status_code == 404


@pytest.mark.parametrize("language", ["ru", "tg"])
def test_a_quiz_is_printed_in_a_language_only_when_all_of_it_is_written_in_it(
    trainer, cast, language
):
    url = address(cast, "paper_key", "A", query=f"?language={language}")
    assert trainer.get(url)["Content-Disposition"].endswith('-en.pdf"')

    for version in QuestionVersion.objects.all():
        version.bodies[language] = version.bodies["en"]
        version.save()
    assert trainer.get(url)["Content-Disposition"].endswith(f'-{language}.pdf"')
    grid = trainer.get(address(cast, query="?language=en")).content.decode()
    assert "The sheets are in this language: English." in grid
    assert f"?language={language}" in grid
    page = trainer.get(address(cast, "paper")).content.decode()
    assert re.search(rf"{address(cast)}\?language=[a-z]{{2}}\"", page)


def test_the_pages_of_each_variant_are_counted_from_one(trainer, cast):
    key = pages_of(trainer.get(address(cast, "paper_key", "A")))

    assert [page.split()[-1] for page in key] == ["1", "1"]
