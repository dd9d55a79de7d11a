"""The answers to checks for machines; docs/verifying.md describes each field.

No name is in them but where the certificate is public or the asker knows it (CE-12).
"""

from certificates.checking.file_answer import FileAnswer
from certificates.checking.verification import Answer

SLOWED = {"verdict": "slowed", "retry_after_seconds": 60}


def of_code(answer: Answer) -> dict[str, object]:
    """The same fields whatever comes of it (CE-10)."""
    return {
        "verdict": answer.verdict.value,
        "sentence": answer.sentence,
        "code": answer.code,
        "since": answer.since.isoformat() if answer.since else None,
        "ended_because": answer.ended_class or None,
        "holder": None if answer.is_masked else answer.holder or None,
        "claims": answer.facts or None,
    }


def of_file(answer: FileAnswer) -> dict[str, object]:
    return {
        "file": {
            "verdict": answer.verdict.value,
            "sentence": answer.sentence,
            "sealed_at": answer.sealed_at.isoformat() if answer.sealed_at else None,
        },
        "certificate": of_code(answer.about) if answer.about else None,
    }
