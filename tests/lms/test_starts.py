"""When a course begins next."""

from datetime import date

import pytest

from lms.starts import next_starts
from tests.factories import make_cohort, make_edition

pytestmark = pytest.mark.django_db


def test_the_next_cohort_is_the_first_that_has_not_begun_by_the_sites_own_day(at):
    edition = make_edition()
    for day in (11, 20, 30):
        make_cohort(
            edition,
            status="planned",
            starts_on=date(2026, 10, day),
            ends_on=date(2026, 11, 30),
        )

    at("2026-10-12T02:00+05:00")

    key = edition.course_key
    assert next_starts([key]) == {key: date(2026, 10, 20)}
