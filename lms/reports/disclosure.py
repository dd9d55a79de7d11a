"""Tables for those who may count people and know nobody: no small group shows (RP-04).

A group of one to four people is never shown, and never left over when what is shown is
subtracted from a total. The promise a reader can check: whatever somebody works out
from the cells that remain, every group that has anybody in it may still be five.

1. A row of a small group is hidden, and so is a row that leaves a small group out. As
   long as the hidden rows together are a small group, the next smallest joins them.
2. A row whose parts are small (three women of thirty people) keeps its people and loses
   its parts. As long as a part is small over all rows without parts, the row with the
   smallest such part joins them; in the end the parts of the total go, too.

With rows and parts hidden this way, a hidden cell can be as large as the smaller of two
sums that are known, one along its row and one along its column, and both are five or
more: so the cell may be five.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from .dataset import HIDDEN, Column, Row, Table

FEWEST = 5


def is_small(people: int) -> bool:
    """Would this figure speak of somebody in particular?"""
    return 0 < people < FEWEST


def protect(table: Table) -> Table:
    """The same table without the cells that give a small group away."""
    people = [column for column in table.columns if column.kind == "people"]
    if not people:
        return table
    root, children = people[0], people[1:]
    lines = [_line(row, root, children) for row in table.rows]
    total = _line(table.total, root, children) if table.total else None
    gone = _hidden_rows(lines, total)
    bare = _rows_without_parts(lines, total, gone)
    is_total_bare = total is not None and any(map(is_small, total.parts))
    return replace(
        table,
        rows=[
            _hide(row, table.columns, root, whole=i in gone, parts=i in bare)
            for i, row in enumerate(table.rows)
        ],
        total=table.total
        and _hide(
            table.total,
            table.columns,
            root,
            whole=total is not None and is_small(total.people),
            parts=is_total_bare,
        ),
    )


@dataclass(frozen=True)
class _Line:
    """A row's people, and the size of every group its other cells tell of."""

    people: int
    parts: tuple[int, ...]


def _line(row: Row, root: Column, children: Sequence[Column]) -> _Line:
    """Each part, who is not in it, and who is in no part of a column at all."""
    values = {column.key: _number(row, column.key) for column in [root, *children]}
    parts: list[int] = []
    in_parts: dict[str, int] = {}
    for column in children:
        whole = column.part_of if column.part_of in values else root.key
        part = values[column.key]
        parts += [part, values[whole] - part]
        in_parts[whole] = in_parts.get(whole, 0) + part
    parts += [values[whole] - part for whole, part in in_parts.items()]
    return _Line(values[root.key], tuple(max(part, 0) for part in parts))


def _number(row: Row, key: str) -> int:
    value = row.values.get(key)
    return int(value) if isinstance(value, int | float) else 0


def _hidden_rows(lines: Sequence[_Line], total: _Line | None) -> set[int]:
    def leaves_few(rows: set[int]) -> bool:
        shown = sum(line.people for i, line in enumerate(lines) if i not in rows)
        together = sum(lines[i].people for i in rows)
        return is_small(together) or (
            total is not None and is_small(total.people - shown)
        )

    found = {
        i
        for i, line in enumerate(lines)
        if is_small(line.people)
        or (line.people and total is not None and is_small(total.people - line.people))
    }
    return _grown(found, leaves_few, [line.people for line in lines])


def _rows_without_parts(
    lines: Sequence[_Line], total: _Line | None, gone: set[int]
) -> set[int]:
    """The rows whose parts are not shown; those that are gone are among them."""
    everybody = {i for i, line in enumerate(lines) if any(line.parts)}
    if total is not None and any(map(is_small, total.parts)):
        return gone | everybody
    found = gone | {i for i in everybody if any(map(is_small, lines[i].parts))}
    width = len(lines[0].parts) if lines else 0
    before: set[int] = set()
    while found != before:
        before = set(found)
        for part in range(width):
            sizes = [line.parts[part] for line in lines]
            whole = total.parts[part] if total is not None else None
            found = _grown(found, _few_in_part(sizes, whole), sizes)
    return found


def _few_in_part(sizes: Sequence[int], whole: int | None) -> Callable[[set[int]], bool]:
    def leaves_few(rows: set[int]) -> bool:
        shown = sum(size for i, size in enumerate(sizes) if i not in rows)
        return is_small(sum(sizes[i] for i in rows)) or (
            whole is not None and bool(rows) and is_small(whole - shown)
        )

    return leaves_few


def _grown(
    rows: set[int], leaves_few: Callable[[set[int]], bool], sizes: Sequence[int]
) -> set[int]:
    """These rows and, while together they are too few, the next smallest of others."""
    rows = set(rows)
    others: Iterable[int] = sorted(
        (i for i, size in enumerate(sizes) if size and i not in rows),
        key=lambda i: (sizes[i], i),
    )
    for i in others:
        if not rows or not leaves_few(rows):
            break
        rows.add(i)
    return rows


def _hide(
    row: Row, columns: Sequence[Column], root: Column, *, whole: bool, parts: bool
) -> Row:
    """Without its figures, or without those that tell of a part of its people."""

    def is_hidden(column: Column) -> bool:
        if column.kind == "text" or row.values.get(column.key) is None:
            return False
        is_part = column.kind == "people" and column is not root
        is_derived = column.kind in ("percent", "points") or bool(column.part_of)
        return whole or (parts and (is_part or is_derived))

    hidden = {column.key: HIDDEN for column in columns if is_hidden(column)}
    return replace(row, values={**row.values, **hidden}) if hidden else row
