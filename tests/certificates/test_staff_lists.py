"""The list of certificates, the page of one, and the register of numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from certificates.actions import numbers
from certificates.due.claim import of_place
from certificates.issuer_day import day_of
from certificates.models import Certificate, GivenNumber
from courses import clock

from .builders import make_completed
from .held import make_holders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    cast = make_holders()
    left = make_completed(cohort=cast.cohort)
    cast.gap = numbers.reserve(of_place(left), 2026)
    GivenNumber.objects.filter(pk=cast.gap.pk).update(
        voided_at=clock.now(), void_reason="The printer was on fire"
    )
    cast.open = numbers.reserve(of_place(make_completed(cohort=cast.cohort)), 2026)
    return cast


def listed(client, name="certificates_list", **asked):
    html = client.get(reverse(f"{name}:index"), asked).content.decode()
    return {text for text in GivenNumber.objects.values_list("text", flat=True)
            if text in html}  # fmt: skip


@pytest.mark.parametrize("by", ["number", "code", "name"])
def test_a_certificate_is_found_by_what_one_has_in_hand(client, cast, by):
    client.force_login(cast.administrator)
    asked = {
        "number": cast.certificate.number,
        "code": cast.certificate.code,
        "name": cast.person.legal_name,
    }[by]

    assert cast.certificate.number in listed(client, q=asked)


def test_the_list_is_narrowed_by_end_kind_and_course(client, cast):
    client.force_login(cast.administrator)
    Certificate.objects.filter(pk=cast.certificate.pk).update(
        valid_until=day_of(clock.now()) + timedelta(days=20)
    )
    course = cast.cohort.edition.course_key

    assert listed(client, expiring="30") == {cast.certificate.number}
    assert listed(client, expiring="over") == set()
    assert listed(client, kind="trainer") == set()
    assert cast.certificate.number in listed(client, course=str(course))


def test_the_page_of_one_shows_everything_about_it(client, cast):
    client.force_login(cast.coordinator)
    row = cast.certificate

    html = client.get(
        reverse("certificates_list:inspect", args=[row.pk])
    ).content.decode()

    for text in (row.sha256, row.seal_key.fingerprint[:16], row.number, "Template"):
        assert text in html


def test_every_number_is_used_void_with_a_reason_or_being_drawn(client, cast):
    """CE-07"""
    client.force_login(cast.coordinator)
    name = "certificate_numbers"

    html = client.get(reverse(f"{name}:index")).content.decode()

    assert "The printer was on fire" in html
    assert listed(client, name) == {
        cast.certificate.number,
        cast.gap.text,
        cast.open.text,
    }
    assert listed(client, name, state="void") == {cast.gap.text}
    assert listed(client, name, state="drawn") == {cast.open.text}
    assert listed(client, name, state="used") == {cast.certificate.number}
    assert numbers.unexplained(cast.gap.serial) == []


def test_the_register_goes_into_a_spreadsheet(client, cast):
    """CE-07"""
    client.force_login(cast.administrator)
    url = reverse("certificate_numbers:index")

    lines = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()

    assert f"{cast.gap.text}," in lines
    assert "The printer was on fire" in lines
    assert lines.strip().count("\n") == 4
