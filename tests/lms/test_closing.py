"""Figures that went out stay; what is corrected later is said beside them."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from lms.actions.closing import NotOver, close_period
from lms.models import ClosedPeriod, Enrolment
from lms.reports.answering import answer
from lms.reports.asker import asker
from lms.reports.dataset import report
from lms.reports.period import Period
from lms.reports.question import Question
from lms.roles import ADMINISTRATORS, ensure_roles
from tests.factories import make_cohort, make_donor, make_enrolment, make_person
from tests.factories import make_user as make_account

pytestmark = pytest.mark.django_db
QUARTER = Period.quarter(2026, 2)


@pytest.fixture
def boss(at):
    at("2026-11-23T09:00+05:00")
    ensure_roles()
    return make_account(groups=[Group.objects.get(name=ADMINISTRATORS)])


def trained(cohort, on=date(2026, 5, 4), **fields) -> Enrolment:
    return make_enrolment(
        make_person(**fields),
        cohort,
        status=Enrolment.Status.COMPLETED,
        completed_on=on,
        completed_at=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )


def said(boss):
    who = asker(boss)
    question = Question(QUARTER, cohorts=who.cohorts)
    found = answer(report("people-trained"), question, who)
    return found, found.tables[0].total.values["people"]


def test_a_completion_entered_later_is_an_adjustment_and_no_new_figure(boss):
    """RP-03"""
    cohort = make_cohort(donors=[make_donor()])
    trained(cohort)
    close_period(QUARTER, by=boss)

    trained(cohort)
    found, people = said(boss)

    assert (people, found.is_frozen) == (1, True)
    total = next(a for a in found.adjustments if a.row == "Together")
    assert (total.then, total.now, total.difference) == (1.0, 2.0, 1.0)


def test_two_rows_of_one_person_made_one_move_no_figure(boss):
    """RP-03"""
    first, second = trained(make_cohort()), trained(make_cohort())
    close_period(QUARTER, by=boss)

    Enrolment.objects.filter(pk=second.pk).update(person=first.person)
    found, people = said(boss)

    assert people == 2
    assert any(a.difference == -1 for a in found.adjustments)


def test_whoever_is_anonymised_stays_in_the_totals(boss):
    """RP-06 and RP-03"""
    enrolment = trained(make_cohort())
    close_period(QUARTER, by=boss)

    enrolment.person.legal_name = "-"
    enrolment.person.anonymised_at = datetime(2026, 8, 1, tzinfo=UTC)
    enrolment.person.save()
    found, people = said(boss)

    assert (people, list(found.adjustments)) == (1, [])


def test_a_period_closes_once_and_only_when_it_is_over(boss):
    """RP-03"""
    assert close_period(QUARTER, by=boss) == close_period(QUARTER, by=boss)
    with pytest.raises(NotOver):
        close_period(Period.quarter(2026, 4), by=boss)
    assert ClosedPeriod.objects.count() == 1


def test_an_administrator_closes_a_quarter_and_prints_it(client, boss):
    """RP-03"""
    trained(make_cohort(donors=[make_donor(name="Aid")]))
    client.force_login(boss)

    client.post(reverse("lms_reports:closed"), {"year": 2026, "quarter": 2})
    url = reverse("lms_reports:people_trained") + "?year=2026&quarter=2"
    page = client.get(url).content.decode()
    file = client.post(url, {"file": "figures.pdf"})

    assert ClosedPeriod.objects.get().by == boss
    assert "Nothing was corrected since the period was closed." in page
    assert file.content.startswith(b"%PDF")
