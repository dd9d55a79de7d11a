"""What a lesson's blocks look like to a reader, to an editor and to a screen reader."""

import pytest
from django.template import engines

from courses.blocks import FacilitatorNotesBlock, LessonBodyBlock
from courses.bodies import fresh_body_of
from courses.models import GlossaryTerm
from tests.factories import make_lesson, make_locale

BLOCKS = LessonBodyBlock().child_blocks
SPOKEN = [name for name in BLOCKS if hasattr(BLOCKS[name].meta, "preview_value")]


def render(name, value=None):
    block = BLOCKS[name]
    value = block.get_preview_value() if value is None else block.to_python(value)
    return block.render(value, context={"block_id": "b"})


@pytest.mark.parametrize("name", list(BLOCKS))
def test_each_block_has_an_icon_a_label_a_description_and_a_preview(name):
    block = BLOCKS[name]

    assert block.meta.icon != "placeholder"
    assert str(block.label)
    assert str(block.meta.description)
    assert block.is_previewable


@pytest.mark.parametrize("name", SPOKEN)
def test_each_preview_renders_without_inline_style_or_script(name):
    html = render(name)

    assert html.strip()
    assert "style=" not in html
    assert "<script" not in html
    assert "onclick" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BLOCKS))
def test_each_preview_page_is_a_whole_page(name, rf):
    block = BLOCKS[name]
    value = block.get_preview_value()
    context = block.get_preview_context(value) | {
        "bound_block": block.bind(value),
        "request": rf.get("/"),
    }
    template = block.get_preview_template(value, context)

    page = engines["django"].get_template(template).render(context)

    assert page.startswith("<!doctype html>")


def test_a_case_and_a_dialogue_say_that_they_are_invented():
    assert "Invented" in render("case")
    assert "Invented" in render("dialogue")


def test_a_warning_is_closed_says_what_it_is_about_and_what_to_know_instead():
    html = render("warning")

    assert "violence in a workshop" in html
    assert "The workers could not leave." in html
    assert "<details><summary>" in html
    assert "open" not in html.split("<details>")[0].rsplit("<", 1)[-1]


def test_a_self_check_shows_its_answers_when_opened():
    html = render("self_check")

    assert html.count('type="radio"') == 2
    assert "<details>" in html
    assert "(right)" in html


def test_a_comparison_has_headings_and_fills_short_rows():
    value = {"caption": "Two", "head": ["", "A", "B"], "rows": [["Border", "no"]]}

    html = render("comparison", value)

    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 1
    assert html.count("<td>") == 3


def test_what_somebody_typed_is_text_and_not_markup():
    html = render("checklist", {"title": "<b>T</b>", "items": ["<script>x</script>"]})

    assert "<script>" not in html
    assert "<b>T" not in html


def test_a_picture_needs_words_that_stand_in_for_it():
    alt = BLOCKS["picture"].child_blocks["alt"]

    assert alt.required


def test_only_facilitators_have_notes():
    assert not any(isinstance(b, FacilitatorNotesBlock) for b in BLOCKS.values())


@pytest.mark.django_db
def test_glossary_terms_are_shown_in_the_lessons_language_on_tap():
    term = GlossaryTerm.objects.create(
        slug="referral", term="Referral", definition="Sent on.", locale=make_locale()
    )
    twin = term.copy_for_translation(make_locale("ru"))
    twin.term, twin.definition = "Перенаправление", "Передача."
    twin.save()
    lesson = make_lesson(body=[("glossary", [term])])

    english = fresh_body_of(lesson)
    lesson.locale = make_locale("ru")
    russian = fresh_body_of(lesson)

    assert "Referral" in english
    assert "Передача." in russian
    assert "popovertarget" in russian
