"""A cohort with a quiz on paper, and sheets to type in."""

from django.urls import reverse

from courses.actions.questions import freeze_question
from courses.models import QuestionVersion
from lms.actions import papers, sheets
from lms.paper_sheet import items_of
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_module,
    make_question,
    make_quiz,
)

from .sitting import make_open_question


def make_paper_cast(how_many=3, has_open=False, **quiz_fields):
    """The cast; its cohort has a quiz of so many questions, printed as A and B."""
    course = make_course()
    questions = [make_question() for _ in range(how_many)]
    for question in questions:
        freeze_question(question, by=None)
    if has_open:
        questions.append(make_open_question())
    quiz = make_quiz(make_module(course), questions, **quiz_fields)
    cast = make_cast(make_edition(course, quiz))
    cast.quiz = quiz
    cast.variants = papers.print_variants(
        cast.cohort, quiz=quiz, count=2, by=cast.trainer
    )
    cast.variant = cast.variants[0]
    return cast


def written(variant, rights=99):
    """Answers by place: so many right, then wrong ones; text for the open ones."""
    return {
        place: _answer(row["version"], is_right=place <= rights)
        for place, row in enumerate(variant.dealt, start=1)
    }


def type_in(cast, rights=99, variant=None, **others):
    variant = variant or cast.variant
    given = {"answers": written(variant, rights), "language": "en"}
    given |= {"by": cast.trainer} | others
    enrolment = given.pop("enrolment", cast.enrolment)
    return sheets.enter_sheet(enrolment, quiz=cast.quiz, variant=variant, **given)


def _answer(version_pk, *, is_right):
    key = QuestionVersion.objects.get(pk=version_pk).key
    if key["kind"] == "open_answer":
        return {"text": "Because."}
    chosen = [one for one in key["options"] if (one in key["correct"]) == is_right]
    return {"chosen": chosen[:1]}


def address(cast, name="type_in", *more, query=""):
    args = [cast.cohort.code, cast.quiz.translation_key, *more]
    return reverse(f"lms:{name}", args=args) + query


def line(cast, rights=99, enrolment=None, letter="A", variant=None, **cells):
    """A line of the grid with its cells right, wrong from `rights` on."""
    pk = (enrolment or cast.enrolment).pk
    variant = variant or cast.variant
    items = items_of([variant], "en")[variant]
    typed = {item.place: item.right or "Because." for item in items}
    for place in typed:
        if place > rights and typed[place] in "AB":
            typed[place] = {"A": "B", "B": "A"}[typed[place]]
    typed |= {int(name[1:]): value for name, value in cells.items()}
    return {f"letter-{pk}": letter} | {
        f"cell-{pk}-{place}": value for place, value in typed.items()
    }
