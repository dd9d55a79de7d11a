from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.conference.people import NOT_OURS, By, Place, match, people_of, told
from lms.conference.presence import Stay, Thresholds, share, status_of, stay_of
from lms.conference.report import Join
from tests.lms.conference_files import meeting, moment, span

MADINA = Place(1, "Раҳимова Мадина Саидовна", "madina@example.org")
JAMSHED = Place(2, "Jamshed Karimov")


def join(begins: str, ends: str, name="Madina", line=2, email="") -> Join:
    return Join(line, name, email, span(begins, ends))


def total(minutes: int, times=None) -> Join:
    return Join(2, "Madina", "", times and span(*times), minutes * 60, is_total=True)


@pytest.mark.parametrize(
    ("joins", "minutes"),
    [
        ([], 0),
        ([join("09:00", "10:30")], 90),
        ([join("08:00", "12:00")], 90),
        ([join("09:00", "09:30"), join("10:00", "10:30")], 60),
        ([join("09:00", "10:00"), join("09:30", "10:15")], 75),
        ([join("09:00", "10:00"), join("09:10", "09:20")], 60),
        ([join("09:00", "09:30"), join("09:30", "10:00")], 60),
        ([join("07:00", "08:59"), join("10:31", "11:00")], 0),
        ([total(60, ("08:58", "10:31"))], 60),
        ([total(200, ("09:30", "10:31"))], 60),
        ([total(200)], 90),
        ([total(50), total(30)], 80),
    ],
)
def test_rejoins_are_added_up_within_the_session_and_overlaps_count_once(
    joins, minutes
):
    """ATT-32"""
    assert stay_of(joins, meeting()).minutes == minutes


@given(st.lists(st.tuples(st.integers(0, 119), st.integers(1, 60)), max_size=12))
def test_every_minute_counts_once_however_often_somebody_comes(parts):
    """ATT-32, against counting minutes one by one."""
    day = moment("2026-04-03 08:45")
    minute = meeting().ends - moment("2026-04-03 10:29")
    joins = [
        Join(2, "A", "", (day + begin * minute, day + (begin + length) * minute))
        for begin, length in parts
    ]

    there = {m for begin, length in parts for m in range(begin, begin + length)}
    assert stay_of(joins, meeting()).minutes == len(there & set(range(15, 105)))


def test_five_thousand_rejoins_are_as_many_as_they_are():
    """ATT-32: in whatever order; comparing each with each would take minutes."""
    day = moment("2026-04-03 09:00")
    second = (meeting().ends - day) / 5400
    joins = [
        Join(n, "A", "", (day + n * second, day + (n + 1) * second))
        for n in range(5000)
    ]
    Random(7).shuffle(joins)  # noqa: S311

    [somebody] = people_of(joins)

    assert stay_of(somebody.joins, meeting()).seconds == 5000


@pytest.mark.parametrize(
    ("joins", "code"),
    [
        ([join("09:00", "10:12")], "present"),
        ([join("09:00", "10:11:59")], "left_early"),
        ([join("09:30", "10:30")], "late"),
        ([join("09:00", "09:36")], "left_early"),
        ([join("09:00", "09:35:59")], "absent"),
        ([total(50)], "late"),
        ([], "absent"),
    ],
)
def test_the_share_of_the_session_decides_to_the_second(joins, code):
    stay = stay_of(joins, meeting())

    assert status_of(stay, meeting(), Thresholds(present=80, partly=40)) == code


def test_nobody_who_was_not_there_is_present_whatever_the_thresholds():
    assert status_of(Stay(0), meeting(), Thresholds(present=1, partly=0)) == "absent"
    assert share(Stay(0), meeting()) == 0


def test_lines_with_and_without_an_address_are_one_person_if_one_address_has_it():
    joins = [
        join("09:00", "09:10", "Madina Rahimova", 2, "madina@example.org"),
        join("09:10", "09:20", "Мадина Раҳимова", 3),
        join("09:10", "09:20", "Ali", 4, "one@example.org"),
        join("09:10", "09:20", "Ali", 5, "two@example.org"),
        join("09:10", "09:20", "Ali", 6),
    ]

    assert [somebody.lines for somebody in people_of(joins)] == [[2, 3], [4], [5], [6]]


@pytest.mark.parametrize(
    ("name", "email", "place", "by"),
    [
        ("iPad", "MADINA@example.org", MADINA, By.EMAIL),
        ("Karimov Jamshed", "", JAMSHED, By.NAME),
        ("Каримов Джамшед", "", JAMSHED, By.NAME),
        ("iPhone (Jamshed Karimov)", "", JAMSHED, By.NAME),
        ("Karimov, Jamshed", "other@example.org", JAMSHED, By.NAME),
    ],
)
def test_an_address_finds_a_place_then_all_words_of_a_name(name, email, place, by):
    people = people_of([join("09:00", "10:00", name, 2, email.casefold())])

    [found] = match(people, [MADINA, JAMSHED])

    assert (found.place, found.by) == (place, by)


def test_part_of_a_name_and_namesakes_are_asked_about():
    """ATT-33"""
    namesake = Place(3, "Karimov Jamshed")
    names = [
        "Мадина Раҳимова",
        "Jamshed Karimov",
        "iPhone",
        "Karimov J.",
        "М. Рахимова",
    ]
    people = people_of(
        join("09:00", "10:00", name, line) for line, name in enumerate(names, 2)
    )

    found = match(people, [MADINA, JAMSHED, namesake])

    assert [(one.place, one.candidates) for one in found] == [
        (None, (MADINA,)),
        (None, (JAMSHED, namesake)),
        (None, ()),
        (None, (JAMSHED, namesake)),
        (None, (MADINA,)),
    ]


def test_of_many_lines_of_somebody_a_few_are_told():
    assert told([2, 3, 4, 5, 6, 7]) == "2, 3, 4, 5, 6, 7"
    assert told(range(2, 400)) == "2, 3, 4, 5, 6 … 399"


def test_what_staff_decided_stands_above_address_and_name():
    people = people_of(
        [
            join("09:00", "10:00", "iPad", 2, "madina@example.org"),
            join("09:00", "10:00", "Jamshed Karimov", 3),
        ]
    )

    found = match(people, [MADINA, JAMSHED], {"2": JAMSHED.pk, "3": NOT_OURS})

    assert [(one.place, one.by, one.is_decided) for one in found] == [
        (JAMSHED, By.STAFF, False),
        (None, None, True),
    ]
