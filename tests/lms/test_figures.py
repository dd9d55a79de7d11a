"""What single reports count, against figures counted by hand."""

from datetime import UTC, date, datetime

import pytest

from courses.models import Indicator
from lms.actions.merging import tell_apart
from lms.models import Cohort, Sex
from lms.reports.dataset import HIDDEN, report
from lms.reports.observing import observed
from lms.reports.question import Question
from tests.factories import (
    make_cohort,
    make_course,
    make_donor,
    make_edition,
    make_event,
    make_person,
    make_user,
)

from .programme import (
    YEAR,
    complete,
    lines,
    make_attempt,
    make_held,
    make_tested_course,
    mark,
    narrowed,
    tables_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at):
    at("2026-11-25T12:00+05:00")


def make_counted(*codes):
    return make_cohort(make_edition(make_course(indicators=list(codes))))


def test_people_and_participations_are_told_apart_and_heads_stand_alone():
    """RP-02"""
    person = make_person()
    complete(person)
    complete(person, on=date(2026, 9, 1))
    make_event({("f", "18-29"): 7})

    found = tables_of("participations")

    assert lines(found["ways"], "people", "participations")["Completed"] == (1, 2)
    assert lines(found["events"], "heads", "events") == {
        "Events without enrolment": (7, 1)
    }


def test_excused_leaves_both_numbers_and_without_a_mark_counts_as_expected():
    """ATT-06 and ATT-08: one present, one late by half, one excused, one unmarked"""
    cohort = make_cohort(place="Khujand")
    session = make_held(cohort)
    start = datetime(2026, 5, 1, tzinfo=UTC)
    places = [complete(cohort=cohort, active_from=start) for _ in range(4)]
    for place, code in zip(places, ("present", "absent", "excused"), strict=False):
        mark(session, place, code)

    table = tables_of("attendance")["centre"]

    columns = ("people", "expected", "credit", "percent", "unmarked", "excused")
    assert lines(table, *columns) == {"Khujand": (4, 3, 1.0, 33.3, 1, 1)}


def test_hours_attended_are_minutes_written_down_or_the_marks_share():
    cohort = make_cohort(place="Ayni")
    session = make_held(cohort, minutes=120)
    make_held(cohort, date(2026, 5, 5), minutes=60, status="cancelled")
    start = datetime(2026, 5, 1, tzinfo=UTC)
    places = [complete(cohort=cohort, active_from=start) for _ in range(2)]
    mark(session, places[0])
    mark(session, places[1], minutes=30)

    table = tables_of("training-hours")["centre"]

    columns = ("planned", "held", "expected", "attended")
    assert lines(table, *columns) == {"Ayni": (2.0, 2.0, 4.0, 2.5)}


def test_gain_pairs_the_first_pre_test_with_the_last_post_test_of_a_person():
    """RP-09"""
    edition, (before, _lesson, after), _question = make_tested_course()
    cohort = make_cohort(edition)
    both, one = complete(cohort=cohort), complete(cohort=cohort)
    make_attempt(both, before, 2, 10)
    make_attempt(both, before, 9, 10, number=2)
    make_attempt(both, after, 9, 10)
    make_attempt(both, after, 7, 10, number=2)
    make_attempt(one, before, 10, 10)

    found = tables_of("knowledge-gain")
    total, alone = found["course"].total.values, found["one-test"].total.values

    assert (total["n"], total["before"], total["after"]) == (1, 20.0, 70.0)
    assert (total["gain"], total["low"], alone["people"]) == (50.0, None, 1)


def test_every_figure_of_knowledge_gain_counts_people_so_that_it_is_guarded():
    """RP-04"""
    edition, (before, _lesson, after), _question = make_tested_course()
    cohort = make_cohort(edition)
    both, early, late = (complete(cohort=cohort) for _ in range(3))
    make_attempt(both, before, 2, 10)
    make_attempt(both, after, 9, 10)
    make_attempt(early, before, 2, 10)
    make_attempt(late, after, 9, 10)

    tables = tables_of("knowledge-gain").values()
    figures = [column for table in tables for column in table.columns[1:]]
    alone = tables_of("knowledge-gain")["one-test"]
    led = [
        report("knowledge-gain").people(narrowed(Question(YEAR), row.narrows))
        for row in alone.rows
    ]

    assert {column.kind for column in figures if not column.part_of} == {"people"}
    assert {column.part_of for column in figures if column.kind != "people"} == {"n"}
    assert [list(rows) for rows in led] == [[early], [late]]


