"""No small group of people shows to those who know nobody, nor can it be worked out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.reports.dataset import HIDDEN, Column, Row, Table
from lms.reports.disclosure import FEWEST, protect

COLUMNS = [
    Column("label", "Region"),
    Column("people", "People", "people"),
    Column("women", "Women", "people", part_of="people"),
    Column("men", "Men", "people", part_of="people"),
    Column("times", "Participations", "count"),
    Column("share", "Completed", "percent"),
]


def row(label: str, women: int, men: int, unknown: int = 0) -> Row:
    people = women + men + unknown
    figures = {"people": people, "women": women, "men": men}
    return Row({"label": label, **figures, "times": people * 2, "share": 50.0})


def table(*rows: tuple[int, ...]) -> Table:
    """With a total in which nobody is counted twice."""
    parts = [row(str(number), *sizes) for number, sizes in enumerate(rows)]
    sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0, 0, 0]
    return Table("t", "By region", COLUMNS, parts, "", total=row("all", *sums))


def shown(table: Table, *keys: str) -> list[tuple]:
    rows = [*table.rows, table.total]
    return [
        tuple("-" if r.values[key] is HIDDEN else r.values[key] for key in keys)
        for r in rows
    ]


def test_a_row_of_four_people_is_hidden_with_everything_derived_from_it():
    """RP-04"""
    found = protect(table((2, 2, 0), (10, 10, 0), (20, 20, 0)))

    assert found.rows[0].values == {
        "label": "0",
        "people": HIDDEN,
        "women": HIDDEN,
        "men": HIDDEN,
        "times": HIDDEN,
        "share": HIDDEN,
    }


def test_one_more_row_goes_so_that_the_total_gives_nothing_back():
    """RP-04"""
    found = protect(table((2, 2, 0), (10, 10, 0), (20, 20, 0)))

    assert shown(found, "people") == [("-",), ("-",), (40,), (64,)]


def test_nobody_at_all_and_five_people_are_no_secret():
    """RP-04"""
    found = protect(table((0, 0, 0), (5, 0, 0), (0, 30, 0)))

    assert shown(found, "people", "women", "men") == [
        (0, 0, 0),
        (5, 5, 0),
        (30, 0, 30),
        (35, 5, 30),
    ]


def test_three_women_of_thirty_hide_all_sexes_of_their_row_and_of_one_more():
    """RP-04"""
    found = protect(table((3, 27, 0), (8, 9, 0), (20, 20, 0)))

    assert shown(found, "people", "women", "men", "share") == [
        (30, "-", "-", "-"),
        (17, "-", "-", "-"),
        (40, 20, 20, 50.0),
        (87, 31, 56, 50.0),
    ]


def test_women_and_men_hide_when_few_are_of_unknown_sex():
    """RP-04"""
    found = protect(table((10, 10, 3), (10, 10, 30)))

    assert shown(found, "people", "women") == [(23, "-"), (50, "-"), (73, 20)]


def test_a_total_of_four_is_hidden_whole():
    """RP-04"""
    found = protect(table((2, 0, 0), (0, 2, 0), (0, 0, 0)))

    assert shown(found, "people", "women") == [
        ("-", "-"),
        ("-", "-"),
        (0, 0),
        ("-", "-"),
    ]


def test_a_row_that_leaves_out_three_people_is_hidden():
    """RP-04: rows that overlap, such as quarters, are subtracted from the total."""
    rows = [row("Q1", 25, 25), row("Q2", 10, 10)]
    overlapping = Table("t", "By quarter", COLUMNS, rows, "", total=row("all", 27, 26))

    assert shown(protect(overlapping), "people") == [("-",), (20,), (53,)]


def test_steps_of_a_funnel_hide_when_one_loses_few():
    """RP-04"""
    columns = [
        Column("label", "Course"),
        Column("enrolled", "Enrolled", "people"),
        Column("started", "Started", "people", part_of="enrolled"),
        Column("completed", "Completed", "people", part_of="started"),
    ]
    steps = {"label": "A", "enrolled": 30, "started": 20, "completed": 17}
    funnel = Table("t", "Funnel", columns, [Row(steps)], "")

    values = protect(funnel).rows[0].values

    assert values == {**steps, "started": HIDDEN, "completed": HIDDEN}


def test_a_table_without_people_stays_as_it_is():
    plain = Table("t", "Hours", [Column("hours", "Hours", "hours")], [], "")

    assert protect(plain) == plain


SIZES = st.one_of(st.integers(0, 6), st.sampled_from([0, 0, 9, 14]))
ROWS = st.lists(st.tuples(SIZES, SIZES, SIZES), min_size=1, max_size=4)
Way = tuple[int, int, int]


def ways(people: int, women, men) -> list[Way]:
    """Every (women, men, unknown) of so many people; what is HIDDEN may be anything."""
    return [
        (w, m, people - w - m)
        for w in (range(people + 1) if women is HIDDEN else [women])
        for m in (range(people - w + 1) if men is HIDDEN else [men])
        if w >= 0 and m >= 0 and people - w - m >= 0
    ]


def is_possible(found: Table, number: int, part: int) -> bool:
    """May this part of this row be five or more, for all that is shown?

    Rows hidden whole are interchangeable: whoever is in them may be in one of them.
    """
    total = found.total.values
    if total["people"] is HIDDEN:
        return True
    sums: set[Way] = {(0, 0, 0)}
    hidden = set()
    for index, line in enumerate(found.rows):
        people, women, men = (line.values[key] for key in ("people", "women", "men"))
        if people is HIDDEN:
            hidden.add(index)
            continue
        options = ways(people, women, men)
        if index == number:
            options = [way for way in options if way[part] >= FEWEST]
        sums = {(a + d, b + e, c + f) for a, b, c in sums for d, e, f in options}
    return any(
        way[part] >= FEWEST if number in hidden else True
        for women, men, unknown in sums
        for room in [total["people"] - women - men - unknown]
        if room >= 0 and (hidden or not room)
        for way in ways(room, less(total["women"], women), less(total["men"], men))
    )


def less(whole, part: int):
    return HIDDEN if whole is HIDDEN else whole - part


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_whoever_works_it_out_never_finds_a_group_of_less_than_five(rows):
    """RP-04: every group with anybody in it may be five, whatever is subtracted."""
    found = protect(table(*rows))

    pinned = [
        (number, part, size)
        for number, sizes in enumerate(rows)
        for part, size in enumerate(sizes)
        if 0 < size < FEWEST and not is_possible(found, number, part)
    ]
    assert pinned == []
