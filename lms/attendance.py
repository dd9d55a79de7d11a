"""What a register shows, and what a participant is told of it. Writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, FilteredRelation, Min, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from .alphabet import by_name
from .attendance_rules import MINUTES, NOT_EXPECTED, rules_of
from .completion import percent_text
from .models import Apology, Enrolment, Mark, MarkEvent, MarkStatus, Session
from .sums import Sums, was_before


@dataclass(frozen=True)
class Line:
    """One participant in a register; `mark` is None before anything was noted."""

    enrolment: Enrolment
    mark: Mark | None
    is_expected: bool
    # Before they joined, where the course lets a trainer decide (ATT-11).
    may_be_decided: bool = False

    @property
    def may_be_marked(self) -> bool:
        return self.is_expected or self.may_be_decided

    @property
    def pk(self) -> int:
        return self.enrolment.pk

    @property
    def apology(self) -> Apology | None:
        """What they said beforehand, unless it was declined or taken back."""
        return getattr(self.enrolment, "said", None)

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
    def minutes(self) -> int | None:
        return self.mark.minutes if self.mark else None

    @property
    def is_corrected(self) -> bool:
        """Was it changed after the register had been signed off?"""
        return getattr(self.enrolment, "is_corrected", False)

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
        return self.is_expected and not self.is_guest and self.status is None

    @property
    def is_guest(self) -> bool:
        return self.enrolment.is_guest


def sheet_of(session: Session, *, only: Iterable[int] | None = None) -> list[Line]:
    """Everybody who has or had a place in the cohort, by name; one query.

    A guest stands in it who was marked here. `only` limits it to these enrolments.
    """
    places = Enrolment.objects.filter(cohort=session.cohort_id).exclude(
        active_from=None
    )
    if only is not None:
        places = places.filter(pk__in=only)
    places = (
        places.annotate(
            noted=FilteredRelation("marks", condition=Q(marks__session=session.pk)),
            said=FilteredRelation(
                "apologies",
                condition=Q(
                    apologies__session=session.pk,
                    apologies__state__in=Apology.STANDING,
                ),
            ),
        )
        .select_related(
            "person", "organisation", "noted__status", "noted__marked_by", "said"
        )
        .order_by("pk")
    )
    if only is None:
        places = places.exclude(
            Q(noted__status=None) | Q(person__merged_into__isnull=False),
            status=Enrolment.Status.GUEST,
        )
    if session.signed_at:
        places = places.annotate(is_corrected=_corrected(session))
    lines = [
        Line(
            place,
            getattr(place, "noted", None),
            session.expects(place),
            _may_be_decided(session, place),
        )
        for place in places
    ]
    return sorted(lines, key=lambda line: by_name(line.name))


def _corrected(session: Session) -> Exists:
    """Of whom something was changed after sign-off."""
    events = MarkEvent.objects.filter(session=session.pk, enrolment=OuterRef("pk"))
    flags = events.annotate(told=Cast("flags", TextField()))
    return Exists(flags.filter(told__contains=MarkEvent.Flag.AFTER_SIGN_OFF.value))


def _may_be_decided(session: Session, place: Enrolment) -> bool:
    """Reads the course's rules only for who joined after the session."""
    if place.moved_from_id or not was_before(session.ends_at, place.active_from):
        return False
    return rules_of(session.cohort.edition.policy).before != NOT_EXPECTED


def statuses_of(session: Session) -> dict[str, MarkStatus]:
    """What can be marked here by code, in the order of the set.

    A session that has marks keeps the version they have; others take the newest
    (ATT-37). Kept for a minute: a status in use never changes, so an old answer lacks
    at most what is new. Who adds or changes one calls `forget_statuses`.
    """
    versions = cache.get_or_set(
        f"mark-statuses:{session.status_set}",
        lambda: _versions_of(session.status_set),
        timeout=60,
    )
    return versions.get(_version_of(session, versions), {})


def forget_statuses(status_set: str) -> None:
    """They have just changed: before the commit for us, after it for everybody.

    Whoever asks in between reads and keeps the old ones.
    """
    key = f"mark-statuses:{status_set}"
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))


def _versions_of(status_set: str) -> dict[int, dict[str, MarkStatus]]:
    versions: dict[int, dict[str, MarkStatus]] = {}
    for status in MarkStatus.objects.filter(set=status_set):
        versions.setdefault(status.version, {})[status.code] = status
    return versions


def _version_of(session: Session, versions: Collection[int]) -> int:
    """Asks only for a set that was ever changed."""
    if len(versions) < 2:
        return max(versions, default=0)
    begun = Mark.objects.filter(
        session=session.pk, status__set=session.status_set
    ).aggregate(version=Min("status__version"))
    return begun["version"] or max(versions)


def history_of(*places: Enrolment, session: Session | None = None):
    """Every change of the marks of one participant, the first one first."""
    events = MarkEvent.objects.filter(enrolment__in=places)
    if session is not None:
        events = events.filter(session=session)
    return events.select_related(
        "old", "new", "stated", "by", "about__stated", "about__by"
    )


def in_words(sums: Sums) -> str:
    """Attendance as a participant reads it: "2 of 3 sessions so far, 80% needed"."""
    if not sums.countable:
        return gettext("No session counts for you yet.")
    words = _so_far(sums)
    if not sums.rules.percent:
        return gettext("%(so_far)s.") % {"so_far": words}
    return gettext("%(so_far)s, %(needed)s needed.") % {
        "so_far": words,
        "needed": percent_text(Fraction(sums.rules.percent)),
    }


def bounds_in_words(sums: Sums) -> str:
    """What it comes to at least and at best, in the measure that is asked for."""
    if sums.projected is None or sums.best_possible is None:
        return ""
    if sums.projected == sums.best_possible:
        return gettext("%(percent)s of the whole course.") % {
            "percent": percent_text(sums.projected)
        }
    return gettext(
        "Of the whole course: at least %(least)s, if you came to nothing more; at best "
        "%(most)s, if you come to everything."
    ) % {
        "least": percent_text(sums.projected),
        "most": percent_text(sums.best_possible),
    }


def _so_far(sums: Sums) -> str:
    """In minutes where the course asks for minutes."""
    share = sums.figures.so_far
    if sums.rules.measure == MINUTES:
        words = ngettext(
            "%(credit)s of %(count)s minute so far",
            "%(credit)s of %(count)s minutes so far",
            share.of,
        )
    else:
        words = ngettext(
            "%(credit)s of %(count)s session so far",
            "%(credit)s of %(count)s sessions so far",
            share.of,
        )
    return words % {"credit": _credit(share.earned), "count": number_format(share.of)}


def _credit(credit: Fraction) -> str:
    if credit.denominator == 1:
        return number_format(int(credit))
    return number_format(float(credit), 3).rstrip("0")
