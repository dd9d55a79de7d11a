"""What may become of a certificate after it was issued."""

import pytest
from wagtail.models import ModelLogEntry

from certificates.actions import ending, issuing
from certificates.models import Certificate
from lms.actions.refusal import ReasonMissing
from tests.factories import make_user

from .builders import correct_name

pytestmark = pytest.mark.django_db


def test_a_revoked_certificate_says_when_by_whom_and_why(issued, at):
    """CE-20"""
    moment = at("2026-12-01T09:00+05:00")
    by = make_user()

    row = ending.revoke(issued.certificate, by=by, reason="Wrong person")

    assert (row.status, row.ended_at, row.ended_by, row.ended_reason) == (
        "revoked",
        moment,
        by,
        "Wrong person",
    )
    entry = ModelLogEntry.objects.filter(action="certificates.revoke").get()
    assert entry.data == {"reason": "Wrong person", "class": "error", "told": True}


def test_revoking_twice_keeps_the_first_reason(issued):
    ending.revoke(issued.certificate, by=issued.by, reason="First")

    row = ending.revoke(issued.certificate, by=make_user(), reason="Second")

    assert row.ended_reason == "First"
    assert ModelLogEntry.objects.filter(action="certificates.revoke").count() == 1


@pytest.mark.parametrize("verb", ["revoke", "reinstate", "replace"])
def test_every_step_needs_a_reason(issued, verb):
    with pytest.raises(ReasonMissing):
        getattr(ending, verb)(issued.certificate, by=make_user(), reason="  ")

    assert Certificate.objects.get().status == "valid"


def test_nobody_undoes_their_own_revocation(issued):
    """CE-20"""
    by, other = make_user(), make_user()
    ending.revoke(issued.certificate, by=by, reason="By mistake")

    with pytest.raises(ending.CannotReinstate):
        ending.reinstate(issued.certificate, by=by, reason="Sorry")
    row = ending.reinstate(issued.certificate, by=other, reason="It was a mistake")

    assert (row.status, row.ended_at, row.ended_reason) == ("valid", None, "")


def test_who_was_revoked_is_not_issued_again_by_a_list(issued):
    """CE-20"""
    ending.revoke(issued.certificate, by=issued.by, reason="Cheated")

    with pytest.raises(issuing.NotReady, match=issued.certificate.number):
        issuing.issue(issued.enrolment, by=make_user())


def test_a_corrected_name_makes_a_new_code_and_keeps_the_award(issued):
    """CE-18"""
    correct_name(issued.person, "Раҳимзода Зебунисо", by=issued.by)

    new = ending.replace(issued.certificate, by=issued.by, reason="Married")
    again = ending.replace(issued.certificate, by=issued.by, reason="Married")

    old = Certificate.objects.get(pk=issued.certificate.pk)
    assert again == new
    assert new.content["holder"] == "Раҳимзода Зебунисо"
    assert new.awarded_on == old.awarded_on
    assert new.code != old.code
    assert (old.status, new.status, new.replaces) == ("superseded", "valid", old)


def test_a_revoked_certificate_is_not_replaced(issued):
    ending.revoke(issued.certificate, by=issued.by, reason="Cheated")

    with pytest.raises(ending.CannotEnd):
        ending.replace(issued.certificate, by=issued.by, reason="Married")


@pytest.mark.parametrize("target", ["enrolment", "cohort", "person"])
def test_nothing_a_certificate_stands_on_can_be_deleted(issued, target):
    """CE-39"""
    row = {
        "enrolment": issued.enrolment,
        "cohort": issued.enrolment.cohort,
        "person": issued.person,
    }[target]

    with pytest.raises(Exception, match="protected"):
        row.delete()
