"""Taking the page along that checks certificates without a network."""

from pathlib import Path

import pytest
from django.core.management import call_command

from certificates.actions.keys import note
from certificates.checking.verifier.reading import NoKeys, read_keys
from certificates.seal import keys
from lms import throttle
from tests.factories import make_user

from .real_keys import real_keys

pytestmark = pytest.mark.django_db

ADDRESS = "/en/verify/offline/"


@pytest.fixture(autouse=True)
def _keys():
    with real_keys():
        note(keys.seal_key(), by=make_user())
        yield


def test_it_is_one_file_to_keep(client):
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Robots-Tag"].startswith("noindex")
    html = response.content.decode()
    assert [code for code in ("en", "ru", "tg") if f'data-speak="{code}"' in html] == [
        "en",
        "ru",
        "tg",
    ]
    assert "PRIVATE KEY" not in html


def test_the_command_writes_the_same_page(tmp_path: Path, capsys):
    file = tmp_path / "verifier.html"

    call_command("offline_verifier", str(file))

    assert str(file) in capsys.readouterr().out
    (key,) = read_keys(file)
    assert key.public == keys.seal_key().public
    assert (key.is_development, key.compromised_at) == (False, None)


@pytest.mark.parametrize("text", ["", "hello", "<script></script>", "{}"])
def test_a_file_without_keys_is_told(tmp_path, text):
    file = tmp_path / "keys"
    file.write_text(text)

    with pytest.raises(NoKeys):
        read_keys(file)


def test_without_keys_the_page_says_so(client, settings):
    settings.USTOD_CREDENTIAL_KEY = ""

    html = client.get(ADDRESS).content.decode()

    assert "our keys are not at hand" in html


def test_it_is_made_ten_times_a_minute_at_most(client, at):
    at("2026-10-20T09:00:10+05:00")
    for _try in range(throttle.TRIES):
        client.get("/en/verify/", {"code": "x"})

    assert client.get(ADDRESS).status_code == 429
