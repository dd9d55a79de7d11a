"""Short sentences about a course that several screens say."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Audience
from courses.outline import Activity, Outline


def hours(minutes: int) -> str:
    """Whole or half hours; under one hour in minutes."""
    if minutes < 60:
        return duration(minutes)
    halves = round(Fraction(minutes, 30))
    number = number_format(Decimal(halves) / 2, decimal_pos=halves % 2)
    # A half counts as many in every language here.
    count = halves // 2 if halves % 2 == 0 else 2
    words = ngettext("%(number)s hour", "%(number)s hours", count)
    return words % {"number": number}


def duration(minutes: int) -> str:
    words = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes)
    return words % {"minutes": minutes}


def audiences(codes: list[str]) -> str:
    """The names, joined; all of them are for everybody."""
    if set(Audience.values) <= set(codes):
        return _("For everybody")
    names = [str(Audience(code).label) for code in codes if code in Audience]
    return ", ".join([*names[:1], *map(inside_a_sentence, names[1:])])


def inside_a_sentence(words: str) -> str:
    """A small letter first, except where an abbreviation begins."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def contents(outline: Outline) -> str:
    """How many lessons and quizzes."""
    kinds = [activity.kind for activity in outline.live]
    lessons, quizzes = kinds.count("lesson"), kinds.count("quiz")
    parts = []
    if lessons:
        parts.append(
            ngettext("%(n)s lesson", "%(n)s lessons", lessons) % {"n": lessons}
        )
    if quizzes:
        parts.append(ngettext("%(n)s quiz", "%(n)s quizzes", quizzes) % {"n": quizzes})
    return ", ".join(parts)


def note(activity: Activity) -> str:
    """What stands under a title in the outline."""
    parts = [_("Quiz")] if activity.kind == "quiz" else []
    if activity.minutes:
        parts.append(_("%(minutes)s min") % {"minutes": activity.minutes})
    if not activity.is_required:
        parts.append(_("not required"))
    return ", ".join(parts)
