"""CE-01, CE-07: many hands at once, each on a connection of its own."""

from datetime import date

import pytest

from certificates.actions.issuing import issue
from certificates.actions.numbers import unexplained
from certificates.actions.proposals import propose, vote
from certificates.actions.runs import start_run
from certificates.actions.templates import PlaceTaken, add_signatory
from certificates.due.readiness import ready_for
from certificates.models import Certificate, IssueRun, Serial, Signatory
from tests.factories import make_cohort, make_participant, make_person, make_user
from tests.racing import errors_at_once

from .awards import make_rule
from .builders import make_completed, make_signatory

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
    assert unexplained(Serial.objects.get()) == []
    assert all(one.certificate for one in ready_for(cohort))


def ready(number: int = 20) -> list:
    cohort = make_cohort()
    return [make_completed(make_person(), cohort) for _ in range(number)]


def test_twenty_people_clicking_twice_at_once_get_twenty_certificates():
    """CE-01, CE-07: Moodle 4.5 gives 27."""
    places, by = ready(), make_user()

    errors = errors_at_once(lambda place: issue(place, by=by), [*places, *places])

    assert errors == []
    assert Certificate.objects.count() == Serial.objects.get().last == 20
    assert unexplained(Serial.objects.get()) == []


def test_a_list_is_issued_when_its_last_certificates_are_made_at_once():
    places, members = ready(4), [make_user() for _ in range(2)]
    make_rule("completion", decided_by="committee", approvals=1, members=members)
    chosen = [f"e{place.pk}" for place in places]
    by = make_user()
    asked = propose(places[0].cohort, kind="completion", chosen=chosen, by=by)
    vote(asked, agrees=True, note="", by=members[0])

    errors = errors_at_once(lambda place: issue(place, by=by), places)

    asked.refresh_from_db()
    assert (errors, asked.state) == ([], "issued")


def test_coordinators_pressing_at_once_for_a_cohort_work_on_one_run():
    """CE-01, CE-25"""
    places, people = ready(), [make_user() for _ in range(4)]
    cohort = places[0].cohort

    errors = errors_at_once(
        lambda by: start_run(places, cohort=cohort, by=by), [*people, *people]
    )

    runs = [run.counts() for run in IssueRun.objects.all()]
    assert errors == []
    assert {run["waiting"] for run in runs} == {0}
    assert sum(run["issued"] for run in runs) == 20
    assert Certificate.objects.count() == Serial.objects.get().last == 20


def test_two_who_are_let_sign_in_one_place_at_once_do_not_share_it():
    make_signatory(place=1)
    by, second = make_user(), {"since": date(2026, 1, 1), "place": 2}

    errors = errors_at_once(
        lambda name: add_signatory(by=by, name=name, **second),
        ["M. Saidova", "N. Azizov"],
    )

    assert [type(error) for error in errors] == [PlaceTaken]
    assert Signatory.objects.filter(place=2).count() == 1
