"""A question as it stands on paper, whatever its kind. Letters are Latin everywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import pairwise

from courses.kinds import Kind, Posed
from courses.kinds.base import Words
from courses.kinds.choosing import Choices
from courses.kinds.fill_gaps import Pieces
from courses.kinds.hotspot import Spot, Spots
from courses.kinds.open_answer import Text
from courses.kinds.ordering import Steps
from courses.kinds.pieces import Option, Rows
from courses.kinds.typed import Line

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NONE = "-"


@dataclass(frozen=True)
class Sign:
    """What stands for a choice: a letter, or the number it has anyway."""

    sign: str
    text: Words
    value: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Part:
    """One thing to answer. Without signs it is answered in words.

    `lead` is posted before the answer, where a kind wants it.
    """

    label: str = ""
    text: Words = ""
    signs: tuple[Sign, ...] = ()
    is_several: bool = False
    given: str = ""
    lead: str = ""

    @property
    def typed(self) -> str:
        """The answer as it is typed into the grid."""
        chosen = "".join(sign.sign for sign in self.signs if sign.is_chosen)
        return chosen if self.signs else self.given


@dataclass(frozen=True)
class Printed:
    """A question as it stands on paper.

    `before` is read first. `shared` are the choices that all parts have in common;
    numbers are not printed as choices.
    """

    parts: tuple[Part, ...]
    before: str = ""
    help: Words = ""
    is_long: bool = False
    is_ordered: bool = False
    image: int | None = None
    alt: str = ""
    spots: tuple[Spot, ...] = ()

    @property
    def shared(self) -> tuple[Sign, ...]:
        texts = [[sign.text for sign in part.signs] for part in self.parts]
        is_shared = len(texts) > 1 and all(a == b for a, b in pairwise(texts))
        return self.parts[0].signs if is_shared and not self.is_ordered else ()

    @property
    def takes_words(self) -> bool:
        return any(not part.signs for part in self.parts)

    @property
    def typed(self) -> str:
        """The whole answer as it is typed into the grid; empty when there is none."""
        typed = [part.typed for part in self.parts]
        if not any(typed):
            return ""
        is_close = all(len(one) <= 1 for one in typed)
        between = "; " if self.takes_words else "" if is_close else " "
        return between.join(one or NONE for one in typed)


def printed(kind: Kind, posed: Posed) -> Printed:
    """The question in the order of its variant, with what is answered so far."""
    return _printed(kind.asked(posed), kind)


@singledispatch
def _printed(asked: object, kind: Kind) -> Printed:
    raise TypeError(f"{kind.key} is not known on paper.")


@_printed.register
def _choices(asked: Choices, kind: Kind) -> Printed:
    # A scale and the places on a picture have their numbers already.
    is_numbered = not kind.is_scored or isinstance(asked, Spots)
    signs = tuple(
        Sign(
            str(place + 1) if is_numbered else LETTERS[place],
            _without_number(str(choice.text)) if is_numbered else choice.text,
            choice.id,
            choice.is_chosen,
        )
        for place, choice in enumerate(asked.choices)
    )
    one = Printed((Part(signs=signs, is_several=asked.is_several),), help=asked.help)
    if isinstance(asked, Spots):
        return replace(one, image=asked.image, alt=asked.alt, spots=asked.spots)
    return one


@_printed.register
def _line(asked: Line, kind: Kind) -> Printed:
    return Printed((Part(given=asked.text),))


@_printed.register
def _text(asked: Text, kind: Kind) -> Printed:
    return Printed((Part(given=asked.text),), is_long=True)


@_printed.register
def _rows(asked: Rows, kind: Kind) -> Printed:
    parts = tuple(
        Part(str(number), row.text, _lettered(row.options))
        for number, row in enumerate(asked.rows, start=1)
    )
    return Printed(parts, before=asked.before, help=asked.help)


@_printed.register
def _steps(asked: Steps, kind: Kind) -> Printed:
    parts = tuple(
        Part(
            LETTERS[place],
            step.text,
            tuple(Sign(o.text, o.text, o.value, o.is_chosen) for o in step.places),
        )
        for place, step in enumerate(asked.steps)
    )
    return Printed(parts, help=asked.help, is_ordered=True)


@_printed.register
def _pieces(asked: Pieces, kind: Kind) -> Printed:
    gaps = [piece for piece in asked.pieces if piece.number]
    parts = tuple(
        Part(
            str(gap.number),
            signs=_lettered(gap.options or ()),
            given=gap.given,
            lead=gap.id,
        )
        for gap in gaps
    )
    text = " ".join(
        f"({piece.number}) ________" if piece.number else piece.text
        for piece in asked.pieces
    )
    return Printed(parts, before=text, help=asked.help)


def _lettered(options: Iterable[Option]) -> tuple[Sign, ...]:
    return tuple(
        Sign(LETTERS[place], o.text, o.value, o.is_chosen)
        for place, o in enumerate(options)
    )


def _without_number(text: str) -> str:
    """A choice that begins with its own number need not say it twice."""
    return re.sub(r"^\d+(\.\s|,\s|$)", "", text)
