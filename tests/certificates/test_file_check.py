"""Every outcome of a file has its own words: ours, changed, somebody else's, none."""

import json
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pypdf import PdfReader, PdfWriter

from certificates.actions import ending
from certificates.actions.copies import copy_in
from certificates.actions.issuing import issue
from certificates.actions.keys import distrust, note
from certificates.checking.file_check import check_file, check_seal
from certificates.checking.file_claims import side_by_side
from certificates.checking.file_words import FileVerdict, words_of
from certificates.credential import making
from certificates.models import SigningKey
from certificates.paper.rendering import render
from certificates.seal import key_files, keys, sealing
from courses import clock
from tests.factories import make_user

from .builders import make_completed
from .real_keys import real_keys
from .test_rendering import make_content

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_once(once):
    """A certificate under real keys, its file, and a paper that others made."""
    with real_keys():
        foreign = sealed(number="UST-2026-900002")
    with real_keys():
        by = make_user()
        certificate = issue(make_completed(), by=by)
        with certificate.pdf.open("rb") as file:
            pdf = file.read()
        yield SimpleNamespace(certificate=certificate, by=by, pdf=pdf, foreign=foreign)


@pytest.fixture
def made(made_once, db):
    return made_once


def sealed(**fields) -> bytes:
    content = make_content(**fields)
    place = sealing.place(content["number"])
    return sealing.seal(render(content, "en", place=place))


def verdict(pdf: bytes) -> FileVerdict:
    return check_file(pdf).verdict


def test_the_very_file_is_genuine_and_the_seal_covers_all_of_it(made):
    answer = check_file(made.pdf)

    assert (answer.verdict, answer.about.verdict) == ("genuine", "valid")
    assert answer.sealed_at is not None
    assert answer.about.holder == "Раҳимова Зебунисо"


def test_what_the_file_says_stands_beside_the_register(made):
    """CE-11"""
    row = made.certificate
    credential = making.credential_of(row, keys.credential_key())
    changed = json.loads(making.as_text(credential))
    changed["credentialSubject"]["achievement"]["name"] = "Surgery"

    pairs = side_by_side(credential, row.content)

    said = {pair.label: (pair.in_file, pair.in_register) for pair in pairs}
    assert said["Number"] == (row.number, row.number)
    assert {"Course", "Hours", "Awarded on", "Issued on"} <= {
        pair.label for pair in pairs if pair.in_file
    }
    assert not [pair for pair in pairs if pair.differs]
    differing = [one for one in side_by_side(changed, row.content) if one.differs]
    assert [one.in_file for one in differing] == ["Surgery"]


@pytest.mark.parametrize(
    "odd", [{}, {"credentialSubject": []}, {"credentialSubject": {"result": [1]}}]
)
def test_an_odd_credential_says_nothing(made, odd):
    pairs = side_by_side(odd, made.certificate.content)

    assert [pair.in_file for pair in pairs if pair.in_file] == []


def test_a_copy_in_another_language_is_genuine_too(made):
    """CE-04"""
    copy = copy_in(made.certificate, language="ru", by=made.by)
    with copy.pdf.open("rb") as file:
        answer = check_file(file.read())

    assert answer.verdict == "copy"
    assert ("Number", made.certificate.number) in answer.about.claims


def test_what_happened_after_the_sealing_is_said_first(made):
    """CE-09"""
    ending.revoke(made.certificate, by=made.by, reason="x", ended_class="error")

    answer = check_file(made.pdf)

    assert (answer.verdict, answer.about.verdict) == ("ended", "revoked")
    assert answer.sentence == answer.about.sentence


@pytest.mark.parametrize("place", [7, 900, -900, -7])
def test_one_changed_byte_is_found(made, place):
    changed = bytearray(made.pdf)
    changed[place] ^= 1

    assert verdict(bytes(changed)) == "altered"


def test_what_stands_after_the_end_and_what_is_cut_off_are_found(made):
    assert verdict(made.pdf + b"\n") == "altered"
    assert verdict(made.pdf[:-100]) == "incomplete"


def test_a_file_saved_again_by_another_program_is_no_file_of_ours(made):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made.pdf)))
    saved = BytesIO()
    writer.write(saved)

    assert verdict(saved.getvalue()) in ("altered", "foreign")


