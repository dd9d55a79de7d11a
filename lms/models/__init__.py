"""Who is learning: people, cohorts, enrolments, attendance, attempts, messages."""

from .admission import CODE_LENGTH, Invitation, Nomination, Nominee
from .apology import Apology
from .attempt import Attempt
from .attendance import Mark, Session
from .calendar_address import CalendarAddress
from .check_in import CheckInRules, SpentTicket
from .closed_period import ClosedPeriod, FrozenAnswer
from .cohort import Cohort, Donor, Project, Staff
from .cohort_letter import CohortLetter
from .conference import ConferenceUpload, OnlineRules
from .consent import Consent, ConsentText
from .correction import CorrectionRequest
from .enrolment import Enrolment, EnrolmentPeriod, Progress, Waiver
from .event import REGION_OF_CENTRE, AgeBand, Centre, Event, HeadCount
from .export import Export
from .mark_event import MarkEvent
from .mark_status import MarkStatus
from .marking import MarkingClaim, SecondMark
from .merge import NotTheSame, PersonMerge
from .message import LetterText, Message
from .night import Night
from .override import Override
from .paper import PaperVariant
from .person import Organisation, Person, Region, Sex
from .privacy import DataExport, Erasure, RetentionPeriod, RetentionRun
from .refused_check_in import RefusedCheckIn
from .register_scan import RegisterScan
from .regrade import LostPass, RegradeRun
from .response import Response, ResponseScore
from .room import Sitting, Ticket
from .roster import ColumnMapping, RosterUpload
from .session_series import SessionSeries
from .slip import SignInSlip
from .status_set import StatusSet
from .survey import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyKind,
    SurveyTemplate,
)
from .warning import AttendanceWarning, WarningRules

__all__ = [
    "CODE_LENGTH",
    "REGION_OF_CENTRE",
    "AgeBand",
    "Apology",
    "Attempt",
    "AttendanceWarning",
    "CalendarAddress",
    "Centre",
    "CheckInRules",
    "ClosedPeriod",
    "Cohort",
    "CohortLetter",
    "ColumnMapping",
    "ConferenceUpload",
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
    "OnlineRules",
    "Organisation",
    "Override",
    "PaperVariant",
    "Person",
    "PersonMerge",
    "Progress",
    "Project",
    "RefusedCheckIn",
    "Region",
    "RegisterScan",
    "RegradeRun",
    "Response",
    "ResponseScore",
    "RetentionPeriod",
    "RetentionRun",
    "RosterUpload",
    "SecondMark",
    "Session",
    "SessionSeries",
    "Sex",
    "SignInSlip",
    "Sitting",
    "SpentTicket",
    "Staff",
    "StatusSet",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyKind",
    "SurveyTemplate",
    "Ticket",
    "Waiver",
    "WarningRules",
]
