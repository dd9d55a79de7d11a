"""Everybody's attendance in a cohort: the figures, and who is at risk first."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions.exports import make
from lms.attendance_table import attendance_table_of
from lms.models import Cohort, Export, Waiver
from tests.factories import make_user

from .groups import make_group, make_mark

pytestmark = pytest.mark.django_db


def cohort_of(marks, **policy):
    """A cohort whose people have these marks, one word of letters each: p, l, a, e."""
    codes = {"p": "present", "l": "late", "a": "absent", "e": "excused"}
    cohort = make_group(people=len(marks), sessions=4)
    cohort.edition.policy = {"attendance_percent": 75} | policy
    cohort.edition.save()
    sessions = list(cohort.sessions.order_by("starts_at"))
    for place, letters in zip(cohort.enrolments.order_by("pk"), marks, strict=True):
        for session, letter in zip(sessions, letters, strict=False):
            if letter in codes:
                make_mark(place, session, codes[letter])
    return Cohort.objects.select_related("edition").get(pk=cohort.pk)


def told(cohort):
    places = list(cohort.enrolments.order_by("pk"))
    return [
        (places.index(row.place), row.state, *row.percents)
        for row in attendance_table_of(cohort).rows
    ]


def test_who_is_at_risk_stands_first_and_the_worst_of_them_on_top():
    """ATT-07: so far, at least and at best of each."""
    cohort = cohort_of(["pppp", "aapp", "pp-l", "pp-p", "aaaa"])

    assert told(cohort) == [
        (4, "lost", "0%", "0%", "0%"),
        (1, "lost", "50%", "50%", "50%"),
        (2, "behind", "62.5%", "62.5%", "87.5%"),
        (3, "met", "75%", "75%", "100%"),
        (0, "met", "100%", "100%", "100%"),
    ]
    assert len(attendance_table_of(cohort).at_risk) == 3


def test_a_mandatory_session_that_was_missed_puts_a_person_at_risk():
    """ATT-51"""
    cohort = cohort_of(["apppp"], attendance_percent=0)
    first = cohort.sessions.order_by("starts_at").first()
    cohort.sessions.filter(pk=first.pk).update(is_mandatory=True)

    [row] = attendance_table_of(cohort).rows

    assert (row.state, row.lacking) == ("lost", [1])


def test_what_was_waived_puts_nobody_at_risk():
    cohort = cohort_of(["aaaa"])
    Waiver.objects.create(
        enrolment=cohort.enrolments.get(),
        requirement="attendance",
        reason="Was ill",
        by=make_user(),
        created_at=clock.now(),
    )

    assert told(cohort) == [(0, "waived", "0%", "0%", "0%")]


def test_where_nothing_is_asked_there_are_figures_and_no_risk():
    """ATT-09: who was excused from everything has no percentage."""
    cohort = cohort_of(["eeee", "paaa"], attendance_percent=0)

    assert told(cohort) == [
        (1, "none", "25%", "25%", "25%"),
        (0, "none", "–", "–", "–"),
    ]


def test_the_page_says_the_figures_in_words(client, cast):
    client.force_login(cast.trainer)

    page = client.get(reverse("lms:attendance_table", args=[cast.cohort.code]))

    assert page.status_code == 200
    assert cast.person.legal_name in page.content.decode()


def test_both_pages_of_figures_say_that_only_the_best_sessions_count(client, cast):
    """ATT-10: else nobody understands why "at least" is more than "so far"."""
    pages = [
        (cast.trainer, reverse("lms:attendance_table", args=[cast.cohort.code])),
        (cast.participant, reverse("lms:my_attendance", args=[cast.enrolment.pk])),
    ]
    told = []

    for best_of in (0, 2):
        cast.cohort.edition.policy |= {"attendance_best_of": best_of}
        cast.cohort.edition.save()
        for who, address in pages:
            client.force_login(who)
            page = client.get(address).content.decode()
            told.append("Only the best sessions: 2" in page)

    assert told == [False, False, True, True]


@pytest.mark.parametrize("who", ["participant", "stranger", "observer"])
def test_who_does_not_see_the_people_has_no_such_page(client, cast, who):
    client.force_login(getattr(cast, who))
    address = reverse("lms:attendance_table", args=[cast.cohort.code])

    assert client.get(address).status_code == 404
    assert client.post(address, {"purpose": "For me"}).status_code == 404
    assert not Export.objects.exists()


def test_the_file_holds_the_rows_of_the_screen(client, cast):
    """RP-08"""
    client.force_login(cast.trainer)
    address = reverse("lms:attendance_table", args=[cast.cohort.code])

    refused = client.post(address, {"format": "csv"})
    client.post(address, {"purpose": "For the donor", "format": "csv"})

    assert refused.context["form"].has_error("purpose")
    make.func(Export.objects.get().pk)
    with Export.objects.get().file.open() as file:
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert rows[0][:3] == ["Name", "Organisation", "Attendance"]
    table = attendance_table_of(cast.cohort)
    assert [row[0] for row in rows[1:]] == [row.name for row in table.rows]


def queries(cohort) -> int:
    attendance_table_of(cohort)
    with CaptureQueriesContext(connection) as seen:
        attendance_table_of(cohort)
    return len(seen)


def test_as_many_queries_for_three_people_as_for_one():
    assert queries(cohort_of(["pl"])) == queries(cohort_of(["plap", "pp", "a"])) == 4
