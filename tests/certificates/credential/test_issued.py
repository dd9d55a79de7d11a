"""Every certificate issued has its credential, and what machines get at its address."""

import json
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from certificates.actions.keys import distrust, retire
from certificates.credential import issuer, proof
from certificates.credential.making import as_text
from certificates.models import Certificate, SigningKey
from certificates.seal import keys
from courses import clock
from lms import throttle
from lms.actions import erasure
from tests.certificates.builders import publish_with, replaced
from tests.factories import make_user

from .independent import verify
from .reading import is_about

pytestmark = pytest.mark.django_db
VC = "application/vc"


@pytest.fixture
def certificate(issued):
    issued.certificate.refresh_from_db()
    return issued.certificate


def path_of(certificate):
    return f"/verify/{certificate.code}/credential.json"


def test_a_certificate_is_issued_with_its_credential(certificate):
    report = proof.check(certificate.credential, issuer.known_keys())

    assert report.is_genuine
    assert report.is_development
    assert report.index == certificate.status_index
    assert report.address == f"http://testserver{path_of(certificate)}"
    subject = certificate.credential["credentialSubject"]
    assert subject["licenseNumber"] == certificate.number


def test_the_holders_file_has_the_credential_and_the_name_that_it_hides(
    certificate, client
):
    files = PdfReader(BytesIO(certificate.pdf.read())).attachments
    slip = json.loads(files["holder.json"][0])

    served = client.get(path_of(certificate)).content

    assert files["credential.json"] == [served]
    assert slip["name"] == "Раҳимова Зебунисо"
    assert is_about(json.loads(served), **slip)


@pytest.mark.parametrize(
    "accepted", [VC, "application/ld+json", "application/vc+ld+json, */*;q=.1"]
)
def test_a_program_gets_the_credential_at_the_address_in_the_square(
    client, certificate, accepted
):
    """CE-41"""
    response = client.get(f"/verify/{certificate.code}", headers={"accept": accepted})

    assert json.loads(response.content) == certificate.credential
    assert response["Content-Type"] == accepted.partition(",")[0]
    assert response["Content-Location"] == certificate.credential["id"]
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize("accepted", ["text/html", "*/*", "image/png", ""])
def test_a_person_gets_the_page_there(client, certificate, accepted):
    response = client.get(f"/verify/{certificate.code}", headers={"accept": accepted})

    assert response.status_code == 302


def test_strangers_learn_no_name_and_search_engines_nothing(client, certificate):
    """CE-12, CE-13"""
    response = client.get(path_of(certificate))

    text = response.content.decode()
    assert not any(word in text for word in ("Раҳимова", "Зебунисо", "Rahimova"))
    assert certificate.content["holder_secret"] not in text
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("code", ["ABC", "2FHXA1ANHVEG1PM023", "a b", "%F0%9F%98%80"])
def test_an_unknown_code_and_a_mistyped_one_look_alike(client, code):
    """CE-10"""
    response = client.get(f"/verify/{code}/credential.json")

    assert (response.status_code, response.json()) == (404, {"verdict": "unknown"})


def test_asking_for_credentials_is_slowed_with_the_page(client, certificate, at):
    """CE-10"""
    at("2026-10-20T09:00:10+05:00")
    for _try in range(throttle.TRIES):
        assert client.get(path_of(certificate)).status_code == 200

    slowed = client.get(path_of(certificate))

    assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")


def test_a_credential_costs_one_question_and_no_file(client, certificate):
    """CE-14"""
    certificate.pdf.storage.delete(certificate.pdf.name)
    client.get(path_of(certificate))

    with CaptureQueriesContext(connection) as seen:
        client.get(path_of(certificate))

    assert sum("certificates_" in query["sql"] for query in seen) == 1


