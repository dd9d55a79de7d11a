"""What a template may be made of, and how its texts are filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.paper import layout

KNOWN = {"holder": "Ли", "course": "First contact", "score_band": ""}


def content(theme="guilloche", **fields):
    return {"theme": theme, "blocks": layout.default_blocks(theme)} | fields


def without(kind):
    blocks = layout.default_blocks("plain")
    return content("plain", blocks=[one for one in blocks if one["type"] != kind])


@pytest.mark.parametrize("theme", layout.THEMES)
def test_what_a_theme_begins_with_has_no_fault(theme):
    assert layout.faults(content(theme, second_language="fa")) == []


def test_a_version_from_before_blocks_has_those_of_its_theme():
    old = {"theme": "statement"}

    assert layout.blocks_of(old) == layout.default_blocks("statement")
    assert layout.blocks_of({"theme": "plain", "blocks": []}) == layout.default_blocks(
        "plain"
    )


def test_the_blocks_of_one_template_are_not_those_of_another():
    layout.default_blocks("plain")[0]["value"]["text"] = "spoilt"

    assert layout.default_blocks("plain")[0]["value"] == {}


@pytest.mark.parametrize("kind", layout.NEEDED)
def test_a_paper_without_name_number_or_code_has_a_fault(kind):
    assert layout.faults(without(kind)) == [f"“{layout.TYPES[kind]}” is missing."]


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ({"type": "video", "area": "top", "value": {}}, "There is no block “video”."),
        ({"type": "topics", "area": "foot", "value": {}}, "“Topics” cannot stand"),
        ({"type": "seal", "area": "foot", "value": {}}, "of the seal” is there twice."),
        ({"type": "topics", "area": "attic", "value": {}}, "“Topics” cannot stand"),
    ],
)
def test_a_block_that_cannot_be_there_is_named(added, fault):
    blocks = [*layout.default_blocks("plain"), added]

    (found,) = layout.faults(content(blocks=blocks))

    assert fault in found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("by {teacher}", "There is no placeholder {teacher}."),
        ("by {", "A curly bracket is not closed."),
        ("[by {holder}", "A square bracket is not closed."),
    ],
)
def test_a_text_that_cannot_be_filled_in_is_refused_with_its_language(text, fault):
    """CE-26: nothing is published with a placeholder that stays open."""
    block = {"type": "text", "area": "middle", "value": {"words": {"tg": text}}}
    blocks = [*layout.default_blocks("plain"), block]

    assert layout.faults(content(blocks=blocks)) == [f"{fault} (tg)"]
    assert layout.faults(content(texts={"tg": {"deed": text}})) == [f"{fault} (tg)"]


@pytest.mark.parametrize(
    ("design", "fault"),
    [
        ({"theme": "comic"}, "There is no theme “comic”."),
        ({"theme": "bilingual"}, "A bilingual certificate needs a second language."),
    ],
)
def test_a_theme_that_cannot_be_drawn_is_named(design, fault):
    assert layout.faults(design) == [fault]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("for {course}", "for First contact"),
        ("for {course} [, result: {score_band}].", "for First contact."),
        ("for {course} {score_band} by {holder}", "for First contact by Ли"),
        ("Result: {score_band}", ""),
        ("Result {score_band}, {place}", ""),
        ("[{holder} of {place}] {course}", "First contact"),
        ("No placeholder.", "No placeholder."),
    ],
)
def test_what_is_not_known_leaves_no_label_and_no_double_space(text, filled):
    """CE-30"""
    assert layout.fill(text, KNOWN) == filled


@given(
    st.lists(
        st.sampled_from(["{holder}", "{place}", "[of {place}]", "word", " ", ","]),
        max_size=9,
    ),
    st.dictionaries(
        st.sampled_from(["holder", "place"]), st.text("Жщ", max_size=4), max_size=2
    ),
)
def test_a_text_that_has_no_fault_is_filled_in_without_a_rest(parts, values):
    """CE-30"""
    text = "".join(parts)

    filled = layout.fill(text, values)

    assert layout.text_faults(text) == []
    assert not set("{}[]") & set(filled)
    assert "  " not in filled
    assert filled == filled.strip()


@given(st.text("{}[]ab ", max_size=12))
def test_every_text_is_either_refused_or_filled_in(text):
    values = dict.fromkeys(layout.PLACEHOLDERS, "x")

    if not layout.text_faults(text):
        assert not set("{}[]") & set(layout.fill(text, values))
