"""Tables kept as JSON, read again, and compared with those of today (RP-03)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .dataset import Column, Row, Table, Value


@dataclass(frozen=True)
class Adjustment:
    """A figure that was corrected after its period was closed."""

    table: str
    row: str
    column: Column
    then: float
    now: float

    @property
    def difference(self) -> float:
        return round(self.now - self.then, 6)


def kept(tables: Sequence[Table]) -> list[dict[str, object]]:
    return [_table_kept(table) for table in tables]


def read(stored: Sequence[Mapping]) -> list[Table]:
    """The tables as they were frozen."""
    return [_table_read(table) for table in stored]


def adjustments(then: Sequence[Table], now: Sequence[Table]) -> list[Adjustment]:
    """Every number that is another one now. Rows meet by what they narrow to."""
    today = {table.key: table for table in now}
    return [
        found
        for table in then
        if table.key in today and not table.is_detail
        for found in _corrected(table, today[table.key])
    ]


def _corrected(then: Table, now: Table) -> Iterator[Adjustment]:
    before, after = _rows(then), _rows(now)
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        label = str((old or new).values.get("label", ""))
        for column in then.columns:
            was = _number(old, column.key)
            has_become = _number(new, column.key)
            if was != has_become:
                yield Adjustment(then.title, label, column, was, has_become)


def _rows(table: Table) -> dict[object, Row]:
    found: dict[object, Row] = {}
    for row in table.rows:
        found[tuple(sorted(row.narrows.items())) or row.values.get("label")] = row
    if table.total:
        found["total"] = table.total
    return found


def _number(row: Row | None, key: str) -> float:
    value = row.values.get(key) if row else None
    return float(value) if isinstance(value, int | float | Decimal) else 0.0


def _table_kept(table: Table) -> dict[str, object]:
    return {
        "key": table.key,
        "title": str(table.title),
        "definition": str(table.definition),
        "chart": table.chart,
        "is_detail": table.is_detail,
        "columns": [
            {
                "key": column.key,
                "label": str(column.label),
                "kind": column.kind,
                "part_of": column.part_of,
                "narrows": dict(column.narrows),
            }
            for column in table.columns
        ],
        "rows": [_row_kept(row) for row in table.rows],
        "total": _row_kept(table.total) if table.total else None,
    }


def _row_kept(row: Row) -> dict[str, object]:
    return {
        "values": {key: _value_kept(value) for key, value in row.values.items()},
        "narrows": dict(row.narrows),
        "is_part": row.is_part,
    }


def _value_kept(value: Value) -> Value:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _table_read(stored: Mapping) -> Table:
    columns = [Column(**column) for column in stored["columns"]]
    days = [column.key for column in columns if column.kind == "day"]
    total = stored["total"]
    words = ("key", "title", "definition", "chart", "is_detail")
    return Table(
        columns=columns,
        rows=[_row_read(row, days) for row in stored["rows"]],
        total=_row_read(total, days) if total else None,
        **{word: stored[word] for word in words},
    )


def _row_read(stored: Mapping, days: Sequence[str]) -> Row:
    values = dict(stored["values"])
    for key in days:
        if values.get(key):
            values[key] = date.fromisoformat(values[key])
    return Row(values, stored["narrows"], stored["is_part"])
