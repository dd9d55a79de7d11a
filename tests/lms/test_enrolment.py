"""Places in a cohort."""

import pytest
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import enrolment as actions
from lms.actions.people import change_person
from lms.actions.refusal import ReasonMissing
from lms.models import Enrolment
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_member,
    make_organisation,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_who_may_not_join_by_oneself_is_told_whom_to_ask():
    person, cohort = make_member(), make_cohort(admission="staff")

    with pytest.raises(actions.CohortClosed, match="Ask the people who run it"):
        actions.join(person.user, cohort=cohort)

    assert not Enrolment.objects.exists()


def test_an_account_without_a_person_cannot_join():
    with pytest.raises(actions.PersonUnknown):
        actions.join(make_user(), cohort=make_cohort(admission="open"))


def test_a_cohort_that_is_over_in_its_own_zone_cannot_be_joined(at):
    at("2026-10-12T23:30+00:00")
    day = clock.now().date()
    cohort = make_cohort(admission="open", starts_on=day, ends_on=day)

    with pytest.raises(actions.CohortClosed):
        actions.join(make_member().user, cohort=cohort)


def test_joining_an_open_cohort_twice_gives_one_place():
    person, cohort = make_member(), make_cohort(admission="open")

    first = actions.join(person.user, cohort=cohort)
    second = actions.join(person.user, cohort=cohort)

    assert first == second
    assert list(Enrolment.objects.values_list("status", flat=True)) == ["active"]


def test_enrolling_twice_changes_nothing(at):
    at("2026-10-12T09:00+05:00")
    person, cohort, by = make_person(), make_cohort(), make_user()
    first = actions.enrol(person, cohort=cohort, by=by)
    at("2026-10-13T09:00+05:00")

    second = actions.enrol(person, cohort=cohort, by=by)

    assert (second, second.active_from) == (first, first.active_from)


def test_the_place_keeps_who_the_person_was_when_it_began():
    """EN-15"""
    police, ngo = make_organisation(), make_organisation(sector="ngo")
    person = make_person(organisation=police, audience="police", region="sughd")
    place = actions.enrol(person, cohort=make_cohort(), by=make_user())

    change_person(
        person,
        by=make_user(),
        organisation=ngo,
        audience="ngo",
        region="gbao",
        sex="m",
    )

    place.refresh_from_db()
    kept = (place.organisation, place.audience, place.region, place.sex)
    assert kept == (police, "police", "sughd", "f")


def test_a_requested_place_takes_its_snapshot_when_it_becomes_active():
    """EN-15"""
    person, cohort = make_person(audience="ngo"), make_cohort()
    Enrolment.objects.create(person=person, cohort=cohort, status="requested")

    place = actions.enrol(person, cohort=cohort, by=make_user())

    assert (place.status, place.audience, place.active_from is not None) == (
        "active",
        "ngo",
        True,
    )


def test_the_audience_comes_from_the_organisation_where_the_person_has_none():
    person = make_person(audience="", organisation=make_organisation(sector="judges"))

    place = actions.enrol(person, cohort=make_cohort(), by=make_user())

    assert place.audience == "judges"


def test_a_full_cohort_takes_nobody_and_a_withdrawn_place_is_free_at_once():
    cohort, by = make_cohort(capacity=1), make_user()
    first = actions.enrol(make_person(), cohort=cohort, by=by)
    second = make_person()

    with pytest.raises(actions.CohortFull, match="All 1 seats"):
        actions.enrol(second, cohort=cohort, by=by)
    actions.withdraw(first, by=by, reason="Moved away")

    assert actions.enrol(second, cohort=cohort, by=by).status == "active"


@pytest.mark.parametrize("status", ["offered", "completed"])
def test_an_offered_and_a_completed_place_take_a_seat(status):
    cohort = make_cohort(capacity=1)
    today = clock.now()
    dates = {"completed_at": today, "completed_on": today.date()}
    make_enrolment(cohort=cohort, status=status, **dates)

    with pytest.raises(actions.CohortFull):
        actions.enrol(make_person(), cohort=cohort, by=make_user())


def test_an_offered_place_is_taken_in_a_full_cohort():
    cohort, person = make_cohort(capacity=1), make_person()
    make_enrolment(person, cohort, status="offered")

    assert actions.enrol(person, cohort=cohort, by=make_user()).status == "active"


def test_a_cancelled_cohort_takes_nobody():
    with pytest.raises(actions.CohortClosed):
        actions.enrol(
            make_person(), cohort=make_cohort(status="cancelled"), by=make_user()
        )


def test_withdrawing_needs_a_reason_and_keeps_the_row(at):
    place = make_enrolment()
    with pytest.raises(ReasonMissing):
        actions.withdraw(place, by=make_user(), reason="  ")

    now = at("2026-10-12T09:00+05:00")
    actions.withdraw(place, by=make_user(), reason="Moved away")
    at("2026-10-13T09:00+05:00")
    again = actions.withdraw(place, by=make_user(), reason="Again")

    assert (again.status, again.active_to) == ("withdrawn", now)


def test_a_completed_place_is_not_withdrawn():
    now = clock.now()
    place = make_enrolment(
        status="completed", completed_at=now, completed_on=now.date()
    )

    with pytest.raises(actions.CannotWithdraw):
        actions.withdraw(place, by=make_user(), reason="By mistake")


def test_who_was_withdrawn_comes_back_by_a_reason_only():
    place, by = make_enrolment(), make_user()
    actions.withdraw(place, by=by, reason="Ill")

    with pytest.raises(actions.PlaceEnded):
        actions.enrol(place.person, cohort=place.cohort, by=by)
    with pytest.raises(ReasonMissing):
        actions.reactivate(place, by=by, reason="")
    back = actions.reactivate(place, by=by, reason="Well again")

    assert (back.status, back.active_to, back.active_from) == (
        "active",
        None,
        place.active_from,
    )


def test_a_person_merged_into_another_is_not_enrolled():
    gone = make_person(merged_into=make_person())

    with pytest.raises(actions.PersonGone):
        actions.enrol(gone, cohort=make_cohort(), by=make_user())


def test_each_step_stands_in_the_log_with_its_author():
    by = make_user()
    place = actions.enrol(make_person(), cohort=make_cohort(), by=by)
    actions.withdraw(place, by=by, reason="Ill")
    actions.reactivate(place, by=by, reason="Well again")

    entries = ModelLogEntry.objects.for_instance(place).order_by("timestamp", "pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("lms.enrol", by),
        ("lms.withdraw", by),
        ("lms.reactivate", by),
    ]
