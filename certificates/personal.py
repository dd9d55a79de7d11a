"""What certificates hold about people, and what erasing somebody leaves of theirs."""

from lms.personal.fields import Fate, Kind, declare, declare_content, held
from lms.personal.topics import Topic


def without_holder(certificate) -> dict:
    """What the register keeps: everything but who it was."""
    nobody = dict.fromkeys(("holder", "holder_latin", "holder_secret"), "")
    return certificate.content | nobody


def without_words(certificate) -> str:
    """That there was a reason is demanded by the database; what it said goes."""
    return "–" if certificate.ended_reason else ""


def without_refusal(place) -> str:
    """As above; it may quote the letters of a name."""
    return "–" if place.refusal else ""


declare(
    "certificates.Certificate",
    {
        "content": held(
            Kind.EVIDENCE,
            "What the paper says; anybody may check it.",
            Fate.REPLACE,
            without_holder,
        ),
        # Its hash of the name says nothing without the secret of the content.
        "credential": held(
            Kind.EVIDENCE, "What a machine can check of it; no name.", Fate.KEEP
        ),
        "pdf": held(Kind.EVIDENCE, "The paper itself."),
        "ended_reason": held(
            Kind.EVIDENCE, "Why it ended.", Fate.REPLACE, without_words
        ),
    },
    person="person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    deeds="issued_by ended_by",
    plain="kind number code status sha256 ended_class cohort seal_key correction",
)
declare(
    "certificates.Certificate_rests_on",
    person="from_certificate__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    plain="from_certificate to_certificate",
)
declare(
    "certificates.GivenNumber",
    {
        "problem": held(Kind.AUDIT, "Why nothing came of a number yet.", Fate.CLEAR),
        "void_reason": held(Kind.AUDIT, "Every gap is explained.", Fate.KEEP),
    },
    person="person",
    kind=Kind.AUDIT,
    topic=Topic.CERTIFICATES,
    plain="text kind serial cohort enrolment certificate",
)
declare(
    "certificates.CertificateCopy",
    {"pdf": held(Kind.EVIDENCE, "The paper in another language.")},
    person="certificate__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    plain="language sha256",
)
declare(
    "certificates.ShareLink",
    {
        "key": held(
            Kind.EVIDENCE, "Shows a certificate to others.", Fate.DELETE, is_secret=True
        )
    },
    person="certificate__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    fate=Fate.DELETE,
    why="Shows a certificate to whoever has the link.",
    deeds="made_by",
    plain="purpose",
)
declare(
    "certificates.AutomaticRefusal",
    {
        "reason": held(
            Kind.EVIDENCE, "Why a certificate did not issue itself; until it is issued."
        )
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    plain="kind",
)
declare(
    "certificates.Recheck",
    {"reason": held(Kind.EVIDENCE, "Why an award stays that rested on another.")},
    person="certificate__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    deeds="by",
    plain="because",
)
declare_content(
    "certificates.AwardRule", deeds="members", plain="kind decided_by renewal after"
)
declare(
    "certificates.AwardRule_members",
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Who votes on lists of a course.",
    plain="awardrule",
)
declare("certificates.Proposal", deeds="made_by", plain="kind state")
declare(
    "certificates.ProposedPlace",
    person="enrolment__person",
    account="trainer",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    why="For whom a committee was asked.",
    plain="proposal",
)
declare(
    "certificates.Vote",
    {"note": held(Kind.EVIDENCE, "Why a committee refused a list.", Fate.KEEP)},
    deeds="user",
)
declare(
    "certificates.Signatory",
    {
        "name": held(Kind.IDENTITY, "Who signs certificates.", Fate.KEEP),
        "titles": held(Kind.IDENTITY, "Who signs certificates.", Fate.KEEP),
    },
)
declare(
    "certificates.IssueRun",
    deeds="by",
    plain="query kind language state note",
)
declare(
    "certificates.IssueRunPlace",
    {
        "refusal": held(
            Kind.EVIDENCE,
            "Why a run gave no certificate.",
            Fate.REPLACE,
            without_refusal,
        )
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.CERTIFICATES,
    plain="state",
)
declare_content(
    "certificates.CertificateTemplate certificates.TemplateVersion certificates.Serial "
    "certificates.SigningKey"
)
