"""A course as somebody sees it before, while and after studying it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from courses import coming, content_version
from courses.models import CoursePage, Prerequisite
from courses.outline import Outline, outline_of_newest

from . import words
from .catalogue import cover_url
from .outlines import modules


def course(page: CoursePage, request: HttpRequest) -> dict:
    study = getattr(request, "study", None)
    enrolment = getattr(study, "enrolment", None)
    outline = study.outline if study else outline_of_newest(page, _language(page))
    start = None if enrolment else coming.next_starts([page.translation_key])
    return {
        "study": study,
        "enrolment": enrolment,
        "missing": [one for one in _requirements(study) if not one.met],
        "waived": [one for one in _requirements(study) if one.is_waived],
        "cover_url": cover_url(page),
        "audiences": words.audiences(page.audiences),
        "hours": words.hours(page.minutes),
        "facts": _facts(page, outline),
        "modules": modules(outline, study, may_open=_may_open(request, enrolment)),
        "next_on": start.get(page.translation_key) if start else None,
        "required_before": _required_before(page)
        if getattr(request, "is_preview", False)
        else content_version.remembered(
            f"required-before:{page.pk}", lambda: _required_before(page)
        ),
    }


def _required_before(page: CoursePage) -> list[dict]:
    named = page.prerequisites.select_related("course")
    return [
        {
            "title": one.course.title,
            "url": one.course.url,
            "is_certificate": one.kind == Prerequisite.Kind.CERTIFICATE,
        }
        for one in named
    ]


def _requirements(study) -> list:
    """What completing takes, for who studies it; nobody else is asked anything."""
    return getattr(study, "requirements", [])


def _language(page: Page) -> str:
    return page.locale.language_code


def _may_open(request: HttpRequest, enrolment) -> bool:
    """Whether the outline's titles lead anywhere; the gate itself is elsewhere."""
    return bool(enrolment) or request.user.is_staff


def _facts(page: CoursePage, outline: Outline) -> list[tuple[str, str]]:
    facts = [
        (_("For whom"), words.audiences(page.audiences)),
        (_("Takes"), words.hours(page.minutes)),
        (_("Level"), page.get_level_display()),
    ]
    if outline.live:
        facts.append((_("Contents"), words.contents(outline)))
    if page.attendance_percent:
        facts.append((_("Attendance"), _attendance(page)))
    return facts


def _attendance(page: CoursePage) -> str:
    is_timed = page.attendance_measure == CoursePage.Measure.MINUTES
    share = (
        _("at least %(percent)s %% of the minutes")
        if is_timed
        else _("at least %(percent)s %% of the sessions")
    )
    words = share % {"percent": page.attendance_percent}
    if page.attendance_best_of:
        best = ngettext(
            "%(share)s, your best %(count)s session",
            "%(share)s, your best %(count)s sessions",
            page.attendance_best_of,
        )
        return best % {"share": words, "count": page.attendance_best_of}
    return words
