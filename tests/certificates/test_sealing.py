"""The seal as other programs see it, and what our own check says of every change."""

import asyncio
import json
import random
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter

from certificates.paper.rendering import render
from certificates.seal import key_files, keys, seal_check, sealing
from certificates.seal.cms import Seal
from certificates.seal.seal_check import Finding
from courses import clock

from .papers import make_content
from .sealed import BADGE, key_of, make_sealed

STAMPED = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return make_sealed(number="UST-2026-000042")


@pytest.fixture
def mine():
    return [key_of(keys.seal_key())]


def finding(pdf: bytes, known) -> Finding:
    return seal_check.check(pdf, known).finding


def validated(pdf: bytes):
    """What pyHanko says of the one signature."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    certificate = keys.seal_key().signer.signing_cert
    return validate_pdf_signature(
        signature, ValidationContext(trust_roots=[certificate], allow_fetching=False)
    )


def test_a_seal_is_made_inside_a_running_event_loop_too(mine):
    async def made() -> bytes:
        return make_sealed(number="UST-2026-000043")

    assert finding(asyncio.run(made()), mine) == Finding.INTACT


def test_the_check_reads_what_the_seal_vouches_for(paper, mine):
    report = seal_check.check(paper, mine)

    assert report == seal_check.SealReport(
        Finding.INTACT,
        key=mine[0],
        is_development=True,
        sealed_at=report.sealed_at,
        number="UST-2026-000042",
        credential=BADGE,
    )
    assert abs(report.sealed_at - clock.now()) < timedelta(minutes=10)


def test_pyhanko_calls_the_seal_valid_over_the_entire_file_with_no_change_allowed(
    paper,
):
    status = validated(paper)

    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    assert status.timestamp_validity is None


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="reads with poppler")
def test_poppler_calls_the_seal_valid_over_the_entire_file(paper, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(paper)

    done = subprocess.run(  # noqa: S603 - our own command
        ["pdfsig", str(tmp_path / "paper.pdf")],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )

    for line in (
        "Signature Validation: Signature is Valid.",
        "Total document signed",
        "Signature Type: ETSI.CAdES.detached",
        'OU="development key, not for real certificates"',
    ):
        assert line in done.stdout


def test_the_badge_lies_in_the_file_as_its_data(paper):
    reader = PdfReader(BytesIO(paper))
    (specification,) = (one.get_object() for one in reader.root_object["/AF"])

    assert specification["/AFRelationship"] == "/Data"
    assert json.loads(reader.attachments["credential.json"][0]) == BADGE


def test_each_of_a_thousand_changed_bits_is_refused(paper, mine):
    """Half of them anywhere, half where the file holds the seal and its own order."""
    chance = random.Random(20261126)  # noqa: S311 - the same every time
    start = paper.index(b"/ByteRange") - 400
    tail = range(paper.index(b"/ByteRange") + 80 + 2 * 1536, len(paper))
    spots = [chance.randrange(len(paper)) for _ in range(500)]
    spots += [chance.randrange(start, start + 4000) for _ in range(300)]
    spots += [chance.choice(tail) for _ in range(200)]

    passed = []
    for spot in spots:
        changed = bytearray(paper)
        changed[spot] ^= 1 << chance.randrange(8)
        if seal_check.check(bytes(changed), mine).is_intact:
            passed.append(spot)

    assert passed == []


def test_the_seal_itself_may_be_written_in_one_way_only(paper, mine):
    """Capitals, spaces and another filling mean the same to a reader, not to us."""
    start = paper.index(b"/Contents <") + len(b"/Contents <")
    end = paper.index(b">", start)
    seal = paper[start:end]
    others = [seal.upper(), seal[:-2] + b"01", b" " + seal[:-1], seal[:-1] + b"\n"]

    found = {finding(paper[:start] + one + paper[end:], mine) for one in others}

    assert found == {Finding.CHANGED}


MORE = [b"\n", b" ", b"\0" * 10, b"%%EOF", b"x" * 5000]


@pytest.mark.parametrize("more", MORE)
def test_appended_bytes_are_refused(paper, mine, more):
    assert finding(paper + more, mine) == Finding.CHANGED


def place_in(pdf: bytes):
    (place,) = seal_check.SEAL.finditer(pdf)
    return place


def with_range(pdf: bytes, *numbers: int) -> bytes:
    """The same file that says something else of what its seal covers."""
    written = " ".join(f"{number:010}" for number in numbers)
    at = pdf.index(b"/ByteRange [0 ") + len(b"/ByteRange [0 ")
    return pdf[:at] + written.encode() + pdf[at + len(written) :]


def test_the_range_alone_refuses_a_file_that_is_longer_or_shorter_than_it(paper):
    place, whole = place_in(paper), len(paper)

    found = [seal_check.range_fault(place, whole + more) for more in (-1, 0, 1)]

    assert found == [Finding.INCOMPLETE, None, Finding.CHANGED]


@pytest.mark.parametrize("moved", [(1, 0, 0), (0, 1, -1), (0, -1, 1), (-1, 0, 0)])
def test_the_range_alone_refuses_any_other_hole_than_the_seal(paper, moved):
    numbers = [int(place_in(paper)[n]) for n in (3, 4, 5)]
    other = with_range(paper, *(a + b for a, b in zip(numbers, moved, strict=True)))

    assert with_range(paper, *numbers) == paper
    assert seal_check.range_fault(place_in(other), len(other)) == Finding.CHANGED


@pytest.mark.parametrize("more", MORE)
def test_the_digest_alone_refuses_appended_bytes(paper, more):
    """Also where the range is what it was, and where it was made to fit."""
    longer, place = paper + more, place_in(paper)
    start, end, rest = (int(place[n]) for n in (3, 4, 5))
    fitted = with_range(longer, start, end, rest + len(more))
    seal = Seal.read(place[6])

    vouched = {
        pdf: seal.vouches_for(seal_check.digest_around(pdf, place_in(pdf)))
        for pdf in (paper, longer, fitted)
    }

    assert vouched == {paper: True, longer: False, fitted: False}
    assert seal_check.range_fault(place_in(fitted), len(fitted)) is None


def is_so_read(pdf: bytes) -> bool:
    """What it cannot even open is as good as refused."""
    try:
        return seal_check.is_so_read(PdfFileReader(BytesIO(pdf)))
    except PdfReadError:
        return False


@pytest.mark.parametrize("more", MORE)
def test_a_reader_of_pdf_alone_refuses_appended_bytes(paper, more):
    assert is_so_read(paper)
    assert not is_so_read(paper + more)


def test_a_file_cut_off_says_that_it_is_not_whole(paper, mine):
    lengths = [8, 2000, len(paper) // 2, len(paper) - 1]

    found = {finding(paper[:length], mine) for length in lengths}

    assert found == {Finding.INCOMPLETE}


def updated_by_another(pdf: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    updated = BytesIO()
    writer.write(updated)
    return updated.getvalue()


def signed_by_another(**how) -> bytes:
    """Signed the way programs sign by themselves."""
    written = IncrementalPdfFileWriter(BytesIO(render(make_content(), "en")))
    named = PdfSignatureMetadata(field_name="Other", **how)
    return sign_pdf(written, named, signer=keys.seal_key().signer).getvalue()


def test_a_reader_of_pdf_alone_refuses_what_is_no_certifying_seal_over_all_of_it(
    paper,
):
    """Updated, signed without certifying, certified with changes allowed, unsigned."""
    strict = MDPPerm.NO_CHANGES
    certified = signed_by_another(certify=True, docmdp_permissions=strict)

    assert is_so_read(certified)
    assert not is_so_read(updated_by_another(paper))
    assert not is_so_read(signed_by_another())
    assert not is_so_read(signed_by_another(certify=True))
    assert not is_so_read(render(make_content(), "en"))


def test_an_update_by_another_program_is_refused(paper, mine):
    """Also a second signature, which pyHanko itself is told to take for a new one."""
    updated = updated_by_another(paper)
    again = signed_by_another()

    assert finding(updated, mine) == Finding.CHANGED
    assert finding(again, mine) in (Finding.CHANGED, Finding.UNKNOWN_KEY)


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(render(make_content(), "en")))
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_whatever_is_dropped_on_it_gets_an_answer(paper, mine):
    given = {
        b"": Finding.NOT_PDF,
        b"just a text": Finding.NOT_PDF,
        b"%PDF-": Finding.INCOMPLETE,
        b"%PDF-1.7\n" + b"/ByteRange" * 1000: Finding.UNKNOWN_KEY,
        b"%PDF-1.7" + bytes(seal_check.MOST_BYTES): Finding.TOO_LARGE,
        render(make_content(), "en"): Finding.UNSEALED,
        encrypted(): Finding.ENCRYPTED,
        # Said to be sealed, and never was.
        render(make_content(), "en", place=sealing.place()): Finding.CHANGED,
    }

    assert {pdf: finding(pdf, mine) for pdf in given} == given
    assert finding(paper, []) == Finding.UNKNOWN_KEY


def test_the_seal_of_another_key_is_not_ours(paper, mine, settings):
    settings.USTOD_SEAL_KEY = key_files.make_seal("Impostor", now=clock.now())

    theirs = make_sealed()

    assert finding(theirs, mine) == Finding.UNKNOWN_KEY
    assert finding(theirs, [*mine, key_of(keys.seal_key())]) == Finding.INTACT


def test_what_a_stolen_key_seals_from_then_on_is_refused(paper, mine):
    key = keys.seal_key()
    sealed_at = seal_check.check(paper, mine).sealed_at

    since = {
        sealed_at - timedelta(seconds=1): Finding.KEY_COMPROMISED,
        sealed_at: Finding.KEY_COMPROMISED,
        sealed_at + timedelta(seconds=1): Finding.INTACT,
    }

    assert {at: finding(paper, [key_of(key, at)]) for at in since} == since


def test_a_file_without_a_place_is_not_sealed():
    with pytest.raises(ValueError, match="no place for a seal"):
        sealing.seal(render(make_content(), "en"))


def certificate_of_a_clock(private) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Clock")])
    builder = x509.CertificateBuilder(
        name,
        name,
        private.public_key(),
        x509.random_serial_number(),
        datetime(2020, 1, 1),
        datetime(2040, 1, 1),
    )
    return builder.sign(private, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.fixture
def authority(settings):
    """A timestamp authority of our own on a port of its own (RFC 3161)."""
    private = rsa.generate_private_key(65537, 2048)
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate_of_a_clock(private)),
        asn1_keys.PrivateKeyInfo.load(
            private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=STAMPED,
    )

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words):
            """Say nothing in the middle of the tests."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.USTOD_TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def test_an_authority_says_when_it_was_sealed(authority, mine):
    stamped = make_sealed()
    report = seal_check.check(stamped, mine)

    assert report.is_intact
    assert report.stamped_at == STAMPED
    assert validated(stamped).timestamp_validity.intact


def test_an_authority_that_does_not_answer_is_said_and_seals_nothing(settings):
    settings.USTOD_TIMESTAMP_URL = "http://127.0.0.1:9/"

    with pytest.raises(sealing.SealFailed, match="does not answer"):
        make_sealed()
