"""The placeholders of letters: each name with its words, a sample and its value.

Default texts name neither course nor cohort: a course's title may say what must not
stand in a mailbox (CM-11). `{training}` says the days and the place.
"""

from fractions import Fraction
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from lms.completion import percent_text
from lms.models import Cohort, Session
from lms.titles import course_titles
from lms.warned import Threshold
from lms.zones import by_own_clock, by_the_clock, city

from .about import About
from .kinds import Placeholder


def training(cohort: Cohort) -> str:
    """The days, the place and the code: neutral words for a cohort."""
    days = gettext("%(start)s – %(end)s") % {
        "start": date_format(cohort.starts_on, "SHORT_DATE_FORMAT"),
        "end": date_format(cohort.ends_on, "SHORT_DATE_FORMAT"),
    }
    return ", ".join(filter(None, [days, cohort.place, cohort.code]))


def when(session: Session, own: ZoneInfo | None = None) -> str:
    """The day, the hour and whose clock it is; then by the reader's own (ATT-43)."""
    words = gettext("%(day)s, %(time)s (%(city)s time)") % {
        "day": date_format(session.local_date, "l, j E Y"),
        "time": session.local_time.strftime("%H:%M"),
        "city": city(session.cohort.timezone),
    }
    start, end = session.instant(), session.local_end
    return "; ".join(filter(None, [words, own and by_own_clock(start, end, own)]))


def _when(about: About) -> str:
    return when(about.session, about.person.zone if about.person else None)


def _name(about: About) -> str:
    return about.context.get("name") or (
        about.person.legal_name if about.person else ""
    )


def _until(about: About) -> str:
    until = about.instant("until")
    if until is None:
        return ""
    return gettext("%(when)s (%(city)s time)") % {
        "when": by_the_clock(until, about.zone),
        "city": city(str(about.zone)),
    }


def link_to(name: str):
    """A value: the address of this page, in the letter's language."""
    return lambda about: about.base_url + reverse(name)


def _link(about: About) -> str:
    url = about.context.get("url", "")
    return about.base_url + url if url.startswith("/") else url


def _attendance(about: About) -> str:
    """Where the person sees the marks that a letter is about."""
    place = about.context.get("enrolment")
    return about.base_url + (
        reverse("lms:my_attendance", args=[place])
        if place
        else reverse("lms:my_courses")
    )


def said(name: str):
    """A value: what the context says under this name."""
    return lambda about: str(about.context.get(name) or "")


def _warning(about: About) -> str:
    """What an attendance warning is about, worked out in the letter's language."""
    if "figure" not in about.context:
        return ""
    figure, limit = Fraction(about.context["figure"]), about.context["limit"]
    if about.context["threshold"] == Threshold.IN_A_ROW:
        return ngettext(
            "You missed the last session.",
            "You missed the last %(count)s sessions.",
            int(figure),
        ) % {"count": int(figure)}
    if about.context["threshold"] == Threshold.MANDATORY:
        return gettext("You missed a session that must be attended.")
    words = {
        Threshold.BELOW: gettext(
            "Your attendance so far is %(figure)s. We write to you below %(limit)s."
        ),
        Threshold.UNREACHABLE: gettext(
            "The course asks for attendance of %(limit)s. If you come to every "
            "session from now on, you reach %(figure)s."
        ),
    }[Threshold(about.context["threshold"])]
    return words % {
        "figure": percent_text(figure),
        "limit": percent_text(Fraction(limit)),
    }


def _excused(about: About) -> str:
    if "is_approved" not in about.context:
        return ""
    if about.context["is_approved"]:
        return gettext("You are excused: the session does not count for you.")
    return gettext("You are not excused from the session.")


def _minutes(about: About) -> str:
    return str(about.session.minutes)


def _after(about: About) -> str:
    return {
        "3m": pgettext("how long ago", "three months ago"),
        "6m": pgettext("how long ago", "six months ago"),
    }.get(about.context.get("after", ""), "")


NAME = Placeholder("name", _("name of the person"), "Мадина Раҳимова", _name)
SITE = Placeholder(
    "site_name",
    _("name of the site"),
    "Ustod",
    lambda about: settings.WAGTAIL_SITE_NAME,
)
TRAINING = Placeholder(
    "training",
    _("days, place and code of the cohort"),
    "12 – 16.10.2026, Khujand, khujand-2026-10",
    lambda about: training(about.cohort),
)
COHORT = Placeholder(
    "cohort",
    _("title of the cohort: check that it may stand in a mailbox"),
    "Khujand, October 2026",
    lambda about: about.cohort.title,
)
COURSE = Placeholder(
    "course",
    _("title of the course: check that it may stand in a mailbox"),
    "Foundations",
    lambda about: course_titles().get(about.cohort.edition.course_key, ""),
)
WHEN = Placeholder(
    "when",
    _("day and hour of the session"),
    "12.10.2026, 09:00",
    _when,
)
MINUTES = Placeholder("minutes", _("length of the session in minutes"), "90", _minutes)
PLACE = Placeholder(
    "place",
    _("where the session is"),
    "Khujand, room 2",
    lambda about: about.session.place,
)
MEETING = Placeholder(
    "meeting",
    _("address of the online meeting"),
    "https://meet.example.org/1",
    lambda about: about.session.link,
)
UNTIL = Placeholder("until", _("until when"), "12.10.2026, 18:00", _until)
LINK = Placeholder("link", _("address to open"), "https://example.org/x", _link)
COURSES = Placeholder(
    "link",
    _("address of My courses"),
    "https://example.org/my/",
    link_to("lms:my_courses"),
)
ATTENDANCE = Placeholder(
    "link",
    _("address of My attendance"),
    "https://example.org/my/attendance/1/",
    _attendance,
)
REASON = Placeholder("reason", _("reason in words"), "–", said("reason"))
DECISION = Placeholder("decision", _("what was decided"), "–", said("decision"))
NOTE = Placeholder("note", _("what staff wrote about it"), "–", said("note"))
EXCUSED = Placeholder(
    "decision",
    _("what was decided"),
    "You are excused.",
    _excused,
)
WARNING = Placeholder(
    "warning",
    _("what the warning is about"),
    "Your attendance so far is 60%. We write to you below 70%.",
    _warning,
)
AFTER = Placeholder("after", _("how long ago the training was"), "–", _after)

# Any letter about a cohort may use these.
OF_COHORT = (NAME, SITE, TRAINING, COHORT, COURSE)
OF_SESSION = (*OF_COHORT, WHEN, MINUTES, PLACE, MEETING)
