"""Questions as hypothesis makes them up, in the words that every format must carry."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from courses.exchange.drafts import Choice, Number, Pair, QuestionDraft
from courses.exchange.markup import clean, from_text, storable, words_of
from courses.exchange.texts import category_of

# Letters that mean something to one of the formats, and those of three languages.
LETTERS = st.sampled_from("abcTF ~=#{}:\\n/->%[]$<>&;\"'.,*_0159№жӣғ\u200c")
RAW = st.text(st.one_of(LETTERS, st.characters(codec="utf-8")), min_size=1, max_size=40)
# A number that stands for itself is no entity once its reading is the same again.
WORDS = RAW.map(words_of).map(words_of).map(words_of).filter(bool)
SOME_WORDS = st.one_of(st.just(""), WORDS)
MARKED = st.lists(
    st.tuples(st.sampled_from(["b", "i", "p", "ul", "div", "u", "li"]), RAW), max_size=4
).map(lambda parts: "".join(f"<{mark}>{text}</{mark}>" for mark, text in parts))
STEMS = st.one_of(RAW.map(from_text), MARKED.map(clean)).filter(bool)
CATEGORIES = RAW.map(storable).map(category_of).map(category_of)

TWENTIETHS = st.integers(1, 19).map(lambda part: Fraction(part, 20))
NUMBERS = st.decimals(-(10**9), 10**9, places=4)


@st.composite
def choices(draw, shares):
    return tuple(Choice(draw(WORDS), share, draw(SOME_WORDS)) for share in draw(shares))


def kinds() -> dict:
    """What belongs to each kind."""
    wrong = st.lists(st.sampled_from([Fraction(0), Fraction(-1, 2)]), min_size=1)
    single = wrong.map(lambda shares: [Fraction(1), *shares[:5]])
    multiple = wrong.map(lambda shares: [Fraction(1, 2), *shares[:5], Fraction(1, 2)])
    typed = st.lists(TWENTIETHS, max_size=4).map(lambda shares: [Fraction(1), *shares])
    number = st.builds(
        Number, NUMBERS, NUMBERS.map(abs), st.just(Fraction(1)), SOME_WORDS
    )
    pairs = st.lists(st.builds(Pair, WORDS, WORDS), min_size=2, max_size=5)
    return {
        "single": {"choices": choices(single)},
        "multiple": {"choices": choices(multiple)},
        "true_false": {
            "is_true": st.booleans(),
            "if_right": SOME_WORDS,
            "if_wrong": SOME_WORDS,
        },
        "numeric": {"numbers": st.lists(number, min_size=1, max_size=3).map(tuple)},
        "short_answer": {"choices": choices(typed)},
        "matching": {"pairs": pairs.map(tuple)},
        "open": {},
        "description": {},
    }


def drafts(*names, **changes):
    """Questions of these kinds, or of all."""
    own = kinds()
    words = {
        "name": SOME_WORDS,
        "stem": STEMS,
        "category": CATEGORIES,
        "explanation": SOME_WORDS,
    }
    return st.one_of(
        st.builds(
            QuestionDraft,
            kind=st.just(name),
            **words
            | ({"explanation": st.just("")} if name == "description" else {})
            | own[name]
            | changes,
        )
        for name in names or own
    )


def same(draft: QuestionDraft) -> dict:
    """What must survive, numbers by their value."""
    return {
        name: [(n.value, n.tolerance, n.share, n.feedback) for n in value]
        if name == "numbers"
        else value
        for name, value in vars(draft).items()
        if name not in ("line", "warnings")
    }


def number(value: str, tolerance: str = "0", **more) -> Number:
    return Number(Decimal(value), Decimal(tolerance), **more)
