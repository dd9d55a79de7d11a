from datetime import timedelta

import pytest

from courses.tables.sheets import Unreadable
from lms.conference.reading import AmbiguousDates, read_report
from lms.conference.report import Form, Join, Meeting, Unread
from tests.lms.conference_files import (
    DUSHANBE,
    TABLE,
    TEAMS,
    TEAMS_DURING,
    ZOOM,
    ZOOM_RUSSIAN,
    ZOOM_UNIQUE,
    lines,
    meeting,
    moment,
    span,
)

MADINA = "madina@example.org"
HEADS = "Name (Original Name),Join Time,Leave Time"


def test_zoom_below_the_lines_about_its_meeting():
    report = read_report(ZOOM, meeting())

    assert report.form == Form.ZOOM
    assert report.joins == (
        Join(5, "Madina Rahimova", MADINA, span("08:58", "09:40"), 42 * 60),
        Join(6, "Madina Rahimova", MADINA, span("09:45", "10:31"), 46 * 60),
        Join(7, "iPhone (Jamshed Karimov)", "", span("09:50", "10:30"), 40 * 60),
    )
    assert report.unread == ()


def test_zoom_with_unique_users_gives_totals_without_times():
    report = read_report(ZOOM_UNIQUE, meeting())

    assert report.form == Form.ZOOM
    assert report.joins == (
        Join(5, "Madina Rahimova", MADINA, None, 88 * 60, is_total=True),
        Join(6, "Jamshed Karimov", "", None, 40 * 60, is_total=True),
    )


def test_zoom_in_russian_with_points_and_a_needless_pm():
    report = read_report(ZOOM_RUSSIAN, meeting())

    [join] = report.joins
    assert (join.name, join.span) == ("Мадина Раҳимова", span("21:00:08", "22:30"))


def test_teams_gives_each_coming_and_not_the_total_as_well():
    report = read_report(TEAMS, meeting())

    assert report.form == Form.TEAMS
    assert [(j.name, j.email, j.span, j.is_total) for j in report.joins] == [
        ("Rahimova, Madina", MADINA, span("08:58", "09:40"), False),
        ("Rahimova, Madina", MADINA, span("09:45", "10:31"), False),
        ("Jamshed Karimov (Guest)", "", span("09:50", "10:30"), False),
    ]


def test_teams_without_activities_gives_the_total_between_first_and_last():
    text = TEAMS.decode("utf-16").split("3. In-Meeting")[0]

    joins = read_report(text.encode("utf-8-sig"), meeting()).joins

    total = Join(9, "Rahimova, Madina", MADINA, span("08:58", "10:31"), 5280, True)
    assert joins[0] == total


def test_teams_during_a_meeting_pairs_comings_and_goings():
    report = read_report(TEAMS_DURING, meeting("2026-04-13"))

    assert [(join.name, join.span) for join in report.joins] == [
        ("Jamshed Karimov", span("09:30", "10:00", "2026-04-13")),
        ("Madina Rahimova", span("09:00", "10:30", "2026-04-13")),
    ]


def test_any_table_with_a_name_and_times_is_read():
    report = read_report(TABLE, meeting())

    assert report.form == Form.TABLE
    assert [join.span for join in report.joins] == [
        span("08:58", "09:40"),
        span("09:45", "10:31"),
        span("09:50", "10:30"),
    ]


@pytest.mark.parametrize("day", ["2026-04-03", "2026-03-04"])
def test_the_day_of_the_session_settles_which_number_is_the_day(day):
    data = lines(HEADS, "Madina,03/04/2026 09:00,03/04/2026 10:00")

    [join] = read_report(data, meeting(day)).joins

    assert join.span == span("09:00", "10:00", day)


def test_ambiguous_dates_are_refused_unless_the_order_is_chosen():
    """ATT-35: the session is on neither of the two days."""
    data = lines(HEADS, "Madina,03/04/2026 09:00,03/04/2026 10:00")
    other_day = meeting("2026-07-07")

    with pytest.raises(AmbiguousDates, match="03/04/2026 09:00"):
        read_report(data, other_day)

    chosen = {
        order: read_report(data, other_day, order=order).joins[0].span
        for order in ("dmy", "mdy")
    }
    assert chosen == {
        "dmy": span("09:00", "10:00", "2026-04-03"),
        "mdy": span("09:00", "10:00", "2026-03-04"),
    }


def test_one_day_above_the_twelfth_settles_the_whole_file():
    data = lines(
        HEADS,
        "Madina,03/04/2026 09:00,03/04/2026 10:00",
        "Jamshed,04/13/2026 09:00,04/13/2026 10:00",
    )

    joins = read_report(data, meeting("2026-07-07")).joins

    assert [join.span[0].date().isoformat() for join in joins] == [
        "2026-03-04",
        "2026-04-13",
    ]


@pytest.mark.parametrize(
    ("joined", "left"), [("22:55", "00:20"), ("17:55Z", "19:20Z"), ("22:55", "19:20Z")]
)
def test_hours_alone_are_those_nearest_to_a_session_over_midnight(joined, left):
    evening = Meeting(moment("2026-04-03 23:00"), moment("2026-04-04 00:30"), DUSHANBE)
    data = lines(HEADS, f"A B,{joined},{left}", "C D,00:10,")

    spans = [join.span for join in read_report(data, evening).joins]

    assert spans == [
        (moment("2026-04-03 22:55"), moment("2026-04-04 00:20")),
        (moment("2026-04-04 00:10"), moment("2026-04-04 00:30")),
    ]


def test_dates_that_contradict_each_other_are_refused():
    data = lines(HEADS, "A B,13/04/2026 09:00,", "C D,04/13/2026 09:00,")

    with pytest.raises(Unreadable, match="contradict"):
        read_report(data, meeting())


def test_a_line_nobody_understands_is_told_and_stops_nothing():
    data = lines(
        "Name,Email,Joined,Left,Duration",
        "A B,,soon,,",
        "C D,,2026-04-03 10:00,2026-04-03 09:00,",
        "E F,e@example.org,,,",
        "G H,,2026-04-03 09:00,,",
        "I J,,,,57:30",
        "Made by a machine",
    )

    report = read_report(data, meeting())

    assert report.unread == (
        Unread(2, "“soon” is no time."),
        Unread(3, "It ends before it begins."),
        Unread(4, "It says neither when nor for how long."),
        # Hours and minutes, or minutes and seconds.
        Unread(6, "“57:30” is no time."),
    )
    assert [(j.line, j.span) for j in report.joins] == [(5, span("09:00", "10:30"))]


def test_the_clock_of_the_heading_or_of_the_cell_is_taken_over_that_of_the_file():
    data = lines(
        "Name,First Join (UTC),Last Leave (UTC)", "A B,4/3/26 4:00,4/3/26 5:00"
    )

    [join] = read_report(data, meeting()).joins

    begins, ends = span("09:00", "10:00")
    assert (join.span[0] - begins, join.span[1] - ends) == (timedelta(0), timedelta(0))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \n", "The file is empty."),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"first,second\n1,2\n", "No column of names was found"),
        (lines("Name,Email,Role", "A B,a@example.org,Attendee"), "not when or for how"),
        (lines("Name,Duration"), "names nobody"),
        (b"%PDF-1.7\x00\x01\x02", "not a spreadsheet"),
        (b"PK\x03\x04 broken", "cannot be opened"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(data, says):
    with pytest.raises(Unreadable, match=says):
        read_report(data, meeting())
