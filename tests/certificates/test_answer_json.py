"""The answers for machines: the shape that docs/verifying.md promises."""

import json

import pytest

from certificates import codes
from certificates.actions import ending
from certificates.models import Certificate
from tests.factories import make_user

from .held import make_issued

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}
FIELDS = ["verdict", "sentence", "code", "since", "ended_because", "holder", "claims"]


@pytest.fixture(scope="module", autouse=True)
def _october(at_once):
    at_once("2026-10-20T09:00+05:00")


@pytest.fixture(scope="module")
def issued_once(once, _october):
    return make_issued()


def test_the_same_address_answers_machines_in_full_and_names_nobody(client, issued):
    """CE-11, CE-12"""
    row = issued.certificate

    response = client.get(f"/en/verify/{row.code}/", headers=JSON)

    assert response["Content-Type"] == "application/json"
    assert response["Vary"].startswith("Accept, Accept-Language, Cookie")
    assert response.json() == {
        "verdict": "valid",
        "sentence": "This certificate is valid.",
        "code": codes.grouped(row.code),
        "since": None,
        "ended_because": None,
        "holder": None,
        "claims": {
            "kind": "completion",
            "number": row.number,
            "course": row.content["course"],
            "level": row.content["level"],
            "score_band": {},
            "minutes": row.content["minutes"],
            "starts_on": row.content["starts_on"],
            "ends_on": row.content["ends_on"],
            "place": row.content["place"],
            "awarded_on": "2026-10-14",
            "issued_on": "2026-10-20",
            "valid_until": None,
        },
    }


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/verify/{code}.json", {}),
        ("/verify/{code}.json", {}),
        ("/verify/{code}", JSON),
        ("/en/verify/?code={code}", JSON),
    ],
)
def test_every_address_of_a_certificate_leads_there(client, issued, path, headers):
    address = path.format(code=issued.certificate.code)

    response = client.get(address, headers=headers, follow=True)

    assert response.json()["verdict"] == "valid"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("accepted", ["", "*/*", "text/html,application/json;q=0.9"])
def test_a_browser_gets_the_page(client, issued, accepted):
    address = f"/en/verify/{issued.certificate.code}/"

    response = client.get(address, headers={"accept": accepted})

    assert response["Content-Type"].startswith("text/html")


def test_the_family_name_opens_the_holder_to_machines_too(client, issued):
    """CE-12"""
    address = f"/en/verify/{issued.certificate.code}.json"

    known = client.post(address, {"family_name": "рахимова"}).json()
    wrong = client.post(address, {"family_name": "Петрова"}).json()

    assert (known["holder"], wrong["holder"]) == ("Раҳимова Зебунисо", None)


def test_what_ended_says_since_when_and_nothing_of_the_reason(client, issued):
    """CE-09"""
    ending.revoke(
        issued.certificate, by=make_user(), reason="Cheated", ended_class="deception"
    )

    answer = client.get(f"/en/verify/{issued.certificate.code}.json").json()

    assert (answer["verdict"], answer["since"]) == ("revoked", "2026-10-20")
    assert answer["ended_because"] == "deception"
    assert "Cheated" not in json.dumps(answer)


@pytest.mark.parametrize(("code", "verdict"), [("ABC", "mistyped"), ("", "unknown")])
def test_what_is_not_found_has_the_same_fields(client, code, verdict):
    """CE-10"""
    answer = client.get(f"/en/verify/{code or codes.make()}.json").json()

    assert (list(answer), answer["verdict"]) == (FIELDS, verdict)
    assert (answer["holder"], answer["claims"]) == (None, None)


def test_a_forgotten_holder_is_nobody_whatever_name_is_typed(client, issued):
    """CE-38"""
    content = issued.certificate.content | {"holder": "", "holder_latin": ""}
    Certificate.objects.filter(pk=issued.certificate.pk).update(content=content)
    address = f"/en/verify/{issued.certificate.code}"

    answer = client.post(f"{address}.json", {"family_name": "Раҳимова"}).json()

    assert (answer["verdict"], answer["holder"]) == ("valid", None)
    assert "asked us to forget" in client.get(f"{address}/").content.decode()


def test_a_public_certificate_shows_its_holder_to_everybody(client, issued):
    """CE-12"""
    content = issued.certificate.content | {"is_public": True}
    Certificate.objects.filter(pk=issued.certificate.pk).update(content=content)
    address = f"/en/verify/{issued.certificate.code}"

    assert client.get(f"{address}.json").json()["holder"] == "Раҳимова Зебунисо"
    html = client.get(f"{address}/").content.decode()
    assert "Раҳимова Зебунисо" in html
    assert "Family name as on the paper" not in html
