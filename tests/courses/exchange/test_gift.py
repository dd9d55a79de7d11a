"""GIFT: what Moodle reads is read, what is broken is refused in a sentence."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.exchange import gift
from courses.exchange.drafts import Choice, Pair

from .drafts import drafts, number, same

SAMPLE = (Path(__file__).parents[2] / "data" / "bank-sample.gift").read_bytes()
HALF = Fraction(1, 2)


def one(text):
    """The only question of a file."""
    reading = gift.read(text)
    assert reading.refusals == ()
    (draft,) = reading.drafts
    return draft


def refused(text):
    reading = gift.read(text)
    assert reading.drafts == ()
    (refusal,) = reading.refusals
    return refusal


def test_the_sample_is_read_whole():
    reading = gift.read(SAMPLE)

    assert reading.refusals == ()
    assert [(d.line, d.name, d.kind, d.category) for d in reading.drafts] == [
        (4, "act-means-purpose", "single", "Foundations/Definition"),
        (11, "child-means", "true_false", "Foundations/Definition"),
        (13, "consent", "true_false", "Foundations/Definition"),
        (15, "ilo-multi", "multiple", "Foundations/Definition"),
        (23, "ilo-count", "numeric", "Foundations/Definition"),
        (25, "smuggling", "matching", "Foundations/Definition"),
        (33, "interview-place", "single", "Foundations/First contact"),
        (40, "referral", "short_answer", "Foundations/First contact"),
        (42, "ru-essay", "open", "Foundations/First contact"),
        (44, "tg-consent", "true_false", "Foundations/First contact"),
        (46, "min-pass", "single", "Foundations/First contact"),
    ]


def test_the_sample_is_the_same_when_written_and_read_again():
    first = gift.read(SAMPLE).drafts

    written = gift.write(first)

    assert written.left_out == ()
    assert gift.read(written.content).drafts == first


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_ends_are_understood(encoding, newline):
    text = "::одно::Где беседовать? {\n=В безопасном месте\n~В коридоре\n}\n\nДа. {T}"

    reading = gift.read(text.replace("\n", newline).encode(encoding))

    assert [d.stem for d in reading.drafts] == [
        "<p>Где беседовать?</p>",
        "<p>Да.</p>",
    ]


def test_escaped_letters_are_letters():
    draft = one(r"::a\:\:b::Is 1 \= 1 in \{C\:\\x\}?\nSay. {=a\~b#c\#d ~e\=f}")

    assert draft.name == "a::b"
    assert draft.stem == "<p>Is 1 = 1 in {C:\\x}?<br/>Say.</p>"
    assert draft.choices == (Choice("a~b", Fraction(1), "c#d"), Choice("e=f"))


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("[html]<p>A <b>word</b></p>{}", "<p>A <b>word</b></p>"),
        ("[html]A &lt;b&gt;{}", "<p>A &lt;b&gt;</p>"),
        ("[markdown]A **word**{}", "<p>A <b>word</b></p>"),
        ("[plain]A <b>word</b>{}", "<p>A &lt;b&gt;word&lt;/b&gt;</p>"),
        ("[moodle]A <em>word</em>{}", "<p>A <i>word</i></p>"),
        ("Is 1 < 2 and 3 > 2?{}", "<p>Is 1 &lt; 2 and 3 &gt; 2?</p>"),
        ("[html]<script>alert(1)</script><p onclick\\='x()'>A</p>{}", "<p>A</p>"),
        ("[html]<a href\\='javascript\\:x()'>A</a>{}", "<p>A</p>"),
    ],
)
def test_the_words_of_each_format_become_clean_html(text, stem):
    assert one(text).stem == stem


def test_comments_categories_and_tags_stand_between_questions():
    text = (
        "// a comment\n$CATEGORY: $course$/top/Foundations/First  contact\n\n"
        "// [id:x] [tag:law] [tag:2026]\n::a::A {T}\n$CATEGORY: Other\n::b::B {F}"
    )

    first, second = gift.read(text).drafts

    assert (first.category, first.tags) == (
        "Foundations/First contact",
        ("law", "2026"),
    )
    assert (second.category, second.tags, second.line) == ("Other", (), 7)


def test_questions_without_an_empty_line_between_them_are_told_apart():
    reading = gift.read("First {T}\nSecond {F}\n::c::Third, and\nmore {\n~a\n\n=b\n}")

    assert [(d.line, d.kind) for d in reading.drafts] == [
        (1, "true_false"),
        (2, "true_false"),
        (3, "single"),
    ]


def test_weights_earn_their_share():
    draft = one("A {~%50%a ~%50%b ~%-50%c ~%33.33333%d ~e ####Because.}")

    assert [c.share for c in draft.choices] == [HALF, HALF, -HALF, Fraction(1, 3), 0]
    assert (draft.kind, draft.explanation) == ("multiple", "Because.")
    assert len(draft.warnings) == 1


def test_a_partly_right_choice_beside_the_right_one_is_warned_of():
    draft = one("A {=a ~%50%b ~c}")

    assert draft.kind == "single"
    assert draft.warnings == ("“b” earned 50 % there; here it earns nothing.",)


def test_equal_weights_are_no_reason_for_a_warning():
    assert one("A {~%50%a ~%50%b ~%-50%c ~d}").warnings == ()


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ("#11", [number("11")]),
        ("#11:0.5", [number("11", "0.5")]),
        ("#1,5:0,5", [number("1.5", "0.5")]),
        ("#1..5", [number("3", "2")]),
        ("#-5..5", [number("0", "5")]),
        ("#3#well done", [number("3", feedback="well done")]),
        (
            "#=5:0 =%50%5:1#nearly ~#no",
            [number("5"), number("5", "1", share=HALF, feedback="nearly")],
        ),
    ],
)
def test_numbers_are_read_in_all_their_forms(answers, numbers):
    assert list(one(f"How many? {{{answers}}}").numbers) == numbers


@pytest.mark.parametrize("word", ["T", "TRUE", "true", "F", "FALSE"])
def test_true_and_false_are_read_with_what_is_said_to_each(word):
    draft = one(f"A {{{word}#not so#just so####Because.}}")

    assert draft.is_true is (word[0].upper() == "T")
    assert (draft.if_wrong, draft.if_right) == ("not so", "just so")
    assert draft.explanation == "Because."


def test_pairs_typed_answers_and_what_is_no_question():
    assert one("Match {=a -> b =c->d = -> e}").pairs == (
        Pair("a", "b"),
        Pair("c", "d"),
        Pair("", "e"),
    )
    assert one("A {=one =%50%two#so so}").choices == (
        Choice("one", Fraction(1)),
        Choice("two", HALF, "so so"),
    )
    assert one("[html]Read <b>this</b>.").kind == "description"
    assert one("Write. {}").kind == "open"


def test_a_missing_word_is_a_line_in_the_middle():
    draft = one("The national {=referral =reference} mechanism.")

    assert draft.stem == "<p>The national _____ mechanism.</p>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A {=a ~b", "no “}” at their end"),
        ("A } b", "without a “{”"),
        ("A {T} {F}", "more braces than one pair"),
        ("::A {T}", "no “::” at its end"),
        ("::A:: {T}", "no text of a question"),
        ("A {~a ~b}", "No choice is marked as right"),
        ("A {~=}", "empty"),
        ("A {=a ~}", "One of the choices is empty"),
        ("A {42}", "must each begin"),
        ("A {=a ~b ~%300%c}", "more than 100 %"),
        ("A {#many}", "“many” is not a number"),
        ("A {#5..1}", "ends before it begins"),
        ("A {#0.12345678}", "too many digits"),
        ("A {=a -> b =c}", "has no “->”"),
        ("A {=}", "accepted answers is empty"),
        ("A {~a" + "~a" * 200 + "}", "more than 100 answers"),
        ("A" * 30_000 + "{T}", "longer than 20000"),
        ("[html]" + "<ul>" * 30 + "A{T}", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_reason(text, reason):
    refusal = refused(f"\n\n{text}")

    assert reason in refusal.reason
    assert refusal.line == 3
    assert refusal.excerpt


def test_one_broken_question_does_not_swallow_the_next():
    reading = gift.read("A {=a\n\n::b::B {T}\n\nC {~a\n\nD {F}")

    assert [d.stem for d in reading.drafts] == ["<p>B</p>", "<p>D</p>"]
    assert [r.line for r in reading.refusals] == [1, 5]


def test_too_many_questions_are_not_read():
    reading = gift.read("A {T}\n\n" * 1_002)

    assert len(reading.drafts) == 1_000
    assert "first 1000 questions" in reading.refusals[-1].reason


@given(st.lists(drafts(), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_as_the_same(questions):
    written = gift.write(questions)

    reading = gift.read(written.content)

    assert reading.refusals == ()
    assert [same(d) for d in reading.drafts] == [same(d) for d in questions]


def test_what_gift_has_no_words_for_is_named():
    ordering = one("A {}").__class__(kind="ordering", stem="<p>Order</p>")

    written = gift.write([ordering])

    assert written.content == ""
    assert [(r.line, r.excerpt) for r in written.left_out] == [(1, "Order")]


def test_a_number_is_written_without_an_exponent():
    draft = one("A {#1000000:0}")

    assert "#1000000:0" in gift.write([draft]).content
    assert draft.numbers[0].value == Decimal(1_000_000)
