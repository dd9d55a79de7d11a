"""What the tables of attendance hold about people; as in `learning`."""

from .fields import Fate, Kind, declare, held
from .topics import Topic

declare(
    "lms.Mark",
    {"remark": held(Kind.EVIDENCE, "What the trainer wrote.")},
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ATTENDANCE,
    deeds="marked_by",
    plain="source",
)
declare(
    "lms.MarkEvent",
    {
        "remark": held(Kind.EVIDENCE, "What the trainer wrote."),
        "reason": held(Kind.EVIDENCE, "Why a mark was changed."),
        "device": held(Kind.EVIDENCE, "From which device a mark came."),
        "network": held(Kind.EVIDENCE, "From where a mark came."),
        "flags": held(Kind.EVIDENCE, "What was odd about a mark."),
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ATTENDANCE,
    deeds="by",
    plain="kind source",
)
declare(
    "lms.RefusedCheckIn",
    {
        "device": held(Kind.EVIDENCE, "From which device somebody tried."),
        "network": held(Kind.EVIDENCE, "From where somebody tried."),
        "digest": held(Kind.EVIDENCE, "The same wrong code twice can be told."),
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ATTENDANCE,
    deeds="by",
    plain="source why",
)
declare(
    "lms.AttendanceWarning",
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ATTENDANCE,
    plain="threshold",
)
declare(
    "lms.ConferenceUpload",
    {
        "file": held(
            Kind.EVIDENCE, "Who was in a conference, between dry run and import."
        )
    },
    deeds="by",
    plain="name timezone order decisions result",
)
declare(
    "lms.Apology",
    {
        "reason": held(
            Kind.EVIDENCE, "Why somebody could not come; half a year after the session."
        ),
        "paper": held(
            Kind.EVIDENCE, "Shows why somebody could not come; as long as the reason."
        ),
        "answer": held(Kind.MESSAGE, "What the trainer answered."),
    },
    person="enrolment__person",
    kind=Kind.EVIDENCE,
    topic=Topic.ATTENDANCE,
    deeds="decided_by",
    plain="state",
)
declare(
    "lms.RegisterScan",
    {
        "file": held(Kind.EVIDENCE, "The signed sheet: shows who came.", Fate.KEEP),
    },
    deeds="by",
    plain="digest",
)
