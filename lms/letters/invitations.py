"""Sessions as entries for the calendar, and as attachments of letters (CM-08)."""

from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext

from courses import clock
from lms.calendars import Meeting, Method, calendar_file
from lms.models import Session

from .about import About


def meeting(session: Session) -> Meeting:
    """Neutral: a calendar shows it to whoever looks at the phone (CM-11)."""
    return Meeting(
        uid=f"{session.uid}@{domain()}",
        sequence=session.sequence,
        starts_at=session.instant(),
        minutes=session.minutes,
        summary=gettext("%(site)s: session") % {"site": settings.WAGTAIL_SITE_NAME},
        place=session.place,
        link=session.link,
        is_cancelled=session.status == Session.Status.CANCELLED,
    )


def sender() -> str:
    """The address letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def domain() -> str:
    return sender().rpartition("@")[2] or "localhost"


def request(about: About) -> list[MIMEText]:
    return [_attached(about.session, Method.REQUEST, about.to)]


def cancelled(about: About) -> list[MIMEText]:
    return [_attached(about.session, Method.CANCEL, about.to)]


def all_cancelled(about: About) -> list[MIMEText]:
    """One file for each session that will not be held."""
    sessions = about.cohort.sessions.filter(starts_at__gt=clock.now())
    return [
        _attached(session, Method.CANCEL, about.to)
        for session in sessions.select_related("cohort")
    ]


def to_take(session: Session) -> bytes:
    """The file behind "Add to calendar"."""
    return calendar_file([meeting(session)], method=Method.PUBLISH, stamp=clock.now())


def _attached(session: Session, method: Method, to: str) -> MIMEText:
    """Mail programs act on the method that the type of the part says."""
    file = calendar_file(
        [meeting(session)],
        method=method,
        stamp=clock.now(),
        organiser=sender(),
        attendee=to,
    )
    part = MIMEText(file.decode(), "calendar", "utf-8")
    part.set_param("method", method.value)
    part.add_header("Content-Disposition", "attachment", filename="session.ics")
    return part
