"""What anybody may learn about a file that is said to be a certificate of ours.

A badge says so by its credential (`badge_check`). Of a PDF the bytes are compared with
what was issued, the seal with our keys, and what the file says with the register.
Nothing of the file is kept, and no PDF is made (CE-14).
"""

import hashlib
from collections.abc import Iterable

from certificates.checking import badge_check
from certificates.checking.file_answer import FileAnswer, of_ours, without_file
from certificates.checking.file_words import FileVerdict, words_of
from certificates.checking.verification import answer_about
from certificates.credential.baking import credential_in
from certificates.models import Certificate, SigningKey
from certificates.seal import seal_check
from certificates.seal.seal_check import Finding, PublicKey, SealReport

LARGEST = 10 * 1024 * 1024
VERDICTS = {
    Finding.NOT_PDF: FileVerdict.NOT_PDF,
    Finding.TOO_LARGE: FileVerdict.TOO_LARGE,
    Finding.ENCRYPTED: FileVerdict.ENCRYPTED,
    Finding.UNSEALED: FileVerdict.UNSEALED,
    Finding.INCOMPLETE: FileVerdict.INCOMPLETE,
    Finding.CHANGED: FileVerdict.ALTERED,
    Finding.UNKNOWN_KEY: FileVerdict.FOREIGN,
    Finding.KEY_COMPROMISED: FileVerdict.COMPROMISED,
}


def check_file(file: bytes, *, knows_names: bool = False) -> FileAnswer:
    """The answer to a file's bytes; rubbish has an answer of its own.

    Who brings a badge has no name yet, unless they may read them all (CE-12).
    """
    if credential := credential_in(file):
        return badge_check.check(credential, knows_name=knows_names)
    return _check_pdf(file)


def _check_pdf(pdf: bytes) -> FileAnswer:
    keys = SigningKey.objects.filter(use=SigningKey.Use.SEAL)
    report = seal_check.check(pdf, keys)
    certificate, verdict = _issued_as(hashlib.sha256(pdf).hexdigest())
    if report.is_development:
        about = answer_about(certificate, has_paper=True) if certificate else None
        trial = FileVerdict.DEVELOPMENT
        return FileAnswer(trial, *words_of(trial), about=about)
    if certificate:
        return _ours(verdict, certificate, report)
    if report.is_intact:
        return _sealed_by_us(report)
    return without_file(VERDICTS[report.finding])


def _issued_as(digest: str) -> tuple[Certificate | None, FileVerdict]:
    """Whose file has this SHA-256: the paper itself, or a copy in another language."""
    rows = Certificate.objects
    if paper := rows.filter(sha256=digest).first():
        return paper, FileVerdict.GENUINE
    return rows.filter(copies__sha256=digest).first(), FileVerdict.COPY


def _sealed_by_us(report: SealReport) -> FileAnswer:
    """A file that we sealed and did not keep; only we can have written its number."""
    certificate = Certificate.objects.filter(number=report.number).first()
    if certificate is None:
        is_empty = not report.number and report.credential is None
        return without_file(
            FileVerdict.NO_CERTIFICATE if is_empty else FileVerdict.UNREGISTERED
        )
    is_copy = report.credential and report.credential == certificate.credential
    verdict = FileVerdict.COPY if is_copy else FileVerdict.UNREGISTERED
    return _ours(verdict, certificate, report)


def check_seal(file: bytes, keys: Iterable[PublicKey]) -> FileAnswer:
    """What the file says by itself, where there is no register to ask."""
    if credential := credential_in(file):
        return badge_check.check_alone(credential, keys)
    report = seal_check.check(file, keys)
    if report.is_development:
        return without_file(FileVerdict.DEVELOPMENT)
    if report.is_intact:
        said = words_of(FileVerdict.SEALED)
        return FileAnswer(FileVerdict.SEALED, *said, sealed_at=report.sealed_at)
    return without_file(VERDICTS[report.finding])


def _ours(
    verdict: FileVerdict, certificate: Certificate, report: SealReport
) -> FileAnswer:
    """Who sends our file has the name already."""
    return of_ours(
        verdict,
        certificate,
        report.credential or {},
        has_paper=True,
        sealed_at=report.sealed_at if report.is_intact else None,
    )
