"""The letters of training: admission, sessions, quizzes, surveys, people's own data."""

from django.utils.translation import gettext_lazy as _

from lms.models import Enrolment

from . import invitations, needed
from .kinds import Kind, register
from .own_words import COHORT_LETTER
from .values import (
    AFTER,
    ATTENDANCE,
    COURSES,
    DECISION,
    EXCUSED,
    LINK,
    NAME,
    NOTE,
    OF_COHORT,
    OF_SESSION,
    REASON,
    SITE,
    UNTIL,
    WARNING,
)

Status = Enrolment.Status

INVITED = Kind(
    "lms/mail/invited",
    _("Invitation"),
    (*OF_COHORT, LINK),
    why_not=(needed.cohort_over, needed.has_place, needed.invitation_over),
    most_a_week=3,
    most_a_day=500,
)
SEAT_OFFERED = Kind(
    "lms/mail/seat_offered",
    _("A seat is offered"),
    (*OF_COHORT, UNTIL, LINK),
    why_not=(
        needed.cohort_over,
        needed.status_is_not(Status.OFFERED),
        needed.too_late,
    ),
)
OFFER_EXPIRED = Kind(
    "lms/mail/offer_expired",
    _("An offered seat was not taken"),
    (*OF_COHORT, COURSES),
    why_not=(
        needed.cohort_cancelled,
        needed.status_is(Status.ACTIVE, Status.COMPLETED, Status.OFFERED),
    ),
)
REQUEST_RECEIVED = Kind(
    "lms/mail/request_received",
    _("A request for a place arrived"),
    (*OF_COHORT, COURSES),
    why_not=(needed.cohort_cancelled, needed.status_is_not(Status.REQUESTED)),
)
REQUEST_REFUSED = Kind(
    "lms/mail/request_refused",
    _("A request for a place was refused"),
    (*OF_COHORT, REASON),
    why_not=(needed.status_is(Status.ACTIVE, Status.COMPLETED, Status.REQUESTED),),
)
WAITLISTED = Kind(
    "lms/mail/waitlisted",
    _("On the waiting list"),
    (*OF_COHORT, COURSES),
    why_not=(needed.cohort_cancelled, needed.status_is_not(Status.WAITLISTED)),
)
ENROLLED = Kind(
    "lms/mail/enrolled",
    _("A place is given"),
    (*OF_COHORT, COURSES),
    why_not=(needed.cohort_cancelled, needed.place_ended),
    on_paper=True,
)
COHORT_CANCELLED = Kind(
    "lms/mail/cohort_cancelled",
    _("The cohort is cancelled"),
    (*OF_COHORT, REASON),
    attachments=invitations.all_cancelled,
    on_paper=True,
)
CORRECTION_DECIDED = Kind(
    "lms/mail/correction_decided",
    _("A correction was decided"),
    (NAME, SITE, DECISION, NOTE),
)
SURVEY = Kind(
    "lms/mail/survey",
    _("Survey"),
    (*OF_COHORT, AFTER, LINK),
    why_not=(needed.place_ended, needed.survey_over),
)
EXPORT_READY = Kind(
    "lms/mail/export_ready",
    _("A file is ready"),
    (NAME, SITE, UNTIL, LINK),
    why_not=(needed.too_late,),
)
SESSION_REMINDER = Kind(
    "lms/mail/session_reminder",
    _("Reminder of a session"),
    OF_SESSION,
    why_not=(
        needed.session_cancelled,
        needed.session_moved,
        needed.session_begun,
        needed.place_ended,
        needed.course_complete,
    ),
    attachments=invitations.request,
)
SESSION_CHANGED = Kind(
    "lms/mail/session_changed",
    _("A session is changed"),
    OF_SESSION,
    why_not=(
        needed.session_cancelled,
        needed.session_changed,
        needed.session_begun,
        needed.place_ended,
        needed.course_complete,
    ),
    attachments=invitations.request,
    on_paper=True,
)
SESSION_CANCELLED = Kind(
    "lms/mail/session_cancelled",
    _("A session is cancelled"),
    (*OF_SESSION, REASON),
    # A cancelled cohort says so itself, once.
    why_not=(needed.cohort_cancelled, needed.place_ended),
    attachments=invitations.cancelled,
    on_paper=True,
)
MISSED_SESSION = Kind(
    "lms/mail/missed_session",
    _("A session was missed"),
    (*OF_SESSION, COURSES),
    why_not=(needed.not_absent, needed.place_ended, needed.course_complete),
)
QUIZ_OPENS = Kind(
    "lms/mail/quiz_opens",
    _("A quiz opens"),
    (*OF_COHORT, UNTIL, COURSES),
    why_not=(
        needed.window_changed,
        needed.too_late,
        needed.place_ended,
        needed.course_complete,
    ),
)
APOLOGY_DECIDED = Kind(
    "lms/mail/apology_decided",
    _("An apology was decided"),
    (*OF_SESSION, EXCUSED, NOTE),
    why_not=(needed.session_cancelled, needed.place_ended),
)
ATTENDANCE_WARNING = Kind(
    "lms/mail/attendance_warning",
    _("Warning about attendance"),
    (*OF_COHORT, WARNING, ATTENDANCE),
    why_not=(needed.cohort_over, needed.place_ended, needed.course_complete),
    on_paper=True,
)

ALL = [
    INVITED,
    SEAT_OFFERED,
    OFFER_EXPIRED,
    REQUEST_RECEIVED,
    REQUEST_REFUSED,
    WAITLISTED,
    ENROLLED,
    COHORT_CANCELLED,
    CORRECTION_DECIDED,
    SURVEY,
    EXPORT_READY,
    SESSION_REMINDER,
    SESSION_CHANGED,
    SESSION_CANCELLED,
    MISSED_SESSION,
    QUIZ_OPENS,
    APOLOGY_DECIDED,
    ATTENDANCE_WARNING,
    COHORT_LETTER,
]


def register_all() -> None:
    """Once the models are there."""
    for kind in ALL:
        register(kind)
