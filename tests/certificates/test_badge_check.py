"""A badge as JSON, PNG or SVG: is it intact, whose is it, and does it still hold?"""

import json
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings

from certificates.actions import ending
from certificates.actions.issuing import issue
from certificates.actions.keys import distrust
from certificates.checking.file_check import check_file, check_seal
from certificates.checking.verifier.assembling import page
from certificates.checking.verifier.publishing import published
from certificates.credential import baking, making, picture, status
from certificates.models import Certificate, SigningKey
from certificates.seal import key_files, keys
from courses import clock
from lms.actions import erasure
from tests.factories import make_user

from .builders import make_completed
from .real_keys import real_keys

pytestmark = pytest.mark.django_db

NAME = "Раҳимова Зебунисо"
GENUINE = "This badge is genuine, and the certificate is valid."
CHANGED = "This file was changed after we sealed it."
SINCE = "The file itself is ours and untouched since we sealed it."


@pytest.fixture(scope="module")
def made_once(once):
    with real_keys():
        by = make_user()
        yield SimpleNamespace(certificate=issue(make_completed(), by=by), by=by)


@pytest.fixture
def made(made_once, db):
    return deepcopy(made_once)


@pytest.fixture
def credential(made):
    return deepcopy(made.certificate.credential)


def written(credential) -> bytes:
    return making.as_text(credential).encode()


def in_each_form(credential) -> dict[str, bytes]:
    """As its holder downloads it."""
    text = making.as_text(credential)
    png, svg = picture.png("completion", 2026), picture.svg("completion", 2026)
    return {
        "badge.json": text.encode(),
        "badge.png": baking.bake_png(png, text),
        "badge.svg": baking.bake_svg(svg, text).encode(),
    }


def renumbered(credential):
    changed = deepcopy(credential)
    changed["credentialSubject"]["licenseNumber"] = "UST-2026-999999"
    return changed


def verdict(credential) -> str:
    return check_file(written(credential)).verdict


def test_a_badge_is_genuine_in_each_form_and_names_nobody_to_strangers(credential):
    """CE-12: only a hash of the name is in it."""
    answers = [check_file(file) for file in in_each_form(credential).values()]

    assert [answer.sentence for answer in answers] == [GENUINE] * 3
    assert {answer.about.holder for answer in answers} == {"Р… З…"}


def test_other_programs_may_write_the_same_badge_in_their_own_way(credential):
    proof = credential["proof"]
    credential["proof"] = {"@context": credential["@context"], **proof}
    others = json.dumps(credential, indent=4).encode("utf-16")

    assert check_file(others).verdict == "badge"


def test_one_changed_word_is_found_in_each_form(credential):
    """Also for a trial's key: what was changed is no trial either."""
    changed = in_each_form(renumbered(credential))
    SigningKey.objects.update(is_development=True)

    found = {check_file(file).verdict for file in changed.values()}

    assert found == {"altered"}


def test_what_came_of_it_since_is_said_first(made, credential):
    """CE-09"""
    ending.revoke(made.certificate, by=made.by, reason="x", ended_class="error")

    answer = check_file(written(credential))

    assert answer.verdict == "ended"
    assert answer.sentence.startswith("This certificate was revoked on")
    assert answer.advice == SINCE


def test_whoever_was_forgotten_is_nobody_in_an_answer(made, credential):
    """CE-38"""
    erasure.anonymise(made.certificate.person, by=make_user(), reason="Asked for it.")

    about = check_file(written(credential), knows_names=True).about

    assert (about.holder, about.is_erased) == ("", True)


def test_a_badge_that_somebody_else_signed_is_not_ours(credential):
    theirs = key_files.make_credential("Impostor", now=clock.now())
    with override_settings(USTOD_CREDENTIAL_KEY=theirs):
        signed = making.credential_of(Certificate.objects.get(), keys.credential_key())

    assert verdict(signed) == "foreign"
    assert verdict(credential | {"evidence": "I was there"}) == "foreign"


def test_a_badge_that_we_do_not_know_stands_beside_the_register(made, credential):
    Certificate.objects.update(credential=renumbered(credential) | {"proof": {}})
    unknown = check_file(written(credential))
    Certificate.objects.update(code="2FHXA1ANHVEG1PM023")
    lost = check_file(written(credential))

    assert (unknown.verdict, unknown.about.holder) == ("unregistered", "Р… З…")
    assert "Number" in [pair.label for pair in unknown.pairs]
    assert (lost.verdict, lost.about) == ("unregistered", None)


def test_of_a_stolen_key_only_what_we_kept_is_believed(made, credential):
    distrust(
        SigningKey.objects.get(use="credential"),
        by=made.by,
        since=clock.now(),
        reason="Stolen",
    )
    kept = verdict(credential)
    Certificate.objects.update(credential=None)

    assert (kept, verdict(credential)) == ("badge", "compromised")


