"""The register as a table of docs/privacy.md."""

from django.utils import translation

from .fields import Fate, Held, Table, tables
from .walk import model_of

BEGINS = "<!-- The table is written by `manage.py privacy_register`. -->"
ENDS = "<!-- End of the table. -->"
HEAD = [
    "| Where | What | Why it is kept | What erasing does |",
    "|---|---|---|---|",
]


def table() -> str:
    """One line a field, by table; in English, whatever language is on."""
    with translation.override("en"):
        lines = [line for one in _by_label() for line in _lines(one)]
    return "\n".join([*HEAD, *lines])


def put_into(text: str) -> str:
    """The page with the table as it is now between its two marks."""
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n{table()}\n{ENDS}{after}"


def _by_label() -> list[Table]:
    there = [one for one in tables() if model_of(one)]
    return sorted(there, key=lambda one: one.label.lower())


def _lines(one: Table) -> list[str]:
    lines = [_line(one, name, of) for name, of in one.fields.items()]
    if one.fate == Fate.DELETE:
        lines.append(_row(one.label, one.kind.label, one.why, Fate.DELETE.label))
    elif one.is_about_people and one.kind:
        rest = f"{one.label}, other columns"
        why = "Totals do not change when somebody is erased."
        lines.append(_row(rest, one.kind.label, why, Fate.KEEP.label))
    for name in sorted(one.deeds):
        why = "Who did it, for the record."
        lines.append(
            _row(f"{one.label}.{name}", "Account of staff", why, Fate.KEEP.label)
        )
    return lines


def _line(one: Table, name: str, of: Held) -> str:
    fate = one.fate if one.fate == Fate.DELETE else of.fate
    return _row(f"{one.label}.{name}", of.kind.label, of.why, fate.label)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
