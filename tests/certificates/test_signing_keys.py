"""Keys are noted, taken out of use and replaced; old certificates stay good."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from certificates import checks
from certificates.actions import keys as verbs
from certificates.actions import making
from certificates.actions.issuing import issue
from certificates.models import GivenNumber, SigningKey
from certificates.seal import key_files, keys, seal_check
from certificates.seal.seal_check import Finding
from courses import clock
from lms.actions.refusal import ReasonMissing
from tests.factories import make_user

from .builders import make_completed
from .held import make_issued


@pytest.fixture
def issued(db):
    """Of its own test: others begin with no number given."""
    return make_issued()


def finding(certificate) -> Finding:
    with certificate.pdf.open() as file:
        return seal_check.check(file.read(), SigningKey.objects.all()).finding


def seal_row() -> SigningKey:
    return SigningKey.objects.get(use="seal")


def test_a_certificate_is_sealed_and_says_by_which_key(issued):
    certificate = issued.certificate
    with certificate.pdf.open() as file:
        report = seal_check.check(file.read(), SigningKey.objects.all())

    assert report.is_intact
    assert report.number == certificate.number
    assert report.key == certificate.seal_key == seal_row()
    assert certificate.seal_key.fingerprint == keys.seal_key().fingerprint
    assert certificate.content["is_sample"] is True


def test_after_a_change_of_key_old_certificates_stay_good(issued, settings):
    verbs.retire(seal_row(), by=issued.by)
    settings.USTOD_SEAL_KEY = key_files.make_seal("Academy", now=clock.now())

    new = issue(make_completed(), by=issued.by)

    assert finding(issued.certificate) == finding(new) == Finding.INTACT
    assert new.seal_key != issued.certificate.seal_key
    assert new.content["is_sample"] is False


def test_with_a_clock_gone_back_nothing_is_issued_and_no_number_is_counted(db, at):
    by = make_user()
    at("2026-10-12T09:00+05:00")

    with pytest.raises(making.ClockWrong, match="clock"):
        issue(make_completed(), by=by)

    assert not GivenNumber.objects.exists()


def test_with_a_retired_key_nothing_is_issued_and_no_number_is_counted(issued):
    before = GivenNumber.objects.count()
    verbs.retire(seal_row(), by=issued.by)

    with pytest.raises(verbs.KeyRetired):
        issue(make_completed(), by=issued.by)

    assert GivenNumber.objects.count() == before


def test_without_a_key_nothing_is_issued_and_no_number_is_counted(db, settings):
    settings.USTOD_SEAL_KEY = ""

    with pytest.raises(keys.KeyMissing, match="USTOD_SEAL_KEY"):
        issue(make_completed(), by=make_user())

    assert not GivenNumber.objects.exists()
    assert checks.keys_are_there()[0].id == "certificates.W002"


def test_a_stolen_key_takes_what_was_sealed_from_then_on(issued):
    row, at = seal_row(), clock.now()

    verbs.distrust(row, by=issued.by, since=at + timedelta(days=1), reason="Stolen")
    assert finding(issued.certificate) == Finding.INTACT

    verbs.distrust(row, by=issued.by, since=at - timedelta(days=1), reason="Earlier")
    later = verbs.distrust(row, by=issued.by, since=at, reason="Later: changes nothing")
    assert finding(issued.certificate) == Finding.KEY_COMPROMISED
    assert later.compromised_at == at - timedelta(days=1)
    with pytest.raises(verbs.KeyRetired):
        issue(make_completed(), by=issued.by)


def test_distrust_needs_a_reason(issued):
    with pytest.raises(ReasonMissing):
        verbs.distrust(seal_row(), by=issued.by, since=clock.now(), reason=" ")


def told(*arguments) -> str:
    out = StringIO()
    call_command("signing_keys", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_lists_and_takes_out_of_use(issued):
    row = seal_row()
    start = row.fingerprint[:8]

    assert f"seal  {row.fingerprint}  first used" in told()
    assert "retired" in told("--retire", start, "--by", issued.by.username)
    assert "not trusted from 2026-11-26 04:00" in told(
        "--distrust", start, "--since", "2026-11-26T09:00+05:00", "--because", "Stolen"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--retire", "zz"],
        ["--distrust", ""],
        ["--retire", "zz", "--by", "nobody"],
    ],
)
def test_the_command_refuses_what_it_does_not_find(issued, arguments):
    if arguments == ["--distrust", ""]:
        start = seal_row().fingerprint[:8]
        arguments = ["--distrust", start, "--since", "yesterday", "--because", "x"]

    with pytest.raises(CommandError):
        told(*arguments)
