"""What a browser may send as an answer to a dealt question, and how it is stored."""

from collections.abc import Callable, Mapping
from typing import Any

LONGEST_TEXT = 500

Answer = dict[str, Any]


class NotAnAnswer(ValueError):
    """No browser showing this question sends this."""


def read_answer(key: Mapping[str, Any], values: list[str]) -> Answer | None:
    """The answer that these posted values stand for; None when left empty.

    Raises NotAnAnswer for an option not offered, two options where one is asked for,
    or a text longer than its field.
    """
    filled = [value for value in values if value.strip()]
    return READERS[key["kind"]](key, filled) if filled else None


def as_posted(key: Mapping[str, Any], values: list[str]) -> Answer | None:
    """The values of a form in an answer's shape; whether they may be so comes later."""
    filled = [value for value in values if value.strip()]
    if not filled:
        return None
    kind = key["kind"]
    if kind == "true_false" and filled in (["true"], ["false"]):
        return {"is_true": filled == ["true"]}
    if kind in ("numeric", "short_answer") and len(filled) == 1:
        return {"text": filled[0]}
    return {"chosen": filled}


def check_answer(key: Mapping[str, Any], answer: Answer | None) -> Answer | None:
    """The stored form of an answer given as data, refused like a posted one."""
    return read_answer(key, written(answer))


def written(answer: Mapping[str, Any] | None) -> list[str]:
    """The values of the form's fields that stand for this answer."""
    if not answer:
        return []
    if "chosen" in answer:
        return [str(option) for option in answer["chosen"]]
    if "is_true" in answer:
        return ["true" if answer["is_true"] else "false"]
    return [str(answer.get("text", ""))]


def _one_choice(key: Mapping[str, Any], values: list[str]) -> Answer:
    if len(values) != 1:
        raise NotAnAnswer("Two options where one is asked for.")
    return _choices(key, values)


def _choices(key: Mapping[str, Any], values: list[str]) -> Answer:
    if not set(values) <= set(key["options"]) or len(set(values)) != len(values):
        raise NotAnAnswer("An option that was not offered.")
    return {"chosen": sorted(values)}


def _truth(_key: Mapping[str, Any], values: list[str]) -> Answer:
    if len(values) != 1 or values[0] not in ("true", "false"):
        raise NotAnAnswer("Neither true nor false.")
    return {"is_true": values[0] == "true"}


def _text(_key: Mapping[str, Any], values: list[str]) -> Answer:
    if len(values) != 1 or len(values[0]) > LONGEST_TEXT or "\x00" in values[0]:
        raise NotAnAnswer("Longer than the field, or not text.")
    return {"text": values[0].strip()}


READERS: dict[str, Callable[[Mapping[str, Any], list[str]], Answer]] = {
    "single": _one_choice,
    "multiple": _choices,
    "true_false": _truth,
    "numeric": _text,
    "short_answer": _text,
}