def test_a_trial_is_no_certificate(credential):
    SigningKey.objects.update(is_development=True)

    answer = check_file(written(credential))

    assert (answer.verdict, answer.about.holder) == ("development", "Р… З…")


def test_a_list_of_what_ended_is_ours_and_no_certificate():
    signed = status.status_list(1, key=keys.credential_key())

    assert verdict(signed) == "no_certificate"
    assert check_seal(written(signed), SigningKey.objects.all()).verdict == (
        "no_certificate"
    )


@pytest.mark.parametrize(
    "rubbish",
    [
        picture.png("completion", 2026),
        baking.PNG,
        baking.PNG + b"\xff" * 400,
        baking.PNG + b"\0\0\0\x18iTXtopenbadgecredential\0\0\0\0\0\0\0",
        picture.svg("completion", 2026).encode(),
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>" * 50_000,
        b"<",
        b'{"proof": ' * 50_000,
        b'{"name": "ustod", "version": "1"}',
        b"[1, 2]",
        b"\xff\xfe\xff",
        b'{"proof": "' + b"x" * baking.MOST_BYTES + b'"}',
    ],
    ids=range(13),
)
def test_whatever_else_is_brought_is_neither_a_pdf_nor_a_badge(rubbish):
    assert check_file(rubbish).verdict == "not_pdf"


def test_a_stranger_types_the_family_name_to_compare_it(client, made, credential):
    file = SimpleUploadedFile("badge.json", written(credential))

    html = client.post("/en/verify/file/", {"file": file}).content.decode()

    code = made.certificate.code
    assert GENUINE in html
    assert NAME not in html
    assert 'name="family_name"' in html
    assert f'action="/en/verify/{code[:6]}-{code[6:12]}-{code[12:]}/#name"' in html


def test_machines_are_told_no_name_by_a_badge(client, credential):
    file = SimpleUploadedFile("badge.json", written(credential))

    answer = client.post(
        "/en/verify/file/", {"file": file}, headers={"accept": "application/json"}
    ).json()

    assert answer["file"]["verdict"] == "badge"
    assert answer["certificate"]["holder"] is None


# The command.


@pytest.fixture
def run(capsys, tmp_path):
    """`run({"a.json": b"…"}, "--json")`: how it ended, and a line for each file."""

    def command(files, *options):
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        code = 0
        try:
            call_command("verify", *(str(tmp_path / name) for name in files), *options)
        except SystemExit as end:
            code = end.code
        lines = capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()
        return code, lines

    return command


def test_the_command_says_whose_a_badge_is_and_whether_it_holds(run, made, credential):
    number, files = made.certificate.number, in_each_form(credential)

    holds = run(files)
    ending.revoke(made.certificate, by=made.by, reason="x", ended_class="error")
    code, lines = run(files)

    assert holds == (0, [f"{name}: {GENUINE} ({number}, {NAME})" for name in files])
    assert code == 1
    assert all("was revoked on" in line and NAME in line for line in lines)


def test_the_command_fails_for_a_changed_badge_among_good_ones(run, credential):
    good, bad = written(credential), written(renumbered(credential))

    code, lines = run({"good.json": good, "bad.json": bad})

    assert (code, lines[1]) == (1, f"bad.json: {CHANGED}")


def test_the_command_checks_badges_without_any_database(
    run, made, credential, tmp_path, django_assert_num_queries
):
    keys_page, pem = tmp_path / "verifier.html", tmp_path / "keys.pem"
    keys_page.write_text(page(published(key=keys.credential_key())))
    pem.write_text(keys.seal_key().public)
    files = in_each_form(credential)

    with django_assert_num_queries(0):
        alone = run(files, "--json", "--keys", str(keys_page))
        changed = run(in_each_form(renumbered(credential)), "--keys", str(keys_page))
        keyless = run(files, "--keys", str(pem))

    assert alone[0] == 0
    assert [json.loads(line)["file"]["verdict"] for line in alone[1]] == ["sealed"] * 3
    assert changed == (1, [f"{name}: {CHANGED}" for name in files])
    assert keyless[0] == 1
    assert "cannot be checked with the keys that were given" in keyless[1][0]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"is_development": True}, "development"),
        ({"compromised_at": "2026-01-01T00:00Z"}, "compromised"),
    ],
)
def test_a_badge_checked_alone_knows_a_trial_and_a_stolen_key(
    credential, change, found
):
    SigningKey.objects.update(**change)

    answer = check_seal(written(credential), SigningKey.objects.all())

    assert answer.verdict == found
