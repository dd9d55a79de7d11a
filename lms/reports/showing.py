"""Tables as a page shows them: words for values, links to people, a chart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .chart import Bar, bars
from .dataset import HIDDEN, Column, Row, Table
from .words import cell

# The address of the people behind a figure, by the filters that lead to them.
Link = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class ShownCell:
    text: str
    url: str = ""
    is_number: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class ShownTable:
    table: Table
    head: list[ShownCell]
    rows: list[list[ShownCell]]
    total: list[ShownCell]
    chart: SafeString


def shown(table: Table, link: Link | None = None) -> ShownTable:
    """Figures of people lead to them where the reader may see them (RP-01)."""
    return ShownTable(
        table,
        [
            ShownCell(column.label, is_number=_is_number(column))
            for column in table.columns
        ],
        [_cells(table, row, link if row.narrows else None) for row in table.rows],
        _cells(table, table.total, link) if table.total else [],
        _chart(table),
    )


def figures(table: Table) -> list[tuple[str, ShownCell]]:
    """(label, figure) of the totals, for the top of the page."""
    if table.total is None:
        return []
    cells = _cells(table, table.total, None)
    named = zip(table.columns, cells, strict=True)
    return [(column.label, shown) for column, shown in named if _is_number(column)]


def _is_number(column: Column) -> bool:
    return column.kind not in ("text", "day")


def _cells(table: Table, row: Row, link: Link | None) -> list[ShownCell]:
    return [_cell(column, row, link) for column in table.columns]


def _cell(column: Column, row: Row, link: Link | None) -> ShownCell:
    value = row.values.get(column.key)
    leads = link and column.kind == "people" and value and value is not HIDDEN
    return ShownCell(
        cell(value, column.kind),
        link({**row.narrows, **column.narrows}) if leads else "",
        _is_number(column),
        value is HIDDEN,
    )


def _chart(table: Table) -> SafeString:
    column = next((c for c in table.columns if c.key == table.chart), None)
    if column is None:
        return mark_safe("")
    drawn = [
        Bar(
            str(row.values.get("label", "")),
            float(value) if isinstance(value, int | float) else 0.0,
            cell(value, column.kind),
        )
        for row in table.rows
        for value in [row.values.get(column.key)]
    ]
    # The chart escapes every word it is given.
    return mark_safe(bars(f"{table.title}, {column.label}", drawn))  # noqa: S308
