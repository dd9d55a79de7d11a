"""What a report is asked: the period, and what it is narrowed to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.models import Cohort, Donor, Enrolment, Project

from .period import Period

# Asks for rows whose value is missing, where "" asks for all.
UNKNOWN = "-"


@dataclass(frozen=True)
class Question:
    """`cohorts` are those the asker may count, None being all. "" narrows nothing.

    `only` is a report's own word for a part of its people, such as a step of a funnel;
    it comes from an address, so that a report passes over what it does not know.
    """

    period: Period
    cohorts: QuerySet[Cohort] | None = None
    donor: Donor | None = None
    project: Project | None = None
    region: str = ""
    audience: str = ""
    sex: str = ""
    only: str = ""

    def within(self, period: Period) -> "Question":
        return replace(self, period=period)

    def about(self, only: str) -> "Question":
        return replace(self, only=only)

    def among(self, cohorts: QuerySet[Cohort]) -> "Question":
        return replace(self, cohorts=cohorts)

    def paid_by(self, donor: Donor | None) -> "Question":
        return replace(self, donor=donor or self.donor)

    def places(self) -> QuerySet[Enrolment]:
        """Enrolments of any state and day in the cohorts asked about, no guests.

        Audience, sex and region are those of the enrolment's snapshot.
        """
        rows = Enrolment.objects.exclude(status=Enrolment.Status.GUEST)
        rows = self._in_cohorts(rows, "cohort")
        return rows.filter(self._snapshot())

    def rows(self) -> QuerySet[Enrolment]:
        """The completed enrolments that are counted.

        The cohort is asked of each row: with IN, SQLite would go by the index of the
        cohorts and read every row, where `people_trained` holds all that is counted.
        """
        rows = Enrolment.objects.filter(
            self._snapshot(),
            status=Enrolment.Status.COMPLETED,
            completed_on__range=(self.period.first, self.period.last),
        )
        for chosen, column in self._chosen():
            rows = rows.filter(Exists(chosen.filter(**{column: OuterRef("cohort")})))
        return rows

    def runs(self) -> QuerySet[Cohort]:
        """The cohorts asked about; a region is that of the cohort's place."""
        rows = self._in_cohorts(Cohort.objects.all(), "pk")
        return rows.filter(region=stored(self.region)) if self.region else rows

    def _in_cohorts(self, rows: QuerySet, path: str) -> QuerySet:
        for chosen, column in self._chosen():
            rows = rows.filter(**{f"{path}__in": chosen.values(column)})
        return rows

    def _chosen(self) -> Iterator[tuple[QuerySet, str]]:
        """(rows, their column of a cohort): a cohort must be in each of them.

        All cohorts there are, as an administrator asks, narrow nothing.
        """
        if self.cohorts is not None and self.cohorts.query.has_filters():
            yield self.cohorts, "pk"
        if self.donor:
            yield Cohort.donors.through.objects.filter(donor=self.donor), "cohort"
        if self.project:
            yield Cohort.objects.filter(project=self.project), "pk"

    def _snapshot(self) -> Q:
        chosen = {"region": self.region, "audience": self.audience, "sex": self.sex}
        return Q(**{name: stored(code) for name, code in chosen.items() if code})


def stored(code: str) -> str:
    return "" if code == UNKNOWN else code


def donors_of(question: Question) -> QuerySet[Donor]:
    """The donor asked for, or all who paid for what is counted."""
    if question.donor:
        return Donor.objects.filter(pk=question.donor.pk)
    counted = question.rows().order_by().values("cohort")
    paid = Cohort.donors.through.objects.filter(cohort__in=counted)
    return Donor.objects.filter(pk__in=paid.values("donor"))
