"""Publishing a question freezes what attempts are marked by."""

from decimal import Decimal

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry

from courses.actions.questions import QuestionNotPublished, freeze_question
from courses.kinds import mark
from courses.models import Question, QuestionVersion
from tests.courses.kinds.authored import parts
from tests.factories import make_locale, make_question, make_user

pytestmark = pytest.mark.django_db


def versions(question):
    return QuestionVersion.objects.filter(question_key=question.translation_key)


def choice_ids(question):
    return [choice.id for choice in question.choices]


def translated(question, **changes):
    twin = question.copy_for_translation(make_locale("ru"))
    for name, value in changes.items():
        setattr(twin, name, value)
    twin.live = True
    twin.save()
    twin.save_revision().publish()
    return Question.objects.get(pk=twin.pk)


def test_a_version_holds_the_key_without_words_and_the_words_by_language():
    question = make_question(explanation="Because.")
    twin = translated(question, stem="<p>Вопрос?</p>", explanation="Потому.")
    right, wrong = choice_ids(question)

    version = versions(question).get(number=2)

    assert version.key == {
        "kind": "single",
        "correct": [right],
        "tolerance": "0",
        "options": [right, wrong],
    }
    assert version.bodies == {
        "en": {
            "stem": question.stem,
            "options": {right: "Right", wrong: "Wrong"},
            "feedback": {right: "Yes.", wrong: "No."},
            "accepted": [],
            "explanation": "Because.",
        },
        "ru": {
            "stem": "<p>Вопрос?</p>",
            "options": {right: "Right", wrong: "Wrong"},
            "feedback": {right: "Yes.", wrong: "No."},
            "accepted": [],
            "explanation": "Потому.",
        },
    }
    assert choice_ids(twin) == [right, wrong]


@pytest.mark.parametrize(
    ("kind", "fields", "correct", "tolerance"),
    [
        ("true_false", {"is_true": True}, True, "0"),
        ("numeric", {"number": Decimal("5"), "tolerance": "0.5"}, "5", "0.5"),
        ("numeric", {"number": Decimal("2002.000000")}, "2002", "0"),
        ("short_answer", {"accepted": [("answer", "debt bondage")]}, [], "0"),
    ],
)
def test_each_kind_has_its_key(kind, fields, correct, tolerance):
    question = make_question(kind=kind, **fields)

    assert versions(question).get().key == {
        "kind": kind,
        "correct": correct,
        "tolerance": tolerance,
        "options": [],
    }


def test_freezing_again_without_a_change_gives_the_same_version():
    question = make_question(kind="numeric", number=Decimal("3.50"))

    again = freeze_question(question, by=make_user())

    assert list(versions(question)) == [again]
    assert ModelLogEntry.objects.filter(action="courses.freeze_question").count() == 1


def test_a_changed_question_makes_a_new_version_and_leaves_the_old_one():
    """QZ-06: an attempt holds its version, and this one never changes."""
    question = make_question()
    first = versions(question).get()
    kept = dict(first.bodies["en"])

    question.stem = "<p>Another?</p>"
    question.save_revision().publish()

    assert versions(question).count() == 2
    first.refresh_from_db()
    assert first.bodies["en"] == kept


def test_a_corrected_typo_keeps_the_option_ids_and_the_mark():
    """QZ-23"""
    question = make_question()
    right, _ = choice_ids(question)
    question.choices[0].value["text"] = "Right."
    question.save_revision().publish()

    old, new = versions(question).order_by("number")

    assert new.body("en")["options"][right] == "Right."
    assert old.key == new.key
    answer = {"chosen": [right]}
    assert mark(new.key, answer, Decimal(1), {}) == mark(
        old.key, answer, Decimal(1), {}
    )


def test_two_options_with_the_same_text_are_told_apart_by_id():
    """QZ-23"""
    question = make_question(
        choices=[
            ("choice", {"text": "Same", "is_correct": True}),
            ("choice", {"text": "Same", "is_correct": False}),
        ]
    )
    right, wrong = choice_ids(question)

    key = versions(question).get().key

    assert mark(key, {"chosen": [right]}, Decimal(1), {}) == 1
    assert mark(key, {"chosen": [wrong]}, Decimal(1), {}) == 0


def test_a_translation_with_other_choices_is_left_out_of_the_words():
    question = make_question()

    translated(question, choices=[("choice", {"text": "Да", "is_correct": True})] * 2)

    assert set(versions(question).first().bodies) == {"en"}


def test_an_unpublished_question_is_refused_in_words():
    question = Question.objects.create(
        stem="<p>?</p>", locale=make_locale(), live=False
    )

    with pytest.raises(QuestionNotPublished, match="not published"):
        freeze_question(question, by=None)


def test_a_question_with_gaps_is_not_frozen_by_publishing():
    question = make_question(choices=[("choice", {"text": "Only one"})])

    assert not versions(question).exists()
    assert "choices" in question.gaps()


def test_the_first_version_changes_the_meaning_and_a_small_fix_does_not():
    question = make_question()
    question.stem, question.is_small_fix = "<p>Better words?</p>", True
    question.save_revision().publish()

    newest, first = versions(question)
    assert (first.changes_meaning, newest.changes_meaning) == (True, False)


def test_an_edit_changes_the_meaning_unless_its_author_says_otherwise():
    question = make_question()
    question.stem = "<p>Another thing?</p>"
    question.save_revision().publish()

    assert versions(question)[0].changes_meaning


def test_an_edit_of_what_is_right_is_never_a_small_fix():
    question = make_question(
        kind="short_answer", accepted=[("answer", "debt bondage")], choices=[]
    )
    question.accepted = [("answer", "slavery")]
    question.is_small_fix = True
    question.save_revision().publish()

    assert versions(question)[0].changes_meaning


def test_the_picture_to_point_at_is_cut_when_the_question_is_published(
    django_capture_on_commit_callbacks,
):
    image = get_image_model().objects.create(title="x", file=get_test_image_file())
    picture = {"image": image.pk, "alt": "A door"}

    with django_capture_on_commit_callbacks(execute=True):
        make_question(kind="hotspot", parts=parts(("picture", picture, "p")))

    assert image.renditions.filter(filter_spec="max-1000x1000").exists()
