"""Renewing: a new certificate, linked to the old, from the day the policy says."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from certificates.actions import ending, issuing
from certificates.actions.renewing import CannotRenew, NotADayForIt, renew
from certificates.due import renewing as rules
from certificates.models import AwardRule, Certificate
from tests.factories import make_cohort, make_enrolment

from .builders import correct_name
from .held import make_holders

pytestmark = pytest.mark.django_db

END = date(2028, 10, 14)


@pytest.fixture(scope="module")
def cast_once(once):
    """A certificate that lasts two years from 14 October 2026."""
    AwardRule.objects.create(valid_months=24, renewal="old_end", opens_months=3)
    return make_holders()


@pytest.fixture
def early(at):
    """Two months before the end."""
    at("2028-08-10T12:00+05:00")


def again(cast):
    return renew(cast.certificate, by=cast.coordinator, reason="Refresher")


def test_a_renewal_is_a_new_certificate_linked_to_the_old_one(cast, early):
    """CE-17: who renews early loses no day."""
    new, same = again(cast), again(cast)

    old = Certificate.objects.get(pk=cast.certificate.pk)
    assert same == new
    assert (new.renews, new.awarded_on) == (old, date(2028, 8, 10))
    assert (old.valid_until, new.valid_until) == (END, date(2030, 10, 14))
    assert new.content["valid_until"] == "2030-10-14"
    assert (old.status, new.status) == ("superseded", "valid")
    assert old.code != new.code


def test_the_badge_of_a_renewal_ends_with_its_paper(cast, early):
    """CE-17: what programs read is what the paper says."""
    new = again(cast)

    assert new.credential["validUntil"][:10] == "2030-10-14"


def test_a_policy_may_count_from_the_new_day(cast, early):
    """CE-17"""
    AwardRule.objects.update(renewal="new_day")

    assert again(cast).valid_until == date(2030, 8, 10)


def test_it_opens_on_a_day_the_holder_can_read(cast, at, client):
    """CE-17"""
    at("2028-07-13T12:00+05:00")
    with pytest.raises(CannotRenew, match="2028"):
        again(cast)
    client.force_login(cast.participant)

    html = client.get(
        reverse("certificates:own", args=[cast.certificate.code])
    ).content.decode()

    assert rules.opens_on(cast.certificate) == date(2028, 7, 14)
    assert "It can be renewed from" in html


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_the_day_it_opens_ends_the_sentence_with_one_stop(cast, at, language):
    at("2028-07-13T12:00+05:00")

    with override(language), pytest.raises(CannotRenew, match=r"[^.]\.$"):
        again(cast)


def test_what_is_not_renewed_or_has_no_end_is_refused(cast, early):
    AwardRule.objects.update(renewal="none")
    with pytest.raises(CannotRenew, match="not renewed"):
        again(cast)
    AwardRule.objects.update(renewal="new_day")
    Certificate.objects.update(valid_until=None)

    with pytest.raises(CannotRenew, match="no end"):
        again(cast)


@pytest.mark.parametrize("day", [date(2026, 10, 14), date(2028, 8, 11)])
def test_a_day_before_the_award_or_in_future_is_refused(cast, early, day):
    with pytest.raises(NotADayForIt):
        renew(cast.certificate, by=cast.coordinator, reason="x", earned_on=day)


def test_taking_the_course_again_renews_and_leaves_the_old_one_to_its_end(cast, early):
    """CE-17"""
    cohort = make_cohort(cast.cohort.edition)
    place = make_enrolment(
        cast.person,
        cohort,
        status="completed",
        completed_at="2028-08-09T12:00+05:00",
        completed_on=date(2028, 8, 9),
    )

    new = issuing.issue(place, by=cast.administrator)

    old = Certificate.objects.get(pk=cast.certificate.pk)
    assert (new.renews, new.valid_until) == (old, date(2030, 10, 14))
    assert (old.status, old.valid_until) == ("valid", END)
    assert again(cast) == new


def test_a_correction_of_a_renewed_one_keeps_its_end(cast, early):
    """CE-18"""
    new = again(cast)
    correct_name(cast.person, "Раҳимзода Зебунисо", by=cast.coordinator)

    corrected = ending.replace(new, by=cast.coordinator, reason="Married")

    assert (corrected.valid_until, corrected.renews) == (new.valid_until, new.renews)
    assert rules.renewal_of(new.renews) == corrected


def test_staff_renew_on_a_page_that_asks_for_the_day_and_what_it_was(
    client, cast, early
):
    client.force_login(cast.coordinator)
    url = reverse("certificates_list:renew", args=[cast.certificate.pk])
    own = reverse("certificates_list:inspect", args=[cast.certificate.pk])
    is_offered = url in client.get(own).content.decode()

    bad = client.post(url, {"earned_on": "2029-01-01", "reason": "Refresher"})
    client.post(url, {"earned_on": "2028-08-02", "reason": "Refresher"})

    assert is_offered
    assert "not in future" in bad.content.decode()
    new = Certificate.objects.get(renews=cast.certificate)
    assert new.awarded_on == date(2028, 8, 2)
