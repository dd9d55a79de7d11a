"""Who is learning: people, cohorts, enrolments, attendance, attempts, messages."""

from .admission import CODE_LENGTH, Invitation, Nomination, Nominee
from .attempt import Attempt
from .attendance import Mark, MarkEvent, MarkStatus, Session
from .closed_period import ClosedPeriod, FrozenAnswer
from .cohort import Cohort, Donor, Project, Staff
from .cohort_letter import CohortLetter
from .consent import Consent, ConsentText
from .correction import CorrectionRequest
from .enrolment import Enrolment, EnrolmentPeriod, Progress, Waiver
from .event import REGION_OF_CENTRE, AgeBand, Centre, Event, HeadCount
from .export import Export
from .marking import MarkingClaim, SecondMark
from .merge import NotTheSame, PersonMerge
from .message import LetterText, Message
from .night import Night
from .override import Override
from .paper import PaperVariant
from .person import Organisation, Person, Region, Sex
from .privacy import DataExport, Erasure, RetentionPeriod, RetentionRun
from .regrade import LostPass, RegradeRun
from .response import Response, ResponseScore
from .room import Sitting, Ticket
from .roster import ColumnMapping, RosterUpload
from .slip import SignInSlip
from .survey import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyKind,
    SurveyTemplate,
)

__all__ = [
    "CODE_LENGTH",
    "REGION_OF_CENTRE",
    "AgeBand",
    "Attempt",
    "Centre",
    "ClosedPeriod",
    "Cohort",
    "CohortLetter",
    "ColumnMapping",
    "Consent",
    "ConsentText",
    "CorrectionRequest",
    "DataExport",
    "Donor",
    "Enrolment",
    "EnrolmentPeriod",
    "Erasure",
    "Event",
    "Export",
    "FrozenAnswer",
    "HeadCount",
    "Invitation",
    "LetterText",
    "LostPass",
    "Mark",
    "MarkEvent",
    "MarkStatus",
    "MarkingClaim",
    "Message",
    "Night",
    "Nomination",
    "Nominee",
    "NotTheSame",
    "Organisation",
    "Override",
    "PaperVariant",
    "Person",
    "PersonMerge",
    "Progress",
    "Project",
    "Region",
    "RegradeRun",
    "Response",
    "ResponseScore",
    "RetentionPeriod",
    "RetentionRun",
    "RosterUpload",
    "SecondMark",
    "Session",
    "Sex",
    "SignInSlip",
    "Sitting",
    "Staff",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyKind",
    "SurveyTemplate",
    "Ticket",
    "Waiver",
]
