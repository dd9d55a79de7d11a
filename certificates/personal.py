"""What certificates hold about people, and what erasing somebody leaves of theirs."""

from lms.personal.fields import Fate, Kind, declare, declare_content, held
from lms.personal.topics import Topic


def without_holder(certificate) -> dict:
    """What the register keeps: everything but who it was."""
    return certificate.content | {"holder": "", "holder_latin": ""}


def without_words(certificate) -> str:
    """That there was a reason is demanded by the database; what it said goes."""
    return "–" if certificate.ended_reason else ""


declare(
    "certificates.Certificate",
    {
        "content": held(
            Kind.EVIDENCE,
            "What the paper says; anybody may check it.",
            Fate.REPLACE,
            without_holder,
        ),
        "pdf": held(Kind.EVIDENCE, "The paper itself."),
        "ended_reason": held(
            Kind.EVIDENCE, "Why it ended.", Fate.REPLACE, without_words
        ),
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    deeds="issued_by ended_by",
    plain="kind number code status sha256",
)
declare(
    "certificates.Signatory",
    {
        "name": held(Kind.IDENTITY, "Who signs certificates.", Fate.KEEP),
        "titles": held(Kind.IDENTITY, "Who signs certificates.", Fate.KEEP),
    },
)
declare_content(
    "certificates.CertificateTemplate certificates.TemplateVersion certificates.Serial"
)