def test_what_is_signed_stays_as_it_was_at_issue(certificate, issued):
    """CE-03"""
    before = certificate.credential
    issued.person.legal_name = "Somebody Else"
    issued.person.save()
    publish_with(valid_months=12)

    certificate.refresh_from_db()

    assert certificate.credential == before
    assert proof.check(certificate.credential, issuer.known_keys()).is_genuine


def test_a_newer_certificate_has_a_credential_of_its_own(certificate):
    new = replaced(certificate)

    report = proof.check(new.credential, issuer.known_keys())

    assert report.is_genuine
    assert report.index == new.status_index != certificate.status_index


def test_the_did_document_keeps_every_key_that_may_be_believed(client, certificate):
    """A key that was taken out of use still proves what it signed; a stolen one not."""
    key = SigningKey.objects.get(use="credential")
    older = SigningKey.objects.create(
        use="credential",
        fingerprint="1" * 64,
        public="z6MkOlder",
        first_used_at=clock.now(),
    )
    retire(older, by=make_user())

    response = client.get("/.well-known/did.json")

    document = response.json()
    assert response["Content-Type"] == "application/did+json"
    assert document["id"] == "did:web:testserver"
    assert certificate.credential["issuer"]["id"] == document["id"]
    assert set(document["assertionMethod"]) == {
        f"did:web:testserver#{key.public}",
        "did:web:testserver#z6MkOlder",
    }
    distrust(older, by=make_user(), since=clock.now(), reason="Lost")
    left = client.get("/.well-known/did.json").json()["verificationMethod"]
    assert [method["publicKeyMultibase"] for method in left] == [key.public]


def test_what_a_stolen_key_signed_is_believed_no_more(certificate):
    key = SigningKey.objects.get(use="credential")
    distrust(key, by=make_user(), since=clock.now(), reason="Lost")

    report = proof.check(certificate.credential, issuer.known_keys())

    assert report.outcome is proof.Outcome.COMPROMISED_KEY


def test_a_port_is_part_of_the_issuers_name(settings):
    settings.USTOD_VERIFY_BASE_URL = "http://localhost:8000/"

    assert issuer.did_web() == "did:web:localhost%3A8000"


def test_the_issuer_may_be_the_key_itself(settings, certificate):
    settings.USTOD_ISSUER_DID = "key"

    new = replaced(certificate)

    public = keys.credential_key().public
    assert new.credential["issuer"]["id"] == f"did:key:{public}"
    assert proof.check(new.credential, issuer.known_keys()).is_genuine
    assert proof.check(certificate.credential, issuer.known_keys()).is_genuine


def test_erasing_a_person_leaves_a_credential_about_nobody(certificate, issued, client):
    """CE-38: it can be checked as before, and no name can be compared any more."""
    slip = {"name": "Раҳимова Зебунисо"}
    secret = certificate.content["holder_secret"]

    erasure.anonymise(issued.person, by=make_user(), reason="She asked for it.")

    certificate.refresh_from_db()
    assert client.get(path_of(certificate)).json() == certificate.credential
    assert proof.check(certificate.credential, issuer.known_keys()).is_genuine
    assert secret not in str(certificate.content)
    assert not is_about(certificate.credential, secret="", **slip)


def test_a_certificate_of_before_has_no_credential_and_says_so(client, certificate):
    Certificate.objects.update(credential=None)

    response = client.get(path_of(certificate))

    assert response.status_code == 404


@pytest.mark.node
def test_another_program_accepts_what_the_site_serves_and_refuses_a_changed_word(
    client, certificate
):
    served = client.get(path_of(certificate)).json()
    address = served["credentialStatus"]["statusListCredential"]
    status = client.get(address.removeprefix("http://testserver")).content
    did = client.get("/.well-known/did.json").json()
    forged = json.loads(
        as_text(served).replace(certificate.number, certificate.number[:-1] + "9")
    )

    answers = verify(
        [served, forged],
        {address: json.loads(status), did["id"]: did},
        now=clock.now().isoformat(),
    )

    assert [answer["verified"] for answer in answers] == [True, False]
