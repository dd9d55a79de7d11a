"""What anybody learns who checks a certificate."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from certificates import codes
from certificates.actions import ending
from certificates.actions.issuing import issue
from certificates.checking.verification import Verdict, look_up
from certificates.models import Certificate
from certificates.paper import rendering
from lms import throttle
from tests.factories import make_user

from .builders import correct_name, make_completed, publish_with
from .held import make_issued

pytestmark = pytest.mark.django_db


def url(code, language="en"):
    with translation.override(language):
        return reverse("certificates:verify_code", args=[code])


def end(certificate, status):
    by = make_user()
    if status == "revoked":
        ending.revoke(certificate, by=by, reason="Cheated")
    elif status == "superseded":
        correct_name(certificate.person, "Раҳимзода Зебунисо", by=by)
        ending.replace(certificate, by=by, reason="Married")
    elif status == "withdrawn":
        Certificate.objects.filter(pk=certificate.pk).update(
            status="withdrawn",
            ended_at=certificate.issued_at,
            ended_reason="Asked for it",
        )
    elif status == "expired":
        Certificate.objects.filter(pk=certificate.pk).update(
            valid_until=date(2026, 1, 31)
        )


SENTENCES = {
    "valid": "This certificate is valid.",
    "expired": "This certificate is genuine, but expired on 31 January 2026.",
    "revoked": "This certificate was revoked on 20 October 2026.",
    "superseded": "This certificate was replaced by a newer one on 20 October 2026.",
    "withdrawn": "This certificate was withdrawn on 20 October 2026.",
}


@pytest.fixture(scope="module", autouse=True)
def _october(at_once):
    at_once("2026-10-20T09:00+05:00")


@pytest.fixture(scope="module")
def issued_once(once, _october):
    return make_issued()


@pytest.mark.parametrize("status", SENTENCES)
def test_every_outcome_has_its_own_sentence_and_shows_the_claims(
    client, status, issued
):
    """CE-09"""
    certificate = issued.certificate
    end(certificate, status)

    answer = look_up(certificate.code)

    assert (answer.verdict, answer.sentence) == (Verdict(status), SENTENCES[status])
    assert ("Number", certificate.number) in answer.claims
    assert SENTENCES[status] in client.get(url(certificate.code)).content.decode()


def test_an_unknown_and_a_mistyped_code_are_told_apart_from_all_others(client):
    """CE-09"""
    unknown = client.get(url(codes.make()))
    mistyped = client.get(url("ABC"))

    assert "No certificate of ours has this code." in unknown.content.decode()
    assert "This is not a whole code" in mistyped.content.decode()
    assert unknown.status_code == mistyped.status_code == 200


def test_who_types_the_number_is_told_where_the_code_stands(client, issued):
    """CE-13: numbers are counted, so none may say anything of a certificate."""
    html = client.get("/en/verify/", {"code": issued.certificate.number})

    shown = html.content.decode()
    assert "This is the number of a certificate. Its code is needed." in shown
    assert f'value="{issued.certificate.number}"' in shown
    assert "Holder" not in shown


def test_the_claims_are_those_of_the_paper_not_of_the_records(client, issued):
    """CE-11"""
    issued.person.legal_name = "Somebody Else"
    issued.person.save()
    certificate = issued.certificate
    content = certificate.content | {
        "course": {"en": "First contact"},
        "minutes": 1200,
        "level": {"en": "Foundation"},
        "place": "Khujand",
        "starts_on": "2026-10-12",
        "ends_on": "2026-10-14",
    }
    Certificate.objects.filter(pk=certificate.pk).update(content=content)

    answer = look_up(certificate.code, family_name="Раҳимова")

    assert answer.holder == "Раҳимова Зебунисо"
    assert answer.claims == (
        ("Kind", "Certificate"),
        ("Course", "First contact"),
        ("Hours", "20 hours"),
        ("Level", "Foundation"),
        ("Dates", "12–14 October 2026"),
        ("Place", "Khujand"),
        ("Awarded on", "14 October 2026"),
        ("Issued on", "20 October 2026"),
        ("Number", certificate.number),
    )


def test_the_holder_is_hidden_until_the_family_name_is_typed(client, issued):
    """CE-12"""
    address = url(issued.certificate.code)

    hidden = client.get(address).content.decode()
    wrong = client.post(address, {"family_name": "Петрова"}).content.decode()
    known = client.post(address, {"family_name": "рахимова"}).content.decode()

    assert "Р… З…" in hidden
    assert "Раҳимова" not in hidden
    assert "This is not the name on our certificate." in wrong
    assert "Раҳимова" not in wrong
    assert "Петрова" in wrong
    assert "Раҳимова Зебунисо" in known


def test_a_template_may_say_that_its_certificates_are_public(client):
    """CE-12: frozen at issue, as everything else."""
    publish_with(is_public=True)
    public = issue(make_completed(), by=make_user())
    publish_with(is_public=False)
    private = issue(make_completed(), by=make_user())

    assert look_up(public.code).holder == public.content["holder"]
    assert look_up(private.code).is_masked


def test_a_russian_date_ends_the_sentence_with_one_full_stop(issued):
    end(issued.certificate, "revoked")

    with translation.override("ru"):
        sentence = look_up(issued.certificate.code).sentence

    assert sentence.endswith("2026 г.")


def test_the_reason_of_a_revocation_is_nobody_elses_business(client, issued):
    end(issued.certificate, "revoked")

    assert "Cheated" not in client.get(url(issued.certificate.code)).content.decode()


def test_the_name_is_shown_to_a_browser_that_hides_where_the_form_comes_from(issued):
    """CE-12, CE-13: a page without a referrer posts from an origin called "null"."""
    browser = Client(enforce_csrf_checks=True)
    typed = {"code": codes.grouped(issued.certificate.code)}
    page = browser.get("/en/verify/", typed).content.decode()
    (address,) = re.findall(r'method="post" action="([^"]+)"', page)

    response = browser.post(
        address, {"family_name": "Раҳимова"}, headers={"origin": "null"}
    )

    assert "Раҳимова Зебунисо" in response.content.decode()


def test_who_is_signed_in_can_sign_out_from_the_page(client, issued):
    client.force_login(issued.person.user)

    response = client.get(url(issued.certificate.code))

    assert response["Referrer-Policy"] == "same-origin"


def test_the_page_is_kept_out_of_searches_and_tells_nobody_where_it_was(client, issued):
    """CE-13"""
    response = client.get(url(issued.certificate.code))

    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    html = response.content.decode()
    assert 'name="robots" content="noindex' in html
    assert "csrftoken" not in response.cookies
    assert "//" not in html.replace("http://testserver", "").replace("<!--", "")


def test_checking_draws_no_pdf_opens_no_file_and_asks_one_question(
    client, issued, monkeypatch
):
    """CE-14"""
    issued.certificate.pdf.storage.delete(issued.certificate.pdf.name)
    monkeypatch.setattr(rendering, "render", None)
    client.get(url(issued.certificate.code))

    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(url(issued.certificate.code))

    asked = [q["sql"] for q in seen if "certificates_" in q["sql"]]
    assert response.status_code == 200
    assert len(asked) == 1


def test_a_code_may_be_typed_as_people_do(client, issued):
    """CE-08"""
    grouped = codes.grouped(issued.certificate.code).lower().replace("-", " ")

    for typed in (grouped, issued.certificate.content["verify_url"]):
        html = client.get("/en/verify/", {"code": typed}).content.decode()
        assert "This certificate is valid." in html


@pytest.mark.parametrize(
    "typed", ["", "   ", "<script>", "../../admin", "x" * 5000, "\x00"]
)
def test_whatever_is_typed_gets_an_answer_and_stays_in_the_box(client, typed):
    response = client.get("/en/verify/", {"code": typed})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    ("accepted", "language"), [("tg", "tg"), ("ru,en;q=0.5", "ru"), ("de", "en")]
)
def test_the_address_on_paper_leads_to_the_visitors_language(
    client, issued, accepted, language
):
    """CE-41: the code is all that the address holds."""
    path = issued.certificate.content["verify_url"].removeprefix("http://testserver")
    assert path == f"/verify/{issued.certificate.code}"

    response = client.get(path, headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response["Location"] == url(issued.certificate.code, language)


def test_the_eleventh_try_in_a_minute_is_slowed_calmly(client, issued, at):
    """CE-10"""
    at("2026-10-20T09:00:10+05:00")
    address = url(issued.certificate.code)
    for _try in range(throttle.TRIES):
        assert client.get(address).status_code == 200

    slowed = client.get(address)

    assert slowed.status_code == 429
    assert slowed["Retry-After"] == "60"
    assert "One minute, please." in slowed.content.decode()
    assert client.get(address, REMOTE_ADDR="127.0.0.99").status_code == 429
    assert client.get(address, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/en/verify/").status_code == 200
    at("2026-10-20T09:01:10+05:00")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_it_answers_in_each_language(client, issued, language):
    assert client.get(url(issued.certificate.code, language)).status_code == 200
