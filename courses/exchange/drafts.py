"""A question between two programs: what every format is read into and written from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_LETTERS = 2_000_000
MOST_QUESTIONS = 1_000
MOST_LETTERS_A_TEXT = 20_000
MOST_ANSWERS = 100

WHOLE = Fraction(1)
NONE = Fraction(0)


class NotThisFormat(Exception):
    """The whole file is refused; the text is translated and says what to do."""


class Refused(Exception):
    """This one question cannot be taken; the text is translated and says why."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Choice:
    """One choice of several, or one accepted wording; `share` of the marks it earns."""

    text: str
    share: Fraction = NONE
    feedback: str = ""
    is_pinned: bool = False


@dataclass(frozen=True)
class Number:
    """A number that counts, and how far from it still does."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    share: Fraction = WHOLE
    feedback: str = ""


@dataclass(frozen=True)
class Pair:
    """What belongs together; without a left side it is a right side too many."""

    left: str
    right: str


@dataclass(frozen=True)
class Gap:
    """A hole of a text, `[[1]]` being the first; with choices to pick or to type."""

    answers: tuple[Choice, ...]
    is_typed: bool = False
    number: Number | None = None


@dataclass(frozen=True)
class Criterion:
    """What an open answer is marked by; a level is its percent and its words."""

    name: str
    levels: tuple[tuple[Decimal, str], ...]


@dataclass(frozen=True)
class Picture:
    """A picture made anew from the file's; the stem holds `<img src="name">`."""

    name: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True)
class QuestionDraft:
    """One question of a file. The stem is cleaned HTML, all other words are plain."""

    kind: str
    stem: str
    line: int = field(default=0, compare=False)
    name: str = ""
    category: str = ""
    language: str = ""
    choices: tuple[Choice, ...] = ()
    is_true: bool | None = None
    if_right: str = ""
    if_wrong: str = ""
    numbers: tuple[Number, ...] = ()
    unit: str = ""
    pairs: tuple[Pair, ...] = ()
    gaps: tuple[Gap, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    explanation: str = ""
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    difficulty: int = 0
    country: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def warned(self, *sentences: str) -> "QuestionDraft":
        return replace(self, warnings=(*self.warnings, *sentences))


@dataclass(frozen=True)
class Refusal:
    """A question that is left out: where it began, why, and its first words."""

    line: int
    reason: str
    excerpt: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds; `notes` are about the file as a whole."""

    drafts: tuple[QuestionDraft, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Writing:
    """A file, and the questions its format has no words for."""

    content: str
    left_out: tuple[Refusal, ...] = ()


def excerpt_of(text: str) -> str:
    """The first words of a question, to be found again by."""
    words = " ".join(text[:400].split())
    return words if len(words) <= 100 else f"{words[:99]}…"


def as_share(percent: Decimal) -> Fraction:
    """33.33333 and 33.334 percent are a third: Moodle writes five digits."""
    share = Fraction(percent) / 100
    for parts in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20):
        near = Fraction(round(share * parts), parts)
        if abs(near - share) < Fraction(1, 10_000):
            return near
    return share


def percent_of(share: Fraction) -> str:
    """As Moodle writes it: 100, 33.33333, -50."""
    rounded = round(Decimal(share.numerator * 100) / share.denominator, 5)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def too_many() -> str:
    return _("There are more than %(most)s answers.") % {"most": MOST_ANSWERS}


def too_many_questions() -> str:
    return _("Only the first %(most)s questions of a file are read. Split it.") % {
        "most": MOST_QUESTIONS
    }


def checked_choices(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """At least two, none of them empty; one that nobody could tell apart is refused."""
    found = tuple(choices)
    if len(found) < 2:
        raise Refused(_("A question with choices needs at least two of them."))
    if len(found) > MOST_ANSWERS:
        raise Refused(too_many())
    if not all(choice.text for choice in found):
        raise Refused(_("One of the choices is empty."))
    return found


def with_choices(draft: QuestionDraft, choices: Iterable[Choice]) -> QuestionDraft:
    """One right choice, or several, as the shares say; what is lost is told."""
    found = checked_choices(choices)
    right = [choice for choice in found if choice.share > 0]
    if not right:
        raise Refused(_("No choice is marked as right."))
    whole = [choice for choice in right if choice.share == WHOLE]
    kind = "single" if len(whole) == 1 else "multiple"
    if kind == "multiple" and len(right) == 1:
        return replace(draft, kind="single", choices=found).warned(_only(right[0]))
    warnings = _one_right(right) if kind == "single" else _several_right(found)
    return replace(draft, kind=kind, choices=found).warned(*warnings)


def _only(choice: Choice) -> str:
    return _("“%(choice)s” earned %(percent)s %% there; here it earns all.") % {
        "choice": excerpt_of(choice.text),
        "percent": percent_of(choice.share),
    }


def _one_right(right: list[Choice]) -> list[str]:
    return [
        _("“%(choice)s” earned %(percent)s %% there; here it earns nothing.")
        % {"choice": excerpt_of(choice.text), "percent": percent_of(choice.share)}
        for choice in right
        if choice.share != WHOLE
    ]


def _several_right(choices: tuple[Choice, ...]) -> list[str]:
    """Here each right choice earns the same, and each wrong one costs that much."""
    right = [choice for choice in choices if choice.share > 0]
    if all(choice.share == WHOLE for choice in right):
        return [_("Each of several choices was right there; here all are needed.")]
    equal = Fraction(1, len(right))
    wrong = [choice.share for choice in choices if choice.share <= 0]
    if any(choice.share != equal for choice in right) or any(
        share not in (NONE, -equal) for share in wrong
    ):
        return [
            _(
                "The choices weighed differently there; here each right one earns the"
                " same and each wrong one takes as much away."
            )
        ]
    return []
