"""What the tables of `lms` hold about people. A new model is declared here."""

from .fields import Fate, Kind, declare, declare_content, held
from .topics import Topic

DEED = Kind.AUDIT


def number(row) -> str:
    """What stands in place of a name: tells rows apart, and nobody who it was."""
    return f"№ {row.pk}"


def without_text(response) -> object:
    """A chosen answer stays and so does its score; words somebody wrote go."""
    answer = response.answer
    return {"text": ""} if isinstance(answer, dict) and "text" in answer else answer


declare(
    "lms.Person",
    {
        "user": held(Kind.ACCOUNT, "Lets the person sign in to their own results."),
        "legal_name": held(
            Kind.IDENTITY, "Stands on the certificate.", Fate.REPLACE, number
        ),
        "latin_name": held(Kind.IDENTITY, "Stands on the certificate."),
        "search_key": held(Kind.IDENTITY, "Staff find people in any script."),
        "email": held(Kind.CONTACT, "Letters about the person's own courses."),
        "phone": held(Kind.CONTACT, "Staff ring up who does not come."),
        "sex": held(Kind.PROFILE, "Donors ask for figures by sex."),
        "audience": held(Kind.PROFILE, "Donors ask for figures by audience."),
        "organisation": held(Kind.PROFILE, "Who sent the person."),
        "position": held(Kind.PROFILE, "Whom the training reaches."),
        "region": held(Kind.PROFILE, "Donors ask for figures by region."),
        "timezone": held(Kind.PROFILE, "Shows times by the person's own clock, too."),
    },
    person="pk",
    kind=Kind.IDENTITY,
    plain="locale merged_into",
)
declare(
    "lms.Enrolment",
    {
        "audience": held(Kind.RESULT, "Figures, as they were then.", Fate.KEEP),
        "sex": held(Kind.RESULT, "Figures, as they were then.", Fate.KEEP),
        "region": held(Kind.RESULT, "Figures, as they were then.", Fate.KEEP),
        "organisation": held(Kind.RESULT, "Figures, as they were then.", Fate.KEEP),
        "position": held(Kind.PROFILE, "Whom the training reached."),
    },
    person="person",
    kind=Kind.RESULT,
    plain="status",
)
declare(
    "lms.EnrolmentPeriod",
    person="enrolment__person",
    kind=Kind.RESULT,
    plain="ended_as",
)
declare(
    "lms.Invitation",
    {"email": held(Kind.CONTACT, "Whom a cohort asks to come.", Fate.DELETE)},
    person="person enrolment__person",
    address="email",
    kind=Kind.CONTACT,
    topic=Topic.COURSES,
    fate=Fate.DELETE,
    why="Whom a cohort asks to come.",
    plain="code",
)
declare(
    "lms.Nomination",
    {
        "contact_name": held(Kind.CONTACT, "Who answers for an organisation."),
        "contact_email": held(Kind.CONTACT, "Who answers for an organisation."),
    },
    address="contact_email",
    kind=Kind.EVIDENCE,
    topic=Topic.COURSES,
    plain="code key",
)
declare(
    "lms.Nominee",
    {
        "name": held(
            Kind.IDENTITY, "Whom an organisation sends.", Fate.REPLACE, number
        ),
        "email": held(Kind.CONTACT, "Whom an organisation sends."),
    },
    person="enrolment__person",
    address="email",
    kind=Kind.EVIDENCE,
    topic=Topic.COURSES,
)
declare(
    "lms.Progress", person="enrolment__person", kind=Kind.RESULT, plain="state source"
)
declare(
    "lms.Waiver",
    {"reason": held(Kind.EVIDENCE, "Why a requirement was waived.")},
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    deeds="by",
    plain="requirement",
)
declare("lms.SurveyTemplate", plain="kind questions")
declare("lms.Survey", plain="kind questions")
declare(
    "lms.SurveyInvitation",
    {
        "token_hash": held(
            Kind.CONTACT,
            "Opens the survey to who holds the link.",
            Fate.REPLACE,
            is_secret=True,
            becomes=number,
        ),
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ANSWERS,
)
# Nothing leads from an answer to a person: it is nobody's to give out or erase.
declare("lms.SurveyAnswer", plain="values")
declare(
    "lms.Override",
    {
        "reason": held(
            Kind.EVIDENCE, "Why a quiz has another rule for somebody.", is_secret=True
        )
    },
    person="person",
    kind=Kind.EVIDENCE,
    topic=Topic.ANSWERS,
    deeds="by",
)
declare(
    "lms.Attempt",
    person="enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    deeds="entered_by",
    plain="status rules language",
)
declare("lms.CheckInRules", plain="off_site")
declare("lms.Sitting", deeds="by", plain="code place")
declare(
    "lms.Ticket",
    {"digest": held(Kind.ACCOUNT, "Knows a ticket's code again.", is_secret=True)},
    person="enrolment__person",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Lets somebody without an account sit a quiz.",
    deeds="printed_by",
)
declare("lms.PaperVariant", plain="letter dealt rules")
declare(
    "lms.Response",
    {
        "answer": held(
            Kind.RESULT, "What was answered.", Fate.REPLACE, becomes=without_text
        )
    },
    person="attempt__enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    plain="order",
)
declare(
    "lms.ResponseScore",
    {"comment": held(Kind.EVIDENCE, "What the marker wrote.")},
    person="response__attempt__enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    deeds="by",
    plain="kind levels",
)
declare(
    "lms.MarkingClaim",
    person="response__attempt__enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    deeds="by",
)
declare(
    "lms.SecondMark",
    {"comment": held(Kind.EVIDENCE, "What the second marker wrote.")},
    person="response__attempt__enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    deeds="by",
    plain="levels",
)
declare(
    "lms.Message",
    {
        "to": held(Kind.CONTACT, "Where the letter went."),
        "context": held(Kind.MESSAGE, "What the letter says about its reader."),
        "error": held(Kind.MESSAGE, "What the post office answered."),
    },
    person="person",
    address="to",
    kind=Kind.MESSAGE,
    deeds="by",
    plain="key fact template locale state channel dropped_because",
)
declare(
    "lms.CohortLetter",
    {"texts": held(Kind.MESSAGE, "What staff wrote to people of a cohort.", Fate.KEEP)},
    deeds="written_by approved_by",
    plain="audience",
)
declare(
    "lms.Staff",
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="What somebody may do in a cohort.",
    plain="role",
)
declare(
    "lms.RosterUpload",
    {
        "file": held(
            Kind.IDENTITY, "A list of people between its dry run and its import."
        )
    },
    deeds="by",
    plain="name audience columns result",
)
declare(
    "lms.Event",
    {
        "sheet": held(
            Kind.EVIDENCE, "The signed sheet: shows how many came.", Fate.KEEP
        ),
        "remarks": held(Kind.EVIDENCE, "What happened there.", Fate.KEEP),
    },
    deeds="recorded_by",
    plain="kind title centre place region audience withdrawn_reason",
)
declare(
    "lms.Export",
    {
        "file": held(
            Kind.IDENTITY, "A list of people, for who asked for it; seven days."
        ),
        "purpose": held(Kind.AUDIT, "What a list of people was for.", Fate.KEEP),
    },
    deeds="by",
    plain="kind params name state",
)
declare(
    "lms.Consent",
    person="person",
    kind=Kind.CONSENT,
    deeds="by",
    plain="language how",
)
declare("lms.ClosedPeriod", deeds="by")
declare("lms.FrozenAnswer", plain="report scope language tables")
declare("lms.RegradeRun", deeds="by", plain="way figures reason")
declare(
    "lms.LostPass",
    {"note": held(Kind.EVIDENCE, "What was decided about a pass lost to a regrade.")},
    person="enrolment__person",
    kind=Kind.RESULT,
    topic=Topic.ANSWERS,
    deeds="settled_by",
)
declare(
    "lms.DataExport",
    # A copy holds no copies.
    {
        "file": held(
            Kind.EVIDENCE,
            "A copy of everything, for the person alone.",
            is_secret=True,
        ),
        "purpose": held(Kind.AUDIT, "Why staff asked for a copy."),
    },
    person="person",
    kind=Kind.AUDIT,
    deeds="asked_by",
)
declare(
    "lms.Erasure",
    {"reason": held(Kind.AUDIT, "Why somebody was erased, or was not.")},
    person="person",
    kind=Kind.AUDIT,
    deeds="asked_by decided_by",
    plain="state certificates counts",
)
declare_content(
    "lms.RetentionPeriod lms.RetentionRun "
    "lms.Organisation lms.Donor lms.Project lms.Cohort lms.MarkStatus lms.StatusSet "
    "lms.ColumnMapping lms.Night lms.LetterText lms.HeadCount "
    "lms.ConsentText lms.WarningRules lms.OnlineRules"
)
# Never given out: a merge that was wrong holds what is somebody else's.
TAKES_BACK = "Takes a merge back; forgotten after 30 days."
declare(
    "lms.PersonMerge",
    {
        "changed": held(Kind.IDENTITY, TAKES_BACK, Fate.CLEAR, is_secret=True),
        "moved": held(Kind.AUDIT, TAKES_BACK, is_secret=True),
        "set_aside": held(Kind.AUDIT, TAKES_BACK, is_secret=True),
        "carried": held(Kind.AUDIT, TAKES_BACK, is_secret=True),
        "closed_account": held(
            Kind.ACCOUNT, "The second account of one person.", Fate.KEEP
        ),
    },
    person="person into",
    kind=Kind.AUDIT,
    topic=Topic.YOU,
    deeds="by undone_by",
)
declare(
    "lms.NotTheSame",
    person="one other",
    kind=Kind.AUDIT,
    topic=Topic.YOU,
    deeds="by",
)
declare(
    "lms.SignInSlip",
    {"digest": held(Kind.ACCOUNT, "Knows a slip's code again.", is_secret=True)},
    person="person",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Lets somebody without e-mail make an account.",
    deeds="printed_by",
)
declare(
    "lms.CorrectionRequest",
    {
        "old": held(Kind.IDENTITY, "What was written wrong."),
        "new": held(
            Kind.IDENTITY, "What the person says is right.", Fate.REPLACE, number
        ),
        "reason": held(Kind.IDENTITY, "Why the person says so."),
        "note": held(Kind.MESSAGE, "What staff answered."),
    },
    person="person",
    kind=Kind.AUDIT,
    deeds="decided_by",
    plain="field state",
)
