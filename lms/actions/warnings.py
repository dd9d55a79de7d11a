"""Warning participants whose attendance passes a limit of their cohort, by night."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Max, Q
from wagtail.log_actions import log

from courses import clock
from lms.attendance_rules import rules_of
from lms.letters.training import ATTENDANCE_WARNING
from lms.models import (
    AttendanceWarning,
    Cohort,
    Enrolment,
    MarkEvent,
    Session,
    WarningRules,
)
from lms.presence import attendance_sums_of, marks_of, required_sessions
from lms.sums import Sums
from lms.warned import Attendance, Limits, Threshold, missed_in_a_row, tripped, untold

from .changes import changes
from .each import add_up
from .messages import Draft, queue_all

FIELDS = ("below", "in_a_row", "when_unreachable")


@transaction.atomic
def set_warning_rules(cohort: Cohort, *, by, **fields) -> WarningRules:
    """Say of what the cohort warns; the same again changes nothing."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    rules = WarningRules.objects.filter(cohort=cohort).first()
    rules = rules or WarningRules(cohort=cohort)
    changed = changes(rules, {name: fields[name] for name in FIELDS})
    if changed:
        for name in changed:
            setattr(rules, name, fields[name])
        rules.save()
        log(cohort, "lms.set_warning_rules", user=by, data={"changed": changed})
    return rules


def warn_all() -> int:
    """The night's job: every running cohort that has rules. How many were told."""
    over = [Cohort.Status.FINISHED, Cohort.Status.CANCELLED]
    asks = Q(below__isnull=False) | Q(in_a_row__isnull=False) | Q(when_unreachable=True)
    rules = WarningRules.objects.filter(asks).exclude(cohort__status__in=over)
    cohorts = rules.select_related("cohort__edition").order_by("cohort")
    return add_up(cohorts, lambda one: warn(one.cohort, rules=one))


@transaction.atomic
def warn(cohort: Cohort, *, rules: WarningRules) -> int:
    """Tell the participants of one cohort, the worst only; how many were told.

    A second time tells nobody before somebody has missed more (ATT-52). Who withdrew
    or has completed is not asked about (ATT-53). Five queries for any number.
    """
    places = list(
        cohort.enrolments.select_for_update(of=("self",))
        .filter(status=Enrolment.Status.ACTIVE)
        .select_related("person")
        .order_by("pk")
    )
    limits = rules.limits(rules_of(cohort.edition.policy).percent)
    latest, told = _latest_missed(places), _told(places)
    warnings: list[_Warning] = []
    for place, attendance in _attendances(cohort, places):
        passed = tripped(limits, attendance)
        after = latest.get(place.pk, 0)
        new = untold(passed, told.get(place.pk, {}), after)
        warnings += [
            _Warning(place, one, attendance, limits, after, is_sent=one is passed[0])
            for one in new
        ]
    AttendanceWarning.objects.bulk_create(one.row() for one in warnings)
    sent = [one for one in warnings if one.is_sent]
    queue_all(one.draft() for one in sent)
    return len(sent)


@dataclass(frozen=True)
class _Warning:
    place: Enrolment
    threshold: Threshold
    attendance: Attendance
    limits: Limits
    after: int
    is_sent: bool

    @property
    def figure(self) -> Fraction:
        figures = {
            Threshold.UNREACHABLE: self.attendance.best_possible,
            Threshold.BELOW: self.attendance.so_far,
            Threshold.IN_A_ROW: Fraction(self.attendance.missed_in_a_row),
            Threshold.MANDATORY: Fraction(self.attendance.missed_mandatory),
        }
        return figures[self.threshold] or Fraction(0)

    @property
    def limit(self) -> int:
        limits = {
            Threshold.UNREACHABLE: self.limits.needed,
            Threshold.BELOW: self.limits.below,
            Threshold.IN_A_ROW: self.limits.in_a_row,
            Threshold.MANDATORY: 0,
        }
        return limits[self.threshold] or 0

    def row(self) -> AttendanceWarning:
        return AttendanceWarning(
            enrolment=self.place,
            threshold=self.threshold.value,
            after_event=self.after,
            figure=_rounded_down(self.figure),
            limit=self.limit,
            is_sent=self.is_sent,
            warned_at=clock.now(),
        )

    def draft(self) -> Draft:
        fact = f"warning:{self.threshold.value}:{self.after}"
        return Draft(
            key=f"{fact}:{self.place.pk}",
            fact=fact,
            template=ATTENDANCE_WARNING.key,
            person=self.place.person,
            cohort=self.place.cohort_id,
            context={
                "enrolment": self.place.pk,
                "threshold": self.threshold.value,
                "figure": str(self.figure),
                "limit": self.limit,
            },
        )


def _rounded_down(figure: Fraction) -> Decimal:
    """79.999 is not told as 80."""
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_DOWN)


def _attendances(cohort: Cohort, places: list[Enrolment]):
    sums, sessions = attendance_sums_of(cohort, places), required_sessions(cohort)
    marks = marks_of(places)
    for place in places:
        if place.pk in sums:
            given = [marks.get(place.pk, {}).get(one.pk) for one in _held(sessions)]
            pairs = [(one.credit, one.counts) for one in given if one]
            yield place, _attendance(sums[place.pk], missed_in_a_row(pairs))


def _attendance(sums: Sums, in_a_row: int) -> Attendance:
    """In the measure of the course; what is not marked yet is left out of "so far"."""
    return Attendance(
        sums.percent_marked,
        sums.projected,
        sums.best_possible,
        in_a_row,
        sum(one.is_missed for one in sums.lacking),
    )


def _held(sessions: Iterable[Session]) -> list[Session]:
    return [one for one in sessions if one.status == Session.Status.HELD]


def _latest_missed(places: list[Enrolment]) -> dict[int, int]:
    """By enrolment, the last event that wrote down less than a full session."""
    events = MarkEvent.objects.filter(
        enrolment__in=[place.pk for place in places],
        new__credit__lt=1,
        new__counts=True,
    ).order_by()
    rows = events.values("enrolment").annotate(latest=Max("pk"))
    return dict(rows.values_list("enrolment", "latest"))


def _told(places: list[Enrolment]) -> dict[int, dict[Threshold, int]]:
    told: dict[int, dict[Threshold, int]] = {}
    rows = AttendanceWarning.objects.filter(
        enrolment__in=[place.pk for place in places]
    ).order_by()
    for enrolment, threshold, after in rows.values_list(
        "enrolment", "threshold"
    ).annotate(latest=Max("after_event")):
        told.setdefault(enrolment, {})[Threshold(threshold)] = after
    return told
