"""ATT-41: the days of a series by the wall clock; no database."""

from datetime import MAXYEAR, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from lms import recurrence
from lms.recurrence import (
    MOST,
    BadRule,
    Hindrance,
    Occurrence,
    days_of,
    latest_twin,
    occurrences,
    weekly,
    with_end,
)

WARSAW = ZoneInfo("Europe/Warsaw")
ALMATY = ZoneInfo("Asia/Almaty")
FIRST = datetime(2026, 10, 12, 9)


def days(rule, first=FIRST, zone=WARSAW):
    return days_of(rule, first=first, zone=zone)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-10-12", "2026-10-19", "2026-10-26"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261019", ["2026-10-12", "2026-10-19"]),
        ("freq=weekly;byday=mo,th;count=3", ["2026-10-12", "2026-10-15", "2026-10-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["2026-10-12", "2026-10-26"]),
        ("FREQ=DAILY;UNTIL=20261013T070000Z", ["2026-10-12", "2026-10-13"]),
        ("FREQ=DAILY;UNTIL=20261013T065959Z", ["2026-10-12"]),
        ("FREQ=DAILY;UNTIL=20261013T085900", ["2026-10-12"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=2", ["2026-11-02", "2026-12-07"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2026-10-31", "2026-11-30"]),
    ],
)
def test_a_rule_gives_its_days(rule, expected):
    assert [day.isoformat() for day in days(rule)] == expected


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "Write a rule"),
        ("every Monday", "Write a rule"),
        ("FREQ=WEEKLY", "never ends"),
        ("FREQ=DAILY;COUNT=201", "more than 200"),
        ("FREQ=DAILY;UNTIL=99991231", "more than 200"),
        ("FREQ=DAILY;COUNT=999999999", "more than 200"),
        ("FREQ=HOURLY;COUNT=3", "“FREQ=HOURLY” is not understood"),
        ("FREQ=DAILY;BYHOUR=9,10;COUNT=3", "“BYHOUR=9,10” is not understood"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", "Write a rule"),
        ("FREQ=DAILY;INTERVAL=-1;COUNT=3", "is not understood"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=3", "“BYDAY=XX” is not understood"),
        ("FREQ=WEEKLY;FREQ=DAILY;COUNT=3", "Write a rule"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "No day fits"),
        ("FREQ=DAILY;BYMONTH=99;COUNT=3", "“BYMONTH=99” is not understood"),
        ("FREQ=DAILY;UNTIL=20261399", "Write a rule"),
        ("FREQ=DAILY;UNTIL=20200101", "No day fits"),
        ("FREQ=DAILY;COUNT=0", "No day fits"),
        ("FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO;COUNT=2", "Write a rule"),
        ("FREQ=DAILY;COUNT=3\nDTSTART:20200101", "is not understood"),
    ],
)
def test_a_rule_that_plans_nothing_is_refused_in_words(rule, said):
    with pytest.raises(BadRule, match=said):
        days(rule)


def test_every_monday_over_the_change_of_clocks_is_each_monday_once():
    """ATT-41: The clocks in Warsaw go back on 25 October 2026 and on on 28 March."""
    found = days(with_end(weekly(["MO"]), until=date(2027, 4, 12)))

    assert found == [date.fromordinal(found[0].toordinal() + 7 * n) for n in range(27)]
    met = {WARSAW.utcoffset(datetime.combine(day, time(9))) for day in found}
    assert len(met) == 2


def test_a_day_whose_clock_jumps_over_the_hour_or_outside_the_cohort_is_named():
    """ATT-41"""
    found = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)]

    named = occurrences(
        found,
        time(2, 30),
        zone=WARSAW,
        starts_on=date(2026, 10, 1),
        ends_on=date(2027, 3, 28),
    )

    assert named == [
        Occurrence(found[0]),
        Occurrence(found[1], Hindrance.NO_SUCH_TIME),
        Occurrence(found[2], Hindrance.OUTSIDE),
    ]


@given(
    st.dates(date(2023, 1, 1), date(2028, 1, 1)),
    st.sampled_from([WARSAW, ALMATY, ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Kyiv")]),
    st.integers(1, MOST),
)
def test_no_day_appears_twice_or_vanishes_in_any_zone(first, zone, times):
    """ATT-41"""
    start = datetime.combine(first, time(9))

    found = days(f"FREQ=DAILY;COUNT={times}", start, zone)

    assert found == [date.fromordinal(first.toordinal() + n) for n in range(times)]


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_rule_is_answered(text):
    try:
        count = len(days(text))
    except BadRule:
        count = 1

    assert 0 < count <= MOST


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=3",
        "FREQ=WEEKLY;BYMONTH=4;BYMONTHDAY=31;COUNT=3",
        "FREQ=MONTHLY;BYDAY=6MO;UNTIL=20270101",
    ],
)
def test_a_day_that_never_comes_is_looked_for_in_few_years(rule, monkeypatch):
    """ATT-41: dateutil goes on until the last year there is; it is asked near it."""
    asked = []

    def asking(text, dtstart):
        asked.append(MAXYEAR - dtstart.year)
        return rrulestr(text, dtstart=dtstart)

    monkeypatch.setattr(recurrence, "rrulestr", asking)
    with pytest.raises(BadRule, match="No day fits"):
        days(rule)

    assert len(asked) == 1
    assert asked[0] <= 40


@given(st.dates(date(1, 1, 1), date(9996, 1, 1)), st.integers(0, 3 * 366))
def test_the_years_it_is_asked_in_have_the_same_days(day, later):
    moved = latest_twin(day.year) - day.year
    there = date.fromordinal(day.toordinal() + later)
    day, twin = (one.replace(year=one.year + moved) for one in (day, there))

    assert twin.toordinal() - day.toordinal() == later
    assert twin.weekday() == there.weekday()


@given(
    st.dates(date(2020, 1, 1), date(2110, 1, 1)),
    st.sampled_from(
        [
            "FREQ=DAILY;INTERVAL=3;BYDAY=MO,FR",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            "FREQ=MONTHLY;BYMONTHDAY=29,-1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY;BYMONTH=2,3;BYDAY=-1TH",
        ]
    ),
)
def test_the_days_are_those_dateutil_gives_where_it_is_asked_directly(first, rule):
    start = datetime.combine(first, time(9))
    until = datetime.combine(date.fromordinal(first.toordinal() + 400), time(9))
    text = f"{rule};UNTIL={until:%Y%m%dT%H%M%S}"

    expected = [moment.date() for moment in rrulestr(text, dtstart=start)]

    assert days(text, start) == expected
