"""Cohorts and their staff."""

from datetime import date

import pytest

from lms.actions import cohorts as actions
from lms.models import Cohort, Staff
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_donor,
    make_edition,
    make_enrolment,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 10, 16)}


def test_a_code_in_other_capitals_is_taken():
    make_cohort(code="khujand-1")

    with pytest.raises(actions.CodeTaken):
        actions.create_cohort(
            edition=make_edition(), by=None, code="KHUJAND-1", title="x", **DAYS
        )


def test_the_end_is_not_before_the_start():
    with pytest.raises(actions.DatesReversed):
        actions.create_cohort(
            edition=make_edition(),
            by=None,
            code="x",
            title="x",
            starts_on=DAYS["ends_on"],
            ends_on=DAYS["starts_on"],
        )


def test_a_coordinator_runs_the_cohort_they_create():
    user = make_cast().coordinator

    cohort = actions.create_cohort(
        edition=make_edition(), by=user, code="x", title="x", **DAYS
    )

    roles = cohort.staff.values_list("user", "role")
    assert list(roles) == [(user.pk, Staff.Role.COORDINATOR)]


def test_seats_are_never_fewer_than_the_people_in_them():
    cohort = make_cohort(capacity=3)
    make_enrolment(cohort=cohort)
    make_enrolment(cohort=cohort)

    with pytest.raises(actions.TooFewSeats, match="2 people"):
        actions.change_cohort(cohort, by=None, capacity=1)
    changed = actions.change_cohort(cohort, by=None, capacity=2)

    assert changed.capacity == 2


def test_a_newer_edition_does_not_reach_people_who_study():
    """CO-01"""
    cohort = make_cohort()
    make_enrolment(cohort=cohort)

    with pytest.raises(actions.EditionInUse):
        actions.change_cohort(cohort, by=None, edition=make_edition())

    assert Cohort.objects.get().edition == cohort.edition


def test_the_zone_stays_while_sessions_are_promised_in_it():
    cohort = make_session().cohort

    with pytest.raises(actions.ZoneInUse):
        actions.change_cohort(cohort, by=None, timezone="Europe/Warsaw")


def test_changes_are_kept_with_their_donors():
    cohort, donor = make_cohort(), make_donor()

    changed = actions.change_cohort(cohort, by=None, title="New", donors=[donor])

    assert (changed.title, list(changed.donors.all())) == ("New", [donor])


def test_a_person_has_one_role_in_a_cohort():
    cohort, user = make_cohort(), make_user()
    actions.add_staff(cohort, user=user, role="trainer", by=None)

    actions.add_staff(cohort, user=user, role="coordinator", by=None)

    assert list(cohort.staff.values_list("role", flat=True)) == ["coordinator"]
    assert [group.name for group in user.groups.all()] == ["Coordinators"]
