"""The big mark beside each answer: its tone and its picture; words say the same."""

from certificates.checking.file_answer import FileAnswer
from certificates.checking.file_words import FileVerdict
from certificates.checking.verification import Answer, Verdict

GOOD, OVER, BAD, ASK = (
    ("is-done", "check"),
    ("is-late", "clock"),
    ("is-decide", "cross"),
    ("is-info", "search"),
)
MARKS = {
    Verdict.VALID: GOOD,
    Verdict.EXPIRED: OVER,
    Verdict.SUPERSEDED: OVER,
    Verdict.REVOKED: BAD,
    Verdict.WITHDRAWN: BAD,
    Verdict.UNKNOWN: ASK,
    Verdict.MISTYPED: ASK,
    Verdict.NUMBER: ASK,
    FileVerdict.GENUINE: GOOD,
    FileVerdict.COPY: GOOD,
    FileVerdict.BADGE: GOOD,
    FileVerdict.SEALED: GOOD,
    FileVerdict.UNREGISTERED: ("is-late", "alert"),
    FileVerdict.DEVELOPMENT: ("is-late", "alert"),
    FileVerdict.ALTERED: BAD,
    FileVerdict.FOREIGN: BAD,
    FileVerdict.COMPROMISED: BAD,
    FileVerdict.INCOMPLETE: BAD,
    FileVerdict.NO_CERTIFICATE: ASK,
    FileVerdict.UNSEALED: ("is-info", "file"),
    FileVerdict.ENCRYPTED: ("is-info", "lock"),
    FileVerdict.NOT_PDF: ("is-info", "file"),
    FileVerdict.KEYLESS: ("is-info", "lock"),
    FileVerdict.TOO_LARGE: ("is-info", "file"),
    FileVerdict.EMPTY: ("is-info", "file"),
}


def mark_of(answer: Answer | FileAnswer) -> tuple[str, str]:
    """A file's certificate that ended has the mark of its end."""
    if isinstance(answer, FileAnswer) and answer.verdict is FileVerdict.ENDED:
        answer = answer.about
    return MARKS[answer.verdict]
