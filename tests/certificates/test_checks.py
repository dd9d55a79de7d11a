"""A machine that cannot draw certificates says so before the first one is asked for."""

import pytest

from certificates import checks


@pytest.mark.parametrize(
    ("missing", "ids"),
    [
        ([], []),
        (["harfbuzz-subset"], ["certificates.W001"]),
        (["pango", "pangoft2"], ["certificates.E001"]),
    ],
)
def test_missing_libraries_are_named_with_the_line_to_type(monkeypatch, missing, ids):
    monkeypatch.setattr(checks.libraries, "missing", lambda: missing)

    found = checks.libraries_are_there()

    assert [one.id for one in found] == ids
    assert all("apt-get install" in one.hint for one in found)


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("USTOD_VERIFY_BASE_URL", "example.org", "certificates.E003"),
        ("USTOD_CERTIFICATE_PREFIX", "ust 1", "certificates.E004"),
        ("USTOD_ISSUER_ZONE", "Mars/Olympus", "certificates.E005"),
        ("USTOD_CERTIFICATE_LANGUAGES", ["en", "xx"], "certificates.E007"),
        ("USTOD_TIMESTAMP_URL", "timestamp.example.org", "certificates.E008"),
        ("USTOD_ISSUER_DID", "did:web", "certificates.E009"),
    ],
)
def test_a_wrong_setting_is_said_with_an_example(settings, name, value, id_):
    setattr(settings, name, value)

    (found,) = checks.settings_are_right()

    assert found.id == id_
    assert "such as" in found.hint


def test_this_machine_is_ready():
    assert checks.fonts_are_there() == checks.settings_are_right() == []
