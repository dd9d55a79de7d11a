"""What would be right on paper, for the key of a variant."""

from dataclasses import replace
from functools import singledispatch

from courses.kinds import Kind, Posed
from courses.kinds.choosing import Choices
from courses.kinds.fill_gaps import Pieces
from courses.kinds.ordering import Steps
from courses.kinds.pieces import Rows
from courses.kinds.typed import Line

from .printed import Part, Printed, printed


def right_answer(kind: Kind, posed: Posed) -> str:
    """What would be right, as it stands in the key; empty where a person marks it."""
    if not kind.is_scored:
        return ""
    question = printed(kind, replace(posed, values=[]))
    reviewed = kind.reviewed(replace(posed, values=[]), shows_right=True)
    return _right(reviewed, question)


@singledispatch
def _right(reviewed: object, question: Printed) -> str:
    return ""


@_right.register
def _right_choices(reviewed: Choices, question: Printed) -> str:
    right = {choice.id for choice in reviewed.choices if choice.is_right}
    return "".join(s.sign for s in question.parts[0].signs if s.value in right)


@_right.register
def _right_line(reviewed: Line, question: Printed) -> str:
    return " / ".join(reviewed.right)


@_right.register
def _right_rows(reviewed: Rows, question: Printed) -> str:
    texts = [row.right for row in reviewed.rows]
    return "".join(map(_sign_of, question.parts, texts))


@_right.register
def _right_steps(reviewed: Steps, question: Printed) -> str:
    places = {text: str(n) for n, text in enumerate(reviewed.right or [], start=1)}
    separator = " " if len(places) > 9 else ""
    return separator.join(places[str(part.text)] for part in question.parts)


@_right.register
def _right_pieces(reviewed: Pieces, question: Printed) -> str:
    texts = [piece.right for piece in reviewed.pieces if piece.number]
    return "; ".join(map(_sign_of, question.parts, texts))


def _sign_of(part: Part, right: str) -> str:
    """The letter of what is right, or the words."""
    found = [sign.sign for sign in part.signs if str(sign.text) in right.split(", ")]
    exact = [sign.sign for sign in part.signs if str(sign.text) == right]
    return "".join(exact or found) if part.signs else right