def test_observers_are_told_of_no_one_to_four_people_who_sat_tests():
    """RP-04"""
    edition, (before, _lesson, after), _question = make_tested_course()
    cohort = make_cohort(edition)
    for nth in range(8):
        place = complete(cohort=cohort)
        make_attempt(place, before, 2, 10)
        if nth < 6:
            make_attempt(place, after, 9, 10)

    tables, _notes = observed(report("knowledge-gain"), Question(YEAR))
    found = {table.key: [*table.rows, table.total] for table in tables}

    assert [row.values["people"] for row in found["one-test"]] == [HIDDEN, HIDDEN]
    assert [row.values["n"] for row in found["course"]] == [6, 6]


def test_who_may_be_one_person_is_found_across_scripts_unless_told_apart():
    one = make_person(legal_name="Раҳимова Нигина")
    other = make_person(legal_name="Nigina RAKHIMOVA")
    for person in (one, other, make_person()):
        complete(person)

    def twice() -> tuple[int, int]:
        row = tables_of("data-quality")["people"].rows[-1]
        asked = narrowed(Question(YEAR), row.narrows)
        return row.values["people"], report("data-quality").people(asked).count()

    before = twice()
    tell_apart(one, other, by=make_user())

    assert (before, twice()) == ((2, 2), (0, 0))


def test_nobody_is_suspected_of_being_somebody_in_a_cohort_one_may_not_count():
    """PR-11"""
    mine = complete(make_person(legal_name="Раҳимова Нигина"))
    complete(make_person(legal_name="Раҳимова Нигина"))
    asked = Question(YEAR, cohorts=Cohort.objects.filter(pk=mine.cohort_id))

    found = tables_of("data-quality", asked)["people"].rows[-1]

    assert found.values["people"] == 0


def test_only_courses_that_say_so_count_for_an_indicator():
    complete(cohort=make_counted(Indicator.PREVENTION))
    complete(cohort=make_counted())

    found = tables_of("us-indicators")

    assert found["prevention-quarter"].total.values["people"] == 1
    assert found["identification-quarter"].total.values["people"] == 0


def test_first_responders_are_who_meets_a_presumed_victim_first():
    cohort = make_counted(Indicator.IDENTIFICATION)
    for audience in ("police", "judges", "law_students", ""):
        complete(make_person(audience=audience), cohort)

    table = tables_of("us-indicators")["identification-audience"]

    assert lines(table, "people") == {"Law-enforcement officers": 1}


def test_an_indicator_counts_once_a_quarter_and_once_a_year_by_sex():
    """RP-02"""
    person = make_person(sex=Sex.FEMALE)
    for on in (date(2026, 2, 1), date(2026, 5, 1), date(2026, 6, 1)):
        complete(person, make_counted(Indicator.PREVENTION), on)
    complete(make_person(sex=""), make_counted(Indicator.PREVENTION))

    table = tables_of("us-indicators")["prevention-quarter"]

    rows = [tuple(row.values[k] for k in ("people", "women")) for row in table.rows]
    assert rows == [(1, 1), (2, 1), (0, 0), (0, 0)]
    assert (table.total.values["people"], table.total.values["unknown"]) == (2, 1)


def test_an_event_of_two_donors_counts_for_each_and_once_in_the_total():
    one, other = make_donor(name="Aid"), make_donor(name="Help")
    make_event({("f", ""): 6, ("", ""): 4}, donors=[one, other])

    found = tables_of("events")

    assert lines(found["donor"], "heads") == {"Aid": 10, "Help": 10}
    assert found["kind"].total.values["heads"] == 10
    alone = tables_of("events", Question(YEAR, donor=one))
    assert alone["kind"].total.values["heads"] == 10
