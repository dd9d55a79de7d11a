"""What anybody may learn about an Open Badge: of its proof, then of the register."""

from collections.abc import Iterable
from typing import Any

from certificates import codes
from certificates.checking.file_answer import FileAnswer, of_ours, without_file
from certificates.checking.file_words import FileVerdict, words_of
from certificates.checking.verification import answer_about
from certificates.credential import issuer, profile, proof
from certificates.credential.proof import CredentialReport, KnownKey, Outcome
from certificates.models import Certificate
from certificates.seal.seal_check import PublicKey

VERDICTS = {
    Outcome.CHANGED: FileVerdict.ALTERED,
    Outcome.UNKNOWN_KEY: FileVerdict.FOREIGN,
    Outcome.NOT_OURS: FileVerdict.FOREIGN,
    Outcome.COMPROMISED_KEY: FileVerdict.COMPROMISED,
}


def check(credential: dict[str, Any], *, knows_name: bool) -> FileAnswer:
    """Its holder is in it only as a hash, so the name stays masked for a stranger."""
    report = proof.check(credential, issuer.known_keys())
    certificate = _named_in(report)
    is_known = certificate is not None and _is_issued_as(certificate, credential)
    if report.is_genuine and report.is_development:
        about = answer_about(certificate, has_paper=knows_name) if is_known else None
        trial = FileVerdict.DEVELOPMENT
        return FileAnswer(trial, *words_of(trial), about=about)
    # What we kept, word for word, is ours whoever may have the key by now.
    if is_known:
        return of_ours(FileVerdict.BADGE, certificate, credential, has_paper=knows_name)
    if not report.is_genuine:
        return without_file(VERDICTS[report.outcome])
    if certificate is None:
        return without_file(_of_no_certificate(credential))
    return of_ours(
        FileVerdict.UNREGISTERED, certificate, credential, has_paper=knows_name
    )


def check_alone(credential: dict[str, Any], keys: Iterable[PublicKey]) -> FileAnswer:
    """What the badge says by itself, where there is no register to ask."""
    known = {
        key.public: KnownKey(key.is_development, key.compromised_at is not None)
        for key in keys
        # Those of seals are in PEM.
        if key.public.startswith("z")
    }
    if not known:
        return without_file(FileVerdict.KEYLESS)
    report = proof.check(credential, known)
    if not report.is_genuine:
        return without_file(VERDICTS[report.outcome])
    if credential["type"][-1] != profile.BADGE:
        return without_file(FileVerdict.NO_CERTIFICATE)
    is_trial = report.is_development
    return without_file(FileVerdict.DEVELOPMENT if is_trial else FileVerdict.SEALED)


def _named_in(report: CredentialReport) -> Certificate | None:
    """The one at the address that a credential of ours has for its id."""
    try:
        code = codes.read(report.address)
    except codes.NotACode:
        return None
    return Certificate.objects.filter(code=code).first()


def _is_issued_as(certificate: Certificate, credential: dict[str, Any]) -> bool:
    """The same signature of a proof that holds is the same text."""
    kept = certificate.credential or {"proof": {}}
    return kept["proof"].get("proofValue") == credential["proof"]["proofValue"]


def _of_no_certificate(credential: dict[str, Any]) -> FileVerdict:
    """A list of what has ended is ours, too, and about nobody."""
    is_badge = credential["type"][-1] == profile.BADGE
    return FileVerdict.UNREGISTERED if is_badge else FileVerdict.NO_CERTIFICATE
