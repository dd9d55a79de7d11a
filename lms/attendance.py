"""What a register shows, and what a participant is told of it. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import FilteredRelation, Q
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from .alphabet import by_name
from .completion import percent_text
from .models import Enrolment, Mark, MarkEvent, MarkStatus, Session
from .sums import Sums


@dataclass(frozen=True)
class Line:
    """One participant in a register; `mark` is None before anything was noted."""

    enrolment: Enrolment
    mark: Mark | None
    is_expected: bool

    @property
    def pk(self) -> int:
        return self.enrolment.pk

    @property
    def name(self) -> str:
        return self.enrolment.person.legal_name

    @property
    def status(self) -> MarkStatus | None:
        return self.mark.status if self.mark else None

    @property
    def code(self) -> str:
        return self.status.code if self.status else ""

    @property
    def remark(self) -> str:
        return self.mark.remark if self.mark else ""

    @property
    def version(self) -> int:
        return self.mark.version if self.mark else 0

    @property
    def is_gone(self) -> bool:
        """Withdrawn before the session began, not enrolled after it."""
        return not self.is_expected and self.enrolment.active_to is not None

    @property
    def is_missing(self) -> bool:
        """Expected and without a status; a remark alone is no mark (ATT-38)."""
        return self.is_expected and self.status is None


def sheet_of(session: Session, *, only: Iterable[int] | None = None) -> list[Line]:
    """Everybody who has or had a place in the cohort, by name; one query.

    `only` limits it to these enrolments.
    """
    places = Enrolment.objects.filter(cohort=session.cohort_id).exclude(
        active_from=None
    )
    if only is not None:
        places = places.filter(pk__in=only)
    places = (
        places.annotate(
            noted=FilteredRelation("marks", condition=Q(marks__session=session.pk))
        )
        .select_related("person", "organisation", "noted__status", "noted__marked_by")
        .order_by("pk")
    )
    lines = [
        Line(place, getattr(place, "noted", None), session.expects(place))
        for place in places
    ]
    return sorted(lines, key=lambda line: by_name(line.name))


def statuses_of(session: Session) -> dict[str, MarkStatus]:
    """What can be marked here by code, each in its newest version."""
    rows = MarkStatus.objects.filter(set=session.status_set).order_by("version")
    return {status.code: status for status in rows}


def history_of(enrolment: Enrolment, session: Session | None = None):
    """Every change of the marks of one participant, the first one first."""
    events = MarkEvent.objects.filter(enrolment=enrolment)
    if session is not None:
        events = events.filter(session=session)
    return events.select_related("old", "new", "by")


def in_words(sums: Sums, least: int) -> str:
    """Attendance as a participant reads it: "2 of 3 sessions so far, 80% needed"."""
    if not sums.countable:
        return gettext("No session counts for you yet.")
    words = ngettext(
        "%(credit)s of %(count)s session so far",
        "%(credit)s of %(count)s sessions so far",
        sums.countable,
    ) % {"credit": _credit(sums.credit), "count": sums.countable}
    if not least:
        return gettext("%(so_far)s.") % {"so_far": words}
    return gettext("%(so_far)s, %(needed)s needed.") % {
        "so_far": words,
        "needed": percent_text(Fraction(least)),
    }


def _credit(credit: Fraction) -> str:
    if credit.denominator == 1:
        return number_format(int(credit))
    return number_format(float(credit), 3).rstrip("0")
