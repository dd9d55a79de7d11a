"""CO-12: a waiver lets one requirement of one person be met, with reason and author."""

import pytest
from wagtail.models import ModelLogEntry

from lms.actions.refusal import ReasonMissing
from lms.actions.waivers import CannotWaive, WaiverUsed, take_back_waiver, waive
from lms.models import Waiver
from lms.standing import requirements_of
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    course = make_course()
    module = make_module(course)
    edition = make_edition(course, make_lesson(module), make_lesson(module))
    return make_enrolment(cohort=make_cohort(edition))


def states(place):
    return [one.state for one in requirements_of(place)]


def first(place):
    return requirements_of(place)[0].key


def test_a_waiver_meets_exactly_one_requirement_of_one_person(place):
    """CO-12"""
    other = make_enrolment(cohort=place.cohort)
    by = make_user()

    waive(place, requirement=first(place), by=by, reason="Taught it herself.")
    waive(place, requirement=first(place), by=by, reason="Again.")

    assert states(place) == ["waived", "open"]
    assert states(other) == ["open", "open"]
    waiver = Waiver.objects.get()
    assert (waiver.by, waiver.reason) == (by, "Taught it herself.")
    entry = ModelLogEntry.objects.get(action="lms.waive")
    assert (entry.user, entry.data["reason"]) == (by, "Taught it herself.")


def test_a_waiver_needs_a_reason_and_something_to_waive(place):
    """CO-12"""
    with pytest.raises(ReasonMissing):
        waive(place, requirement=first(place), by=None, reason=" ")
    with pytest.raises(CannotWaive):
        waive(place, requirement="attendance", by=make_user(), reason="Ill.")
    assert not Waiver.objects.exists()


def test_a_waiver_is_taken_back_and_logged(place):
    by = make_user()
    key = first(place)
    waive(place, requirement=key, by=by, reason="Ill.")

    take_back_waiver(place, requirement=key, by=by, reason="She is back.")
    take_back_waiver(place, requirement=key, by=by, reason="She is back.")

    assert states(place) == ["open", "open"]
    assert ModelLogEntry.objects.filter(action="lms.take_back_waiver").count() == 1


def test_the_last_waiver_completes_and_then_stays(place):
    """CO-05, CO-12"""
    by = make_user()
    for one in requirements_of(place):
        waive(place, requirement=one.key, by=by, reason="Ill.")
    place.refresh_from_db()
    assert place.status == "completed"

    with pytest.raises(WaiverUsed):
        take_back_waiver(place, requirement=first(place), by=by, reason="No.")
    assert states(place) == ["waived", "waived"]
