"""The keys certificates are signed with: where they come from, and what is refused."""

import stat
from io import StringIO

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from certificates import checks
from certificates.paper.rendering import render
from certificates.seal import key_files, keys, multibase, seal_check, sealing
from courses import clock

from .papers import make_content
from .sealed import key_of
from .token import make_token, needs_softhsm


def pem(key, password: bytes = b"") -> str:
    lock = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, lock).decode()


def why_not(settings, value: str, read=keys.seal_key) -> str:
    """The code of the refusal; its sentence always names the setting or the clock."""
    name = "USTOD_SEAL_KEY" if read is keys.seal_key else "USTOD_CREDENTIAL_KEY"
    setattr(settings, name, value)
    with pytest.raises(keys.KeyMissing) as refusal:
        read()
    assert name in str(refusal.value) or "seal's key" in str(refusal.value)
    return refusal.value.why


@pytest.fixture
def folder(tmp_path):
    out = StringIO()
    call_command("make_signing_keys", tmp_path / "keys", owner="Academy", stdout=out)
    return tmp_path / "keys"


def test_made_keys_are_read_back_and_are_nobody_elses_business(folder, settings):
    settings.USTOD_DEVELOPMENT_KEYS = False
    settings.USTOD_SEAL_KEY = str(folder / "seal.pem")
    settings.USTOD_CREDENTIAL_KEY = str(folder / "credential.pem")

    seal, credential = keys.seal_key(), keys.credential_key()

    assert (seal.is_development, credential.is_development) == (False, False)
    assert seal.certificate.subject.rfc4514_string() == "CN=Academy"
    assert credential.public.startswith("z6Mk")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {0o600}


def test_a_key_that_is_there_is_never_written_over(folder):
    before = {path.name: path.read_text() for path in folder.iterdir()}
    out = StringIO()

    call_command("make_signing_keys", folder, stdout=out)

    assert {path.name: path.read_text() for path in folder.iterdir()} == before
    assert out.getvalue().count("is there already") == 2


def test_a_key_is_loaded_once_a_process(folder, settings):
    settings.USTOD_SEAL_KEY = str(folder / "seal.pem")
    first = keys.seal_key()

    (folder / "seal.pem").unlink()

    assert keys.seal_key() is first


@pytest.mark.parametrize("line_end", ["\n", "\\n"])
def test_a_key_may_stand_in_the_environment_itself(folder, settings, line_end):
    text = (folder / "credential.pem").read_text().replace("\n", line_end)
    settings.USTOD_CREDENTIAL_KEY = text

    key = keys.credential_key()

    public = ed25519.Ed25519PublicKey.from_public_bytes(
        multibase.decode(key.public).removeprefix(multibase.ED25519)
    )
    public.verify(key.sign(b"words"), b"words")


def test_the_development_keys_say_so_and_real_certificates_refuse_them(settings):
    assert keys.seal_key().is_development
    assert keys.credential_key().is_development
    assert (
        key_files.MARK
        in keys.seal_key().certificate.subject.rfc4514_string().replace("\\", "")
    )

    settings.USTOD_DEVELOPMENT_KEYS = False

    assert why_not(settings, settings.USTOD_SEAL_KEY) == "development"
    assert (
        why_not(settings, settings.USTOD_CREDENTIAL_KEY, keys.credential_key)
        == "development"
    )
    assert [(one.id, one.is_serious()) for one in checks.keys_are_there()] == [
        ("certificates.E006", True),
        ("certificates.E006", True),
    ]


def test_whatever_is_no_key_is_refused_with_its_reason(settings, tmp_path, folder):
    mine = pem(ec.generate_private_key(ec.SECP256R1()))
    certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    values = {
        "": "empty",
        str(tmp_path / "nowhere.pem"): "file",
        str(tmp_path): "file",
        "bad\x00name": "file",
        "-----BEGIN nonsense": "none",
        pem(ec.generate_private_key(ec.SECP256R1()), b"secret"): "password",
        pem(ec.generate_private_key(ec.SECP384R1())): "kind",
        pem(rsa.generate_private_key(65537, 2048)): "kind",
        (folder / "credential.pem").read_text(): "kind",
        mine: "certificate",
        mine + certificate: "certificate",
        # Somebody else's certificate.
        mine
        + "-----BEGIN"
        + (folder / "seal.pem").read_text().split("-----BEGIN")[2]: ("certificate"),
        f"pkcs11:{tmp_path}/nowhere.yml#seal": "file",
    }

    assert {value: why_not(settings, value) for value in values} == values
    seal = (folder / "seal.pem").read_text()
    assert why_not(settings, seal, keys.credential_key) == "kind"


def test_the_check_names_the_setting_and_an_empty_one_only_warns(settings):
    settings.USTOD_SEAL_KEY = ""
    settings.USTOD_CREDENTIAL_KEY = "-----BEGIN nonsense"

    found = checks.keys_are_there()

    assert [one.id for one in found] == ["certificates.W002", "certificates.E006"]
    assert found[0].msg.startswith("USTOD_SEAL_KEY: ")
    assert all("make_signing_keys" in one.hint for one in found)


@pytest.mark.parametrize(
    ("instant", "why"),
    [("2026-01-01T00:00Z", "early"), ("2036-12-01T00:00Z", "late")],
)
def test_a_clock_gone_back_and_an_old_certificate_are_named(settings, at, instant, why):
    at("2026-11-01T00:00Z")
    text = key_files.make_seal("Academy", now=clock.now())
    at(instant)

    assert why_not(settings, text) == why


@given(st.binary(max_size=40))
def test_multibase_gives_back_what_it_was_given(data):
    assert multibase.decode(multibase.encode(data)) == data


def test_multibase_is_that_of_everybody():
    """The example of draft-msporny-base58."""
    assert multibase.encode(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    for wrong in ("", "2NEpo", "z0", "zI"):
        with pytest.raises(ValueError):  # noqa: PT011 - any of Python's own
            multibase.decode(wrong)


@needs_softhsm
def test_a_key_on_a_device_seals_as_pyhankos_own_configuration_says(
    tmp_path, settings, monkeypatch
):
    token = make_token(tmp_path)
    monkeypatch.setenv("SOFTHSM2_CONF", str(token / "softhsm.conf"))
    config = f"pkcs11:{token}/pyhanko.yml"
    assert why_not(settings, f"{config}#mixed_up") == "other"
    settings.USTOD_SEAL_KEY = f"{config}#seal"

    key = keys.seal_key()

    sealed = sealing.seal(render(make_content(), "en", place=sealing.place()))
    assert seal_check.check(sealed, [key_of(key)]).is_intact
    assert checks.keys_are_there() == []
    assert why_not(settings, f"{config}#nobody") == "setup"
    assert why_not(settings, f"{config}#elsewhere") == "token"
