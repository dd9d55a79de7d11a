"""Who is learning: people, cohorts, enrolments, attendance, attempts, messages."""

from .attempt import Attempt, Override, RegradeRun, Response, ResponseScore
from .attendance import Mark, MarkEvent, MarkStatus, Session
from .cohort import Cohort, Donor, Project, Staff
from .enrolment import Enrolment, Progress, Waiver
from .message import LetterText, Message
from .night import Night
from .person import Organisation, Person, Region, Sex
from .roster import ColumnMapping, RosterUpload

__all__ = [
    "Attempt",
    "Cohort",
    "ColumnMapping",
    "Donor",
    "Enrolment",
    "LetterText",
    "Mark",
    "MarkEvent",
    "MarkStatus",
    "Message",
    "Night",
    "Organisation",
    "Override",
    "Person",
    "Progress",
    "Project",
    "Region",
    "RegradeRun",
    "Response",
    "ResponseScore",
    "RosterUpload",
    "Session",
    "Sex",
    "Staff",
    "Waiver",
]
