"""The page where an administrator sees the keys: which signs, and what it signed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions import keys as verbs
from certificates.actions.issuing import issue
from certificates.models import SigningKey
from certificates.seal import key_files
from courses import clock
from tests.cast import make_cast
from tests.factories import make_user

from .builders import make_completed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf():
    """The file of the certificate below is for every test."""


@pytest.fixture(scope="module")
def cast_once(once):
    cast = make_cast()
    cast.certificate = issue(make_completed(), by=make_user())
    cast.key = cast.certificate.seal_key
    return cast


def listed(client, cast) -> str:
    """The list as text, one space between words."""
    client.force_login(cast.administrator)
    html = client.get(reverse("certificate_keys:index")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown(client, cast) -> str:
    client.force_login(cast.administrator)
    return client.get(
        reverse("certificate_keys:inspect", args=[cast.key.pk])
    ).content.decode()


def test_the_keys_that_sign_now_stand_with_what_they_signed(client, cast):
    text = listed(client, cast)

    for key in SigningKey.objects.all():
        assert f"{key.use.capitalize()}" in text
        assert re.search(rf"{key.fingerprint[:16]} [^|]*? Signs now 1\b", text)
    assert text.count("In order (for development only)") == 2


def test_after_a_change_both_keys_stand_with_what_each_sealed(client, cast, settings):
    verbs.retire(cast.key, by=cast.administrator)
    settings.USTOD_SEAL_KEY = key_files.make_seal("Academy", now=clock.now())
    new = [issue(make_completed(), by=cast.administrator) for _ in range(2)]

    text = listed(client, cast)

    assert re.search(r"Retired on \d+ \w+ 20\d\d 1\b", text)
    assert re.search(rf"{new[0].seal_key.fingerprint[:16]} .*? Signs now 2\b", text)


def test_a_key_that_is_in_the_settings_no_more_does_not_sign_now(
    client, cast, settings
):
    settings.USTOD_SEAL_KEY = key_files.make_seal("Academy", now=clock.now())

    assert "Not used now 1" in listed(client, cast)


def test_what_is_wrong_with_the_settings_is_said_as_issuing_would(
    client, cast, settings
):
    verbs.retire(cast.key, by=cast.administrator)
    settings.USTOD_CREDENTIAL_KEY = ""

    text = listed(client, cast)

    assert "It was taken out of use: a new key is needed." in text
    assert "The setting USTOD_CREDENTIAL_KEY is empty." in text
    assert "In order" not in text


def test_the_page_of_a_key_has_its_public_half_and_why_it_is_not_trusted(client, cast):
    since = clock.now() - timedelta(days=1)
    verbs.distrust(cast.key, by=cast.administrator, since=since, reason="Laptop stolen")

    html = shown(client, cast)

    for text in (
        cast.key.fingerprint,
        "Not trusted from",
        "Laptop stolen",
        key_files.MARK,
    ):
        assert text in html
    assert "BEGIN CERTIFICATE" in html
    assert "PRIVATE KEY" not in html


def test_as_many_queries_for_four_keys_as_for_two(client, cast):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            listed(client, cast)
        return len(seen)

    queries()
    before = queries()
    for end in "ab":
        SigningKey.objects.create(
            use="credential",
            fingerprint=end * 64,
            public=end,
            first_used_at=clock.now(),
        )

    assert queries() == before
