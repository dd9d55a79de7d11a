"""What tags say beside their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exchange.labels import Labels, country_of, difficulty_of, read, written

words = st.text("abcdefghij :", min_size=1).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("tags", "labels"),
    [
        ((), Labels()),
        (("consent",), Labels(topic="consent")),
        (("consent", "children"), Labels(tags=("consent", "children"))),
        (("topic:consent", "children"), Labels("consent", tags=("children",))),
        (
            ("Difficulty: hard", "country:tj", "consent"),
            Labels("consent", 3, "TJ"),
        ),
        (("difficulty:odd", "country:Tajikistan"),) * 1
        + (Labels(tags=("difficulty:odd", "country:Tajikistan")),),
    ],
)
def test_tags_say_topic_difficulty_and_country(tags, labels):
    assert read(tags) == labels


@given(
    st.builds(
        Labels,
        topic=words.filter(lambda text: ":" not in text),
        difficulty=st.sampled_from([2, 3]),
        country=st.sampled_from(["", "TJ", "TJ-GB"]),
        tags=st.lists(
            words.filter(lambda text: ":" not in text), max_size=3, unique=True
        ).map(tuple),
    )
)
def test_what_is_written_is_read_again(labels):
    assert read(written(labels)) == labels


@pytest.mark.parametrize("text", ["", "4", "very", "  "])
def test_an_unknown_difficulty_is_none(text):
    assert difficulty_of(text) == 0


@pytest.mark.parametrize(
    ("text", "code"), [("tj", "TJ"), ("TJ-gb", "TJ-GB"), ("Tajikistan", ""), ("", "")]
)
def test_a_country_is_two_letters_and_its_part(text, code):
    assert country_of(text) == code
