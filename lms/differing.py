"""What differs in a quiz of a cohort, in words for the people who teach it."""

from dataclasses import dataclass
from datetime import tzinfo
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Cohort, Override
from .zones import by_the_clock


@dataclass(frozen=True)
class Differing:
    """One override: for whom, what is different, why and by whom."""

    pk: int
    whom: str
    words: list[str]
    reason: str
    by: str


def differing(cohort: Cohort, quiz_key: UUID) -> list[Differing]:
    """The cohort's own first, then those of its people by name."""
    rows = Override.objects.within(cohort).filter(quiz_key=quiz_key)
    named = rows.select_related("person", "by").order_by("person__legal_name", "pk")
    found = [_differing(row, cohort) for row in named if row.person_id is None]
    return found + [_differing(row, cohort) for row in named if row.person_id]


def settings_in_words(row: Override, zone: tzinfo) -> list[str]:
    """Each setting that differs, times by the clock of the cohort."""
    words = []
    if row.extra_time_percent is not None:
        text = _("%(percent)s %% more time")
        words.append(text % {"percent": row.extra_time_percent})
    if row.extra_attempts is not None:
        n = row.extra_attempts
        text = ngettext("%(n)s more attempt", "%(n)s more attempts", n)
        words.append(text % {"n": n})
    if row.opens_at:
        words.append(_("opens: %(when)s") % {"when": by_the_clock(row.opens_at, zone)})
    if row.closes_at:
        words.append(
            _("closes: %(when)s") % {"when": by_the_clock(row.closes_at, zone)}
        )
    return words


def _differing(row: Override, cohort: Cohort) -> Differing:
    return Differing(
        pk=row.pk,
        whom=str(row.person) if row.person_id else _("Everybody in this cohort"),
        words=settings_in_words(row, cohort.zone),
        reason=row.reason,
        by=row.by.get_full_name() or row.by.get_username(),
    )
