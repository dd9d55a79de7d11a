"""The answer about a file: one sentence, and what the register says of it today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certificates.checking.file_claims import Pair, side_by_side
from certificates.checking.file_words import FileVerdict, words_of
from certificates.checking.verification import Answer, Verdict, answer_about
from certificates.models import Certificate


@dataclass(frozen=True)
class FileAnswer:
    """One sentence about the file; `about` is what the register says today."""

    verdict: FileVerdict
    sentence: str
    advice: str
    about: Answer | None = None
    sealed_at: datetime | None = None
    pairs: tuple[Pair, ...] = ()


def without_file(verdict: FileVerdict) -> FileAnswer:
    """What is said about a file that leads to no certificate of the register."""
    return FileAnswer(verdict, *words_of(verdict))


def of_ours(
    verdict: FileVerdict,
    certificate: Certificate,
    credential: dict[str, Any],
    *,
    has_paper: bool,
    sealed_at: datetime | None = None,
) -> FileAnswer:
    """What came of the certificate since is said first."""
    about = answer_about(certificate, has_paper=has_paper)
    pairs = side_by_side(credential, certificate.content)
    # Of a file that we know both sides say the same: once is enough.
    is_told = verdict is FileVerdict.UNREGISTERED or any(one.differs for one in pairs)
    found: dict[str, Any] = {
        "about": about,
        "sealed_at": sealed_at,
        "pairs": pairs if is_told else (),
    }
    if about.verdict is Verdict.VALID:
        return FileAnswer(verdict, *words_of(verdict), **found)
    advice = _("The file itself is ours and untouched since we sealed it.")
    return FileAnswer(FileVerdict.ENDED, about.sentence, advice, **found)
