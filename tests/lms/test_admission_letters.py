"""The letters of admission really go out: what the verbs say is what they need."""

import pytest
from django.core import mail

from courses import clock
from lms.actions import admission, waiting_list
from lms.actions.cohorts import cancel_cohort
from lms.actions.enrolment import join
from lms.actions.invitations import claim_invitation, revoke_invitation
from lms.actions.messages import send_due
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_member,
    make_person,
    make_user,
)

from .test_admission import later
from .test_invitations import invited

pytestmark = pytest.mark.django_db


def sent() -> str:
    mail.outbox.clear()
    send_due()
    assert len(mail.outbox) == 1
    return mail.outbox[0].body


def cohort_of(**fields):
    course = make_course(title="First contact")
    return later(edition=make_edition(course), **fields)


def test_the_invited_read_where_to_come():
    invitation = invited(cohort_of(), person=make_person())

    assert f"/en/join/code/?code={invitation.code}" in sent()


def test_an_address_nobody_is_known_by_is_written_to_in_the_cohorts_language():
    invitation = invited(cohort_of(locale="ru"), email="office@example.org")

    body = sent()

    assert mail.outbox[0].to == ["office@example.org"]
    assert f"/ru/join/code/?code={invitation.code}" in body
    assert "Здравствуйте, office@example.org!" in body


def test_who_came_by_the_code_is_no_longer_written_to():
    """CM-02"""
    invitation = invited(cohort_of(), email="office@example.org")
    revoked = invited(cohort_of(), email="court@example.org")
    claim_invitation(make_member().user, code=invitation.code)
    revoke_invitation(revoked, by=make_user())

    send_due()

    written_to = {address for one in mail.outbox for address in one.to}
    assert written_to.isdisjoint({"office@example.org", "court@example.org"})


def test_who_is_offered_a_seat_reads_until_when_in_the_cohorts_zone(at):
    """EN-04"""
    at("2026-10-01T10:00+05:00")
    place = make_enrolment(cohort=cohort_of(capacity=1), status="waitlisted")
    waiting_list.offer_seats(place.cohort)

    body = sent()

    assert f"/en/my/places/{place.pk}/" in body
    assert "4 October 2026" in body
    assert "10:00" in body


def test_joining_waiting_and_being_refused_are_told():
    """EN-01"""
    cohort, asked = cohort_of(capacity=1), cohort_of(admission="request")

    join(make_member().user, cohort=cohort)
    assert cohort.code in sent()
    join(make_member().user, cohort=cohort)
    assert cohort.code in sent()
    place = admission.request_place(make_member().user, cohort=asked)
    assert asked.code in sent()
    admission.refuse_request(place, by=make_user(), reason="For judges only.")
    assert "For judges only." in sent()


def test_a_cancelled_cohort_is_told_with_its_reason():
    """EN-13"""
    place = make_enrolment(cohort=cohort_of(), active_from=clock.now())

    cancel_cohort(place.cohort, by=make_user(), reason="The road is closed.")

    assert "The road is closed." in sent()
