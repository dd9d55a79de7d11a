"""The list of what has ended says what the database says."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions import ending
from certificates.credential import issuer, proof, status
from certificates.models import Certificate
from certificates.seal import keys
from courses import clock
from tests.certificates.builders import replaced
from tests.factories import make_user

from .reading import has_bit

pytestmark = pytest.mark.django_db
PATH = "/credentials/status/1.json"


@pytest.fixture
def certificate(issued):
    return issued.certificate


def has_ended(client, certificate):
    """As a program that follows the credential would find out."""
    entry = certificate.credential["credentialStatus"]
    listed = client.get(entry["statusListCredential"].removeprefix("http://testserver"))
    signed = json.loads(listed.content)
    assert proof.check(signed, issuer.known_keys()).is_genuine
    encoded = signed["credentialSubject"]["encodedList"]
    return has_bit(encoded, int(entry["statusListIndex"]))


def test_it_follows_a_revocation_and_its_undoing(client, certificate):
    """CE-20"""
    assert not has_ended(client, certificate)

    ending.revoke(certificate, by=make_user(), reason="Mistake")
    assert has_ended(client, certificate)

    ending.reinstate(certificate, by=make_user(), reason="No mistake")
    assert not has_ended(client, certificate)


def test_it_says_what_was_replaced_and_not_what_replaced_it(client, certificate):
    """CE-18"""
    new = replaced(certificate)

    assert has_ended(client, certificate)
    assert not has_ended(client, new)


def test_it_says_what_its_holder_withdrew(client, certificate, issued):
    ending.withdraw(certificate, by=issued.person.user)

    assert has_ended(client, certificate)


def test_what_only_expired_says_so_itself(client, certificate):
    Certificate.objects.update(valid_until="2026-01-31")

    assert not has_ended(client, certificate)


def test_it_is_the_same_while_nothing_changes_and_newly_signed_before_it_ends(
    client, certificate, at
):
    at("2026-10-20T09:00+05:00")
    first = client.get(PATH)
    at("2026-10-20T20:59+05:00")
    later = client.get(PATH)
    unchanged = client.get(PATH, headers={"if-none-match": first["ETag"]})
    at("2026-10-20T21:01+05:00")
    newer = client.get(PATH)

    assert later.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == first["ETag"]
    assert json.loads(first.content)["validUntil"] == "2026-10-21T04:00:00Z"
    assert json.loads(newer.content)["validUntil"] == "2026-10-21T16:01:00Z"
    assert newer["ETag"] != first["ETag"]


def test_anybody_may_ask_and_search_engines_may_not(client, certificate):
    response = client.get(PATH)

    assert response["Content-Type"] == "application/vc"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex"
    assert "csrftoken" not in response.cookies


def test_it_costs_two_questions_however_many_have_ended(client, certificate):
    def questions():
        with CaptureQueriesContext(connection) as seen:
            client.get(PATH)
        return sum("certificates_" in query["sql"] for query in seen)

    before = questions()
    ending.revoke(certificate, by=make_user(), reason="Mistake")

    assert (before, questions()) == (2, 2)


@pytest.mark.parametrize("number", [0, 2, 99_999_999_999_999])
def test_a_list_that_nobody_is_on_does_not_exist(client, certificate, number):
    assert client.get(f"/credentials/status/{number}.json").status_code == 404


def test_without_a_key_it_says_so_and_breaks_nothing(client, certificate, settings):
    settings.USTOD_CREDENTIAL_KEY = ""

    response = client.get(PATH)

    assert (response.status_code, response.json()) == (503, {"error": "no key"})


def test_a_list_has_room_for_a_crowd_to_hide_in():
    """Bitstring Status List 1.0: 131,072 places or more, the first bit leftmost."""
    encoded = status.encode([0, 9, status.SIZE - 1])

    assert status.SIZE == 131_072
    assert [n for n in (0, 1, 8, 9, 10, status.SIZE - 1) if has_bit(encoded, n)] == [
        0,
        9,
        status.SIZE - 1,
    ]
    assert len(encoded) < 200


def test_the_next_list_begins_where_the_first_is_full(certificate):
    ending.revoke(certificate, by=make_user(), reason="Mistake")
    Certificate.objects.update(status_index=status.SIZE + 5)
    key = keys.credential_key()

    first, second = (status.status_list(n, key=key) for n in (1, 2))

    assert status.place_of(status.SIZE + 5) == (2, 5)
    assert status.exists(2)
    assert has_bit(second["credentialSubject"]["encodedList"], 5)
    assert not has_bit(first["credentialSubject"]["encodedList"], 5)
    assert second["id"] == "http://testserver/credentials/status/2.json"
    assert second["validFrom"] <= proof.written(clock.now())
