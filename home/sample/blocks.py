"""A lesson's blocks in the shape Wagtail stores, with ids that are always the same."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from .keys import key
from .prose import rich_text

Row = dict[str, Any]


def stream(rows: list[tuple[str, Any]], *path: object) -> str:
    """A StreamField's stored text of these (kind, value) pairs."""
    return json.dumps(
        [
            {"type": kind, "id": _id(*path, place), "value": value}
            for place, (kind, value) in enumerate(rows)
        ]
    )


def body(blocks: list[Row], terms: Mapping[str, int], *path: object) -> str:
    """A lesson's body; `terms` are the glossary's rows in its language."""
    rows = []
    for place, block in enumerate(blocks):
        [(kind, value)] = block.items()
        if kind == "glossary":
            value = [terms[slug] for slug in value if slug in terms]
        shape = SHAPES.get(kind, _as_it_is)
        rows.append((kind, shape(value, (*path, place))))
    return stream(rows, *path)


def _id(*path: object) -> str:
    return str(key("block", *path))


def items(values: list, path: tuple) -> list[Row]:
    return [
        {"type": "item", "id": _id(*path, place), "value": value}
        for place, value in enumerate(values)
    ]


def _as_it_is(value, path):
    return value


def _prose(value: str, path) -> str:
    return rich_text(value)


def _do_dont(value: Row, path) -> Row:
    return {name: items(value[name], (*path, name)) for name in ("do", "dont")}


def _steps(value: list[Row], path) -> list[Row]:
    return items([{"title": s["title"], "text": s["text"]} for s in value], path)


def _law(value: Row, path) -> Row:
    return {name: value.get(name, "") for name in ("source", "number", "text", "link")}


def _case(value: Row, path) -> Row:
    return {
        "title": value["title"],
        "text": rich_text(value["text"]),
        "questions": items(value["questions"], (*path, "questions")),
    }


def _dialogue(value: Row, path) -> Row:
    lines = [
        {"speaker": line["speaker"], "text": line["text"], "note": line.get("note", "")}
        for line in value["lines"]
    ]
    return {"title": value["title"], "lines": items(lines, (*path, "lines"))}


def _comparison(value: Row, path) -> Row:
    rows = [
        items(row, (*path, "rows", place)) for place, row in enumerate(value["rows"])
    ]
    return {
        "caption": value["caption"],
        "head": items(value["head"], (*path, "head")),
        "rows": items(rows, (*path, "rows")),
    }


def _self_check(value: Row, path) -> Row:
    choices = [
        {
            "text": choice["text"],
            "correct": bool(choice.get("correct")),
            "feedback": choice.get("feedback", ""),
        }
        for choice in value["choices"]
    ]
    return {"question": value["question"], "choices": items(choices, path)}


def _checklist(value: Row, path) -> Row:
    return {"title": value["title"], "items": items(value["items"], path)}


def _warning(value: Row, path) -> Row:
    return value | {"text": rich_text(value["text"])}


SHAPES: dict[str, Callable[[Any, tuple], Any]] = {
    "text": _prose,
    "key_points": items,
    "glossary": items,
    "do_dont": _do_dont,
    "steps": _steps,
    "law": _law,
    "case": _case,
    "dialogue": _dialogue,
    "comparison": _comparison,
    "self_check": _self_check,
    "checklist": _checklist,
    "warning": _warning,
}
