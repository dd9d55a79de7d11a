"""A certificate as what must come before another course."""

from datetime import date

import pytest
from django.urls import reverse

from certificates.models import Certificate
from certificates.proofs import proofs
from courses.models import CoursePage
from lms.actions.admission import why_not_admitted
from tests.certificates.builders import make_completed
from tests.factories import make_cohort, make_edition, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def expiring(issued):
    """The certificate, valid through 14 October 2028; its cohort asks for it."""
    issued.certificate.valid_until = date(2028, 10, 14)
    issued.certificate.save(update_fields=["valid_until"])
    return issued


def asking(course_key):
    """A self-paced cohort of another course that asks for this one's certificate."""
    edition = make_edition()
    edition.prerequisites = [{"course": str(course_key), "kind": "certificate"}]
    edition.save(update_fields=["prerequisites"])
    return make_cohort(edition, ends_on=date(2099, 1, 1), timezone="Asia/Dushanbe")


def course_of(issued):
    return issued.enrolment.cohort.edition.course_key


def test_a_certificate_serves_through_its_last_day_and_not_the_day_after(expiring, at):
    """CO-11: the day is that of the place where certificates are issued."""
    cohort = asking(course_of(expiring))

    at("2028-10-14T23:59+05:00")
    assert why_not_admitted(expiring.person, cohort) == ""

    at("2028-10-15T00:00+05:00")
    why_not = why_not_admitted(expiring.person, cohort)
    assert "was valid until 14 October 2028 and has to be renewed first." in why_not


@pytest.mark.parametrize("is_live", [True, False])
def test_who_lost_it_is_led_to_where_it_is_renewed(expiring, at, is_live):
    """CO-11: to the course, or to their certificates where it is off the site."""
    at("2028-10-15T09:00+05:00")
    page = CoursePage.objects.get(translation_key=course_of(expiring))
    page.live = is_live
    page.save()

    why_not = why_not_admitted(expiring.person, asking(page.translation_key))

    address = page.url if is_live else reverse("certificates:mine")
    assert f'<a href="{address}">Renew it</a>' in why_not


def test_without_a_certificate_completing_is_not_enough(issued):
    """CO-11: completed is one thing, holding the certificate another."""
    cohort = asking(course_of(issued))
    other = make_completed(make_member(), issued.enrolment.cohort)

    assert "A valid certificate of" in why_not_admitted(other.person, cohort)
    assert why_not_admitted(issued.person, cohort) == ""


@pytest.mark.parametrize(
    ("kind", "is_proof"),
    [("completion", True), ("distinction", True), ("attendance", False)],
)
def test_having_attended_or_taught_is_no_proof_of_having_completed(
    issued, kind, is_proof
):
    Certificate.objects.update(kind=kind)

    found = proofs([issued.person.pk], [course_of(issued)])

    assert bool(found) == is_proof


def test_a_revoked_certificate_is_none(issued):
    """CO-11"""
    Certificate.objects.update(
        status="revoked", ended_at=issued.certificate.issued_at, ended_reason="Error."
    )

    assert proofs([issued.person.pk], [course_of(issued)]) == {}


def test_a_renewed_certificate_counts_beside_the_expired_one(expiring, at):
    """CO-11"""
    at("2028-10-15T09:00+05:00")
    again = make_completed(
        expiring.person, make_cohort(expiring.enrolment.cohort.edition)
    )
    Certificate.objects.create(
        enrolment=again,
        person=again.person,
        cohort=again.cohort,
        number="UST-2028-000001",
        code="RENEWED",
        template_version=expiring.certificate.template_version,
        content=expiring.certificate.content,
        awarded_on=date(2028, 10, 15),
        issued_at=expiring.certificate.issued_at,
        valid_until=date(2030, 10, 15),
    )

    assert why_not_admitted(expiring.person, asking(course_of(expiring))) == ""


def test_proofs_are_one_query_for_any_number(issued, django_assert_num_queries):
    other = make_member().pk
    with django_assert_num_queries(1):
        proofs([issued.person.pk], [course_of(issued)])
    with django_assert_num_queries(1):
        proofs([issued.person.pk, other], [course_of(issued)])


def test_who_has_to_renew_sees_the_next_cohorts_of_the_completed_course(
    client, expiring, at
):
    """CO-11: the link to renew leads to a button, not to "completed"."""
    edition = expiring.enrolment.cohort.edition
    today = date(2028, 10, 15)
    new = make_cohort(edition, admission="open", starts_on=today, ends_on=today)
    client.force_login(expiring.person.user)
    course = CoursePage.objects.get(translation_key=edition.course_key)
    button = reverse("lms:join", args=[new.code])

    at("2028-10-14T09:00+05:00")
    assert button not in client.get(course.url).content.decode()
    at("2028-10-15T09:00+05:00")
    assert button in client.get(course.url).content.decode()
