"""CE-01, CE-07: many hands at once, each on a connection of its own."""

import pytest

from certificates.actions.issuing import issue, voided_numbers
from certificates.models import Certificate, Serial
from certificates.readiness import ready_for
from tests.factories import make_cohort, make_participant, make_user
from tests.racing import errors_at_once

from .builders import make_completed

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_five_parallel_clicks_issue_one_certificate():
    """CE-01"""
    enrolment, by = make_completed(), make_user()

    errors = errors_at_once(lambda _click: issue(enrolment, by=by), range(5))

    assert errors == []
    assert Certificate.objects.count() == 1
    assert Serial.objects.get().last == 1


def test_numbers_given_in_parallel_have_no_duplicate_and_no_gap():
    """CE-07"""
    cohort, by = make_cohort(), make_user()
    places = [make_completed(make_participant(), cohort) for _ in range(6)]

    errors = errors_at_once(lambda place: issue(place, by=by), places)

    assert errors == []
    assert sorted(Certificate.objects.values_list("number", flat=True)) == [
        f"UST-{Certificate.objects.first().issued_at.year}-{n:06d}" for n in range(1, 7)
    ]
    assert voided_numbers(Serial.objects.get()) == []
    assert all(one.certificate for one in ready_for(cohort))