def test_a_seal_of_somebody_else_is_not_ours(made):
    assert verdict(made.foreign) == "foreign"


def test_a_seal_for_development_makes_a_trial_whatever_it_says(made):
    with override_settings(
        USTOD_SEAL_KEY=key_files.make_seal(
            "Ustod", now=clock.now(), is_development=True
        )
    ):
        note(keys.seal_key(), by=made.by)
        trial = sealed(number=made.certificate.number)

    answer = check_file(trial)

    assert (answer.verdict, answer.about) == ("development", None)


def test_a_file_we_sealed_and_did_not_keep_is_shown_beside_the_register(made):
    number = made.certificate.number

    answer = check_file(sealed(number=number))

    assert answer.verdict == "unregistered"
    assert ("Number", number) in answer.about.claims


def test_a_sealed_file_with_a_number_nobody_has_leads_nowhere(made):
    assert check_file(sealed(number="UST-2026-999999")).about is None


def test_a_sealed_file_without_any_certificate_says_so(made):
    assert verdict(sealed(number="")) == "no_certificate"


def test_a_stolen_key_vouches_for_nothing_it_sealed_since(made):
    pdf = sealed(number="UST-2026-999999")
    key = SigningKey.objects.get(fingerprint=keys.seal_key().fingerprint)
    since = clock.now() - timedelta(hours=1)

    distrust(key, by=made.by, since=since, reason="Stolen")

    assert verdict(pdf) == "compromised"
    # What the register itself knows needs no key.
    assert verdict(made.pdf) == "genuine"


def test_a_paper_without_a_seal_and_one_behind_a_password_are_told_apart(made):
    plain = render(make_content(), "en")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain)))
    writer.encrypt("secret")
    locked = BytesIO()
    writer.write(locked)

    assert verdict(plain) == "unsealed"
    assert verdict(locked.getvalue()) == "encrypted"


@pytest.mark.parametrize("junk", [b"%PDF-1.7", b"%PDF-" + b"/ByteRange" * 999, b"x"])
def test_rubbish_gets_an_answer(made, junk):
    assert check_file(junk).sentence


def test_every_outcome_has_a_sentence_and_advice_of_its_own():
    said = [words_of(one) for one in FileVerdict if one != FileVerdict.ENDED]

    assert len({sentence for sentence, _advice in said}) == len(said)
    assert all(advice for _sentence, advice in said)


# The command.


def run(*args, capsys):
    code = 0
    try:
        call_command("verify", *map(str, args))
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out.splitlines()


def test_the_command_says_a_line_a_file_and_fails_when_one_is_bad(
    made, tmp_path, capsys
):
    good, bad, none = (tmp_path / name for name in ("good.pdf", "bad.pdf", "none.pdf"))
    good.write_bytes(made.pdf)
    bad.write_bytes(made.pdf + b" ")

    assert run(good, capsys=capsys) == (
        0,
        [
            f"{good}: This file is genuine, and the certificate is valid. "
            f"({made.certificate.number}, Раҳимова Зебунисо)"
        ],
    )
    code, lines = run(good, bad, none, capsys=capsys)
    assert (code, len(lines)) == (1, 3)
    assert lines[1] == f"{bad}: This file was changed after we sealed it."
    assert lines[2] == f"{none}: This file cannot be read."


def test_the_command_checks_the_seal_without_any_database(
    made, tmp_path, capsys, django_assert_num_queries
):
    pdf, pem = tmp_path / "good.pdf", tmp_path / "keys.pem"
    pdf.write_bytes(made.pdf)
    pem.write_text(keys.seal_key().public)

    with django_assert_num_queries(0):
        code, (line,) = run(pdf, "--json", "--keys", pem, capsys=capsys)

    assert code == 0
    assert '"verdict": "sealed"' in line


def test_the_command_says_which_file_has_no_keys(made, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("hello")

    with pytest.raises(CommandError) as refusal:
        call_command("verify", "a.pdf", "--keys", notes)

    assert str(refusal.value) == f"No keys of a seal can be read in {notes}."


def test_a_seal_checked_alone_knows_a_trial(made):
    class Trial:
        public = keys.seal_key().public
        is_development = True
        compromised_at = None

    assert check_seal(made.pdf, [Trial]).verdict == "development"
    assert check_seal(made.pdf, []).verdict == "foreign"
