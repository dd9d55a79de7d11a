"""What every kind of question can say for itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Protocol

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from wagtail.blocks import Block

from .rubric import Criterion, Levels

Words = str | Promise
Key = Mapping[str, Any]
Body = Mapping[str, Any]
Answer = dict[str, Any]
# The wordings of a typed answer by language, in whatever shape their kind keeps them.
Accepted = Mapping[str, Any]

WHOLE = Fraction(1)
NONE = Fraction(0)


class NotAnAnswer(ValueError):
    """No browser showing this question sends this."""


class TooLong(NotAnAnswer):
    """More characters than its field takes."""

    def __init__(self, most: int):
        super().__init__(f"More than {most} characters.")
        self.most = most


class Question(Protocol):
    """What a kind reads of a question of the bank, published or not."""

    stem: str
    explanation: str
    choices: Iterable[Any]
    is_true: bool | None
    number: Decimal | None
    tolerance: Decimal
    tolerance_is_percent: bool
    is_unit_needed: bool
    is_all_or_nothing: bool
    accepted: Iterable[Any]
    parts: Iterable[Any]


@dataclass(frozen=True)
class Posed:
    """A frozen question before one participant, in their order, with what they gave.

    `levels` are those that a marker chose.
    """

    key: Key
    body: Body
    order: list[str]
    values: list[str]
    levels: Levels = field(default_factory=dict)


class Kind(ABC):
    """One kind of question: how it is written, asked, answered, marked and reviewed.

    `fields` are the fields of the author's form that it uses, besides those of every
    question; `blocks` what its parts may be. `holds` names what a stored answer of this
    kind is kept under. What is not `is_scored` is worth nothing and takes nothing.
    `marking_template` is what a marker reads, where a person marks. What `is_typed` is
    counted by its words, whatever they are.
    """

    key: ClassVar[str]
    label: ClassVar[Words]
    rank: ClassVar[int]
    fields: ClassVar[tuple[str, ...]] = ()
    blocks: ClassVar[Mapping[str, Block]] = {}
    holds: ClassVar[str]
    is_scored: ClassVar[bool] = True
    is_typed: ClassVar[bool] = False
    sheet_template: ClassVar[str]
    review_template: ClassVar[str]
    marking_template: ClassVar[str] = ""

    # Written by an author.

    @abstractmethod
    def gaps(self, question: Question) -> dict[str, Words]:
        """What is missing before anybody can be asked it, by field."""

    def key_of(self, question: Question) -> dict[str, Any]:
        """What marking needs, without a word of any language."""
        return {"kind": self.key, "correct": [], "tolerance": "0", "options": []}

    def body_of(self, question: Question) -> dict[str, Any]:
        """The words in the question's language."""
        return {
            "stem": question.stem,
            "options": {},
            "feedback": {},
            "accepted": [],
            "explanation": question.explanation,
        }

    def shared_ids(self, key: Key) -> set[str]:
        """The ids that the question must have in each of its languages."""
        return set(key["options"])

    # Dealt to a participant.

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        """The option ids as one participant sees them; stored with the attempt."""
        options = list(key.get("options") or [])
        if is_shuffled:
            random.shuffle(options)
        return options

    @abstractmethod
    def asked(self, posed: Posed) -> object:
        """What the sheet's template shows; nothing about right or wrong (QZ-08)."""

    # Answered.

    def read(self, key: Key, values: list[str]) -> Answer | None:
        """The answer that these posted values stand for; None when left empty.

        Raises NotAnAnswer for what no page of ours sends (QZ-21).
        """
        filled = [value for value in values if value.strip()]
        return self._read(key, filled) if filled else None

    @abstractmethod
    def _read(self, key: Key, values: list[str]) -> Answer:
        """The same for values that are not blank."""

    def written(self, answer: Answer) -> list[str]:
        """The values of the form's fields that stand for this answer."""
        if self.holds not in answer:
            raise NotAnAnswer("An answer to another kind of question.")
        return self._written(answer[self.holds])

    @abstractmethod
    def _written(self, held: Any) -> list[str]:
        """The same for what is kept under `holds`."""

    def is_answered(self, values: list[str]) -> bool:
        return any(value.strip() for value in values)

    # Handed in.

    @abstractmethod
    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction | None:
        """The share of the marks it earns; None where a person has to mark it."""

    def criteria(self, posed: Posed) -> list[Criterion]:
        """What a person marks it by; empty where points are given freely."""
        return []

    def share_by_levels(self, key: Key, levels: Levels) -> Fraction | None:
        """The share of the marks that these levels add up to; None without criteria.

        Raises NotAnAnswer unless there is one level of each criterion.
        """
        return None

    @abstractmethod
    def reviewed(self, posed: Posed, *, shows_right: bool) -> object:
        """What the review's template shows: one's own answer and how right it was.

        What would have been right is in it only when `shows_right`.
        """

    def offered(self, key: Key, body: Body) -> list[Any]:
        """What there is to choose from, each with `id`, `text` and `is_right`.

        Empty where the answers are not options; by `id` they are counted.
        """
        return []

    def tallied(self, key: Key, answer: Answer) -> list[str]:
        """What this answer counts for in the statistics of its question."""
        return self.written(answer)


def parts_of(question: Question, *names: str) -> list[Any]:
    """The parts of these names, in the author's order."""
    return [part for part in question.parts if part.block_type in names]


def opaque(part_id: object) -> str:
    """An id that does not tell which part it belongs to, the same in every language."""
    return salted_hmac("courses.kinds", str(part_id)).hexdigest()[:16]


def share_of(right: int, total: int, key: Key) -> Fraction:
    """A share for each right part, or all or nothing where the author says so."""
    if key.get("is_all_or_nothing"):
        return WHOLE if total and right == total else NONE
    return Fraction(right, total or 1)


def policy_of(question: Question) -> dict[str, bool]:
    """What the key says of all or nothing: only where it holds."""
    return {"is_all_or_nothing": True} if question.is_all_or_nothing else {}
