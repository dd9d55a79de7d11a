"""Importing questions: look first; all or nothing; a second time nothing changes."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from courses.actions.exporting import export_questions, questions_of
from courses.actions.import_plan import Outcome, plan_import
from courses.actions.importing import import_questions, keep_questions
from courses.exchange.formats import WRITABLE
from courses.models import Question, QuestionVersion
from tests.factories import make_category, make_locale, make_question, make_user

from .exchange.test_moodle_xml import answer, pictured, png, question, quiz

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).parents[1] / "data" / "bank-sample.gift").read_bytes()
WHERE = "::where::Where to talk? {=In a safe place#Yes. ~In the corridor}\n\n"


@pytest.fixture(autouse=True)
def languages():
    return [make_locale(code) for code in ("en", "ru", "tg")]


def bring(content, *, by=None, chosen=None, language="en", category=None):
    data = content if isinstance(content, bytes) else content.encode()
    by = by or make_user(is_superuser=True)
    upload = keep_questions(
        data, name="a.gift", locale=make_locale(language), category=category, by=by
    )
    return import_questions(upload, by=by, chosen=chosen)


def plan(text, language="en", category=None):
    return plan_import(text, category=category, language=language)


def outcomes(text, **how):
    return [line.outcome for line in plan(text, **how).lines]


def test_the_sample_is_ten_questions_in_three_languages():
    done = bring(SAMPLE)

    questions = Question.objects.filter(live=True).select_related("locale")
    assert done.added == len(questions) == 11
    assert len({question.translation_key for question in questions}) == 10
    consent = {q.locale.language_code: q for q in questions if q.name == "consent"}
    assert consent["en"].translation_key == consent["tg"].translation_key
    assert consent["en"].category == consent["tg"].category
    versions = QuestionVersion.objects.filter(
        question_key=consent["en"].translation_key
    )
    assert versions.first().bodies.keys() == {"en", "tg"}


def test_a_second_time_nothing_changes():
    bring(SAMPLE)
    versions = QuestionVersion.objects.count()

    done = bring(SAMPLE)

    assert (done.added, done.changed) == (0, 0)
    assert QuestionVersion.objects.count() == versions


def test_importing_one_file_twice_is_one_import():
    by = make_user(is_superuser=True)
    upload = keep_questions(WHERE.encode(), name="", locale=make_locale(), by=by)

    first = import_questions(upload, by=by)
    second = import_questions(upload, by=by)

    assert first == second
    assert Question.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="courses.import_questions").count() == 1
    upload.refresh_from_db()
    assert bytes(upload.content) == b""


def test_a_question_of_the_same_name_and_shelf_becomes_a_new_version():
    """QZ-23: a corrected typo keeps the ids of the choices."""
    bring(WHERE, category=make_category("talk"))
    ids = [choice.id for choice in Question.objects.get().choices]

    done = bring(
        WHERE.replace("In the corridor", "In the hall"), category=make_category("Talk")
    )

    assert (done.added, done.changed) == (0, 1)
    question = Question.objects.get()
    assert [choice.id for choice in question.choices] == ids
    assert question.choices[1].value["text"] == "In the hall"
    assert QuestionVersion.objects.count() == 2


def test_choices_in_another_order_keep_their_ids():
    """QZ-23"""
    bring(WHERE)
    ids = {c.value["text"]: c.id for c in Question.objects.get().choices}

    bring("::where::Where to talk? {~In the corridor =In a safe place#Yes.}")

    assert {c.value["text"]: c.id for c in Question.objects.get().choices} == ids


def test_on_another_shelf_the_same_name_is_another_question():
    bring(WHERE, category=make_category("one"))

    assert outcomes(WHERE, category=make_category("two")) == [Outcome.NEW]


def test_a_question_without_a_name_is_known_by_its_words():
    bring("It is so. {T}")

    assert outcomes("It is so. {T}") == [Outcome.SAME]
    assert outcomes("It is so. {F}") == [Outcome.CHANGED]


def test_a_translation_of_a_question_of_the_bank_joins_it():
    bring(WHERE)

    bring("::ru-where::Где говорить? {=В безопасном месте ~В коридоре}")

    first, second = Question.objects.order_by("pk")
    assert first.translation_key == second.translation_key
    assert [c.id for c in first.choices] == [c.id for c in second.choices]
    assert second.locale.language_code == "ru"


def test_a_translation_with_other_choices_is_refused_in_words():
    text = f"{WHERE}::where-ru::Где? {{=А ~Б ~В}}"

    _first, second = plan(text).lines

    assert second.outcome == Outcome.REFUSED
    assert "called like a translation of “Where to talk?”" in second.reason


def test_the_language_is_told_by_name_and_letters():
    text = "Да. {T}\n\nРозигии ӯ аҳамият дорад. {F}\n\nYes. {T}\n\n::ru-x::No. {F}"

    assert [line.language for line in plan(text).lines] == ["ru", "tg", "en", "ru"]


def test_the_same_question_twice_in_a_file_is_refused_the_second_time():
    second = plan(WHERE + WHERE).lines[1]

    assert second.outcome == Outcome.REFUSED
    assert second.reason == "Line 1 has the same question."


def test_only_what_was_chosen_is_written():
    done = bring(f"{WHERE}Yes. {{T}}\n\nNo. {{F}}", chosen={0, 2})

    assert done.added == 2
    assert not Question.objects.filter(stem="<p>Yes.</p>").exists()


def test_what_the_bank_cannot_keep_is_told():
    text = "A {=one =%50%two#so so}\n\nB {#=5:0 =%50%6:0}\n\nC {~%50%a ~%50%b ~%-10%c}"

    warned = [line.warnings for line in plan(text).lines]

    assert [len(sentences) for sentences in warned] == [2, 1, 1]


def test_several_right_numbers_are_refused():
    (line,) = plan("A {#=5:0 =6:0}").lines

    assert "one right number" in line.reason


def test_a_picture_is_kept_once_and_shown_in_the_text(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    xml = (
        pictured(png())
        .replace('"essay">', '"truefalse"><name><text>map</text></name>')
        .replace(
            "</questiontext>",
            '</questiontext><answer fraction="100"><text>true</text></answer>'
            '<answer fraction="0"><text>false</text></answer>',
        )
    )

    bring(quiz(xml))

    question = Question.objects.get()
    assert '<embed embedtype="image"' in question.stem
    assert outcomes(quiz(xml)) == [Outcome.SAME]


def test_who_may_not_publish_sends_the_questions_to_review():
    group = Group.objects.create(name="Writers")
    names = ["add_question", "change_question"]
    group.permissions.set(Permission.objects.filter(codename__in=names))

    done = bring(WHERE, by=make_user(groups=[group]))

    assert not done.is_live
    assert [q.live for q in Question.objects.all()] == [False]


def test_who_may_not_write_questions_imports_none():
    with pytest.raises(PermissionDenied):
        bring(WHERE, by=make_user())

    assert not Question.objects.exists()


def test_the_plan_costs_no_query_a_question(django_assert_num_queries):
    one, three = "Q0. {T}", "\n\n".join(f"Q{n}. {{T}}" for n in range(3))
    bring(three)

    with django_assert_num_queries(queries_of(one)):
        plan(three)


def queries_of(text):
    with CaptureQueriesContext(connection) as caught:
        plan(text)
    return len(caught)


def test_a_question_written_by_hand_is_recognised_by_its_name():
    make_question(name="where", stem='<p data-block-key="a">Where to talk?</p>')

    assert outcomes(WHERE) == [Outcome.CHANGED]


def test_pairs_orders_gaps_and_units_come_in_and_go_out_the_same():
    """What is exported is known again when it comes back."""
    gaps = question(
        "cloze", text="<p>Fill.</p><p>In {1:SA:=Khujand} or {1:MC:=a~b}</p>"
    )
    order = question(
        "ordering", "".join(answer(x, str(n)) for n, x in enumerate("abc"))
    )
    unit = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>"
    number = question("numerical", f"{answer('5')}{unit}</units>")
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer>"
        "</subquestion>"
        for left, right in [("a", "1"), ("b", "2"), ("", "3")]
    )
    xml = quiz(
        *(
            text.replace("<text>n<", f"<text>n{place}<")
            for place, text in enumerate(
                [gaps, order, number, question("matching", pairs), question("essay")]
            )
        )
    )

    done = bring(xml)

    assert done.added == 5
    assert {q.kind for q in Question.objects.filter(live=True)} == {
        "fill_gaps",
        "ordering",
        "numeric",
        "matching",
        "open_answer",
    }
    written = export_questions(
        questions_of(), as_=WRITABLE["moodle_xml"], by=make_user(is_superuser=True)
    )
    assert written.left_out == ()
    assert set(outcomes(written.content)) == {Outcome.SAME}


def labelled():
    question = make_question(
        kind="true_false",
        is_true=True,
        topic="consent",
        difficulty=3,
        jurisdiction="TJ",
        name="where",
        category=make_category("talk"),
    )
    question.tags.add("children", "courts")
    question.save()
    question.save_revision().publish()
    return question


@pytest.mark.parametrize("key", ["moodle_xml", "gift"])
def test_topic_difficulty_country_and_tags_go_out_and_come_back(key):
    labelled()
    by = make_user(is_superuser=True)
    writing = export_questions(questions_of(), as_=WRITABLE[key], by=by)
    again = plan(writing.content)

    assert [line.outcome for line in again.lines] == [Outcome.SAME]
    Question.objects.all().delete()
    bring(writing.content)
    question = Question.objects.get()
    facts = (question.topic, question.difficulty, question.jurisdiction)
    assert facts == ("consent", 3, "TJ")
    assert set(question.tags.names()) == {"children", "courts"}


def test_a_file_that_says_no_facts_leaves_those_of_the_bank():
    question = labelled()
    bring("Question;Right;Name;Category\nOther words?;true;where;talk\n")

    question = Question.objects.get(pk=question.pk)
    assert str(question) == "Other words?"
    assert (question.difficulty, question.jurisdiction) == (3, "TJ")
    assert question.tags.count() == 2


def test_a_table_says_difficulty_and_country_in_columns():
    table = "Question;A;B;Right;Сложность;Country\nWhere?;Here;There;A;сложный;tj\n"
    bring(table)

    question = Question.objects.get()
    assert (question.difficulty, question.jurisdiction) == (3, "TJ")


def test_what_a_column_says_and_nobody_understands_is_told():
    table = "Question;A;B;Right;Difficulty\nWhere?;Here;There;A;odd\n"

    [line] = plan(table).lines

    assert line.outcome == Outcome.NEW
    assert "“odd” is not understood" in str(line.warnings)
