"""Lists of sessions: what is read of them, what is refused in words; no database."""

import io
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.tables.sheets import Unreadable
from lms.session_list.ics import read_calendar
from lms.session_list.moments import Order, Unclear, day, hours, length
from lms.session_list.row import Row
from lms.session_list.table import read_table

ZONE = ZoneInfo("Asia/Dushanbe")
MONDAY = date(2026, 10, 19)


def table(text, order=Order.UNKNOWN):
    return read_table(text.encode(), order)


@pytest.mark.parametrize(
    "headings",
    [
        "Date;Start;End;Title;Place",
        "Дата;Время начала;Окончание;Тема;Аудитория",
        "Сана;Вақти оғоз;Анҷом;Мавзӯъ;Толор",
    ],
)
def test_a_table_is_understood_in_three_languages(headings):
    rows = table(f"{headings}\n19.10.2026;09:00;10:30;Referral;Hall 1\n")

    assert rows == [
        Row(2, on=MONDAY, at=time(9), minutes=90, title="Referral", place="Hall 1")
    ]


def test_what_stands_above_the_headings_and_beside_them_is_left_alone():
    rows = table(
        "Plan of the cohort,,,\n,,,\nNo,Date,Time,Required\n1,2026-10-19,9:00,нет\n"
    )

    assert rows == [Row(4, on=MONDAY, at=time(9), is_required=False)]


def test_a_workbook_gives_its_own_dates_and_times():
    book = openpyxl.Workbook()
    book.active.append(["Дата", "Время", "Минут"])
    book.active.append([datetime(2026, 10, 19), time(9), 45])
    book.active.append([datetime(2026, 10, 20, 14, 30), None, None])
    data = io.BytesIO()
    book.save(data)

    assert read_table(data.getvalue(), Order.UNKNOWN) == [
        Row(2, on=MONDAY, at=time(9), minutes=45),
        Row(3, on=date(2026, 10, 20), at=time(14, 30)),
    ]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-4-3", "", (4, 3)),
        ("03.04.2026", "", (4, 3)),
        ("3.4.26", "", (4, 3)),
        ("19/04/2026", "", (4, 19)),
        ("04/19/2026", "", (4, 19)),
        ("04/04/2026", "", (4, 4)),
        ("03/04/2026", "day", (4, 3)),
        ("03-04-2026", "month", (3, 4)),
        ("03.04.2026", "month", (4, 3)),
    ],
)
def test_dates_as_they_are_written(text, order, expected):
    """ATT-35"""
    assert day(text, Order(order)) == date(2026, *expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2026", "can be two days"),
        ("31.02.2026", "no day “31.02.2026” in the calendar"),
        ("19/19/2026", "no day"),
        ("next Monday", "no date"),
        ("45678", "no date"),
    ],
)
def test_a_date_that_is_not_clear_is_refused(text, said):
    """ATT-35"""
    with pytest.raises(Unclear, match=said):
        day(text, Order.UNKNOWN)


def test_hours_and_lengths_as_they_are_written():
    assert hours("9:05") == (time(9, 5), None)
    assert hours("09.00–10.30") == (time(9), time(10, 30))
    assert hours("09:00 - 10:30") == (time(9), time(10, 30))
    assert [length(text) for text in ("90", "90 мин", "90 min.", "1:30")] == [90] * 4


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("03/04/2026;09:00;", "can be two days"),
        (";09:00;", "date is missing"),
        ("2026-10-19;;", "time is missing"),
        ("2026-10-19;25:00;", "“25:00” is no time"),
        ("2026-10-19;09:00;08:00", "not after the start"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_stay(line, said):
    """ATT-35"""
    bad, good = table(f"Date;Time;End\n{line}\n2026-10-20;09:00;10:00\n")

    assert (bad.number, said in bad.problem) == (2, True)
    assert good == Row(3, on=date(2026, 10, 20), at=time(9), minutes=60)


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "nothing here", "Date\n2026-10-19\n"])
def test_a_table_without_headings_is_refused_as_a_whole(text):
    with pytest.raises(Unreadable, match="names the columns"):
        table(text)


def calendar(*lines):
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
    return read_calendar("\r\n".join(text).encode(), ZONE)


def event(*lines):
    return ["BEGIN:VEVENT", "UID:a@b", "SUMMARY:Referral", *lines, "END:VEVENT"]


def test_an_entry_is_read_by_the_clock_of_the_cohort():
    """ATT-42: 06:00 in Berlin is 09:00 in Dushanbe in summer."""
    rows = calendar(
        *event(
            "DTSTART;TZID=Europe/Berlin:20261019T060000",
            "DURATION:PT1H30M",
            "LOCATION:Hall 1",
        )
    )

    assert rows == [
        Row(
            1,
            on=MONDAY,
            at=time(9),
            minutes=90,
            title="Referral",
            place="Hall 1",
            uid="a@b",
        )
    ]


def test_a_repeated_entry_gives_each_day_without_those_excepted_or_moved():
    """ATT-41: Six in Berlin is nine here in summer and ten in winter."""
    rows = calendar(
        *event(
            "DTSTART;TZID=Europe/Berlin:20261012T060000",
            "RRULE:FREQ=WEEKLY;UNTIL=20261102T050000Z",
            "EXDATE;TZID=Europe/Berlin:20261019T060000",
        ),
        *event(
            "RECURRENCE-ID;TZID=Europe/Berlin:20261102T060000",
            "DTSTART;TZID=Europe/Berlin:20261103T060000",
        ),
    )

    assert [(row.on.isoformat(), row.at.hour, row.uid) for row in rows] == [
        ("2026-10-12", 9, "a@b/20261012"),
        ("2026-10-26", 10, "a@b/20261026"),
        ("2026-11-03", 10, "a@b/20261102"),
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTSTART;VALUE=DATE:20261019"], "whole day"),
        (["DTSTART:20261019T040000Z", "RRULE:FREQ=DAILY"], "never ends"),
        (["DTSTART:20261019T040000Z", "RRULE:FREQ=SECONDLY;COUNT=9"], "not understood"),
        (["DTSTART:20261019T040000Z", "STATUS:CANCELLED"], "Cancelled in the file"),
        (["SUMMARY:x"], "cannot be read"),
        (["DTSTART;TZID=Nowhere/City:20261019T090000"], "City is not a time zone"),
    ],
)
def test_an_entry_that_plans_nothing_is_refused_alone(lines, said):
    bad, good = calendar(*event(*lines), *event("DTSTART:20261019T040000Z"))

    assert said in bad.problem
    assert (good.number, good.at) == (2, time(9))


@pytest.mark.parametrize("data", [b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\nEND:VEVENT"])
def test_a_broken_calendar_is_refused_as_a_whole(data):
    with pytest.raises(Unreadable):
        read_calendar(data, ZONE)


@given(st.text(max_size=80))
def test_whatever_stands_in_a_cell_is_answered(text):
    try:
        rows = table(f"Date\tTime\tEnd\n{text}\t{text}\t{text}\n2026-10-19\t09:00\t\n")
    except Unreadable:
        return
    assert rows[-1].at == time(9)
