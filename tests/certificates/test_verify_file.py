"""Dropping a PDF on the page of checking: what it takes, and that it keeps nothing."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certificates.actions import ending
from certificates.checking.file_check import LARGEST
from courses import clock
from lms import throttle
from tests.factories import make_user

from .held import make_issued
from .real_keys import real_keys

pytestmark = pytest.mark.django_db

ADDRESS = "/en/verify/file/"
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _october(at):
    at("2026-10-20T09:00+05:00")
    with real_keys():
        yield


@pytest.fixture
def issued(_october, db):
    """Under the keys of its own test."""
    return make_issued()


def send(client, data: bytes, name="certificate.pdf", **headers):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)}, **headers)


def pdf_of(certificate) -> bytes:
    with certificate.pdf.open("rb") as file:
        return file.read()


def test_our_own_file_is_genuine_and_shows_the_claims_and_the_holder(client, issued):
    """CE-11, CE-12: who sends the file has the name already."""
    html = send(client, pdf_of(issued.certificate)).content.decode()

    assert "This file is genuine, and the certificate is valid." in html
    assert issued.certificate.number in html
    assert "Раҳимова Зебунисо" in html
    assert 'class="verdict is-done"' in html


def test_a_file_whose_certificate_ended_says_so_first(client, issued):
    """CE-09"""
    pdf = pdf_of(issued.certificate)
    ending.revoke(
        issued.certificate, by=make_user(), reason="Cheated", ended_class="deception"
    )

    html = send(client, pdf).content.decode()

    assert "This certificate was revoked on 20 October 2026." in html
    assert "The file itself is ours and untouched" in html
    assert 'class="verdict is-decide"' in html
    assert "It was obtained by deception" in html


def test_machines_get_the_file_and_the_certificate_apart(client, issued):
    answer = send(client, pdf_of(issued.certificate), headers=JSON).json()

    assert answer["file"]["verdict"] == "genuine"
    assert answer["certificate"]["verdict"] == "valid"
    assert answer["certificate"]["holder"] == "Раҳимова Зебунисо"


@pytest.mark.parametrize(
    ("data", "status", "verdict"),
    [
        (b"", 200, "empty"),
        (b"Dear Sir or Madam", 200, "not_pdf"),
        (b"\xff\xd8\xff\xe0 a photograph", 200, "not_pdf"),
        (b"%PDF-1.7\n" + b"\x00" * LARGEST, 413, "too_large"),
    ],
)
def test_what_is_no_certificate_has_a_plain_answer(client, data, status, verdict):
    response = send(client, data, headers=JSON)

    assert response.status_code == status
    assert response.json()["file"]["verdict"] == verdict
    assert response.json()["certificate"] is None


def test_a_form_without_a_file_says_that_none_was_chosen(client):
    html = client.post(ADDRESS).content.decode()

    assert "No file was chosen" in html


def test_half_a_gigabyte_is_refused_before_a_byte_of_it_is_read(client):
    """The length that the browser tells is enough."""
    response = client.generic(
        "POST",
        ADDRESS,
        b"",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=5 * 10**8,
    )

    assert response.status_code == 413
    assert "This file is too large" in response.content.decode()


def test_no_upload_touches_a_disk(client, monkeypatch):
    """The largest file there may be, which Django would put into a temporary one."""
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile", None)

    response = send(client, b"%PDF-" + b"x" * (LARGEST - 5), headers=JSON)

    assert response.status_code == 200


def test_the_eleventh_file_waits_like_the_eleventh_code(client, at):
    """CE-10"""
    at(clock.now())
    for _try in range(throttle.TRIES):
        send(client, b"x")

    response = send(client, b"x")

    html = response.content.decode()
    assert response.status_code == 429
    assert "The file, once more" in html
    assert f'action="{ADDRESS}"' in html


def test_the_address_of_the_form_leads_back_to_it(client):
    response = client.get(ADDRESS)

    assert (response.status_code, response["Location"]) == (302, "/en/verify/")
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_the_form_stands_on_the_page_in_each_language(client, language):
    html = client.get(f"/{language}/verify/").content.decode()

    assert f'action="/{language}/verify/file/"' in html
    assert 'type="file"' in html
