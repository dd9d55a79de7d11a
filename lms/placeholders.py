"""Words in {braces} that a letter fills in. Plain replacement: no text is ever run."""

import re
from collections.abc import Collection, Mapping

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_GAP = re.compile(r"\n{3,}")


def names_in(text: str) -> list[str]:
    """What stands in braces, each name once, in the order of reading."""
    return list(dict.fromkeys(name.strip() for name in _FIELD.findall(text)))


def unknown_in(text: str, known: Collection[str]) -> list[str]:
    """What stands in braces and cannot be filled in (CM-04)."""
    return [name for name in names_in(text) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in place of their names.

    A line in which every name is empty is left out: "Place: {place}" where there is no
    place. Braces within a value stay what they are.
    """
    lines = [_filled(line, values) for line in text.strip().splitlines()]
    kept = "\n".join(line.rstrip() for line in lines if line is not None)
    return _GAP.sub("\n\n", kept).strip()


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    names = names_in(line)
    if names and not any(values.get(name, "?") for name in names):
        return None
    return _FIELD.sub(lambda field: _value(field, values), line)


def _value(field: re.Match[str], values: Mapping[str, str]) -> str:
    return values.get(field[1].strip(), field[0])
