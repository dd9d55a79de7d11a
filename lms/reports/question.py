"""What a report is asked: the period, and what it is narrowed to."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

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
        """Enrolments of any state and day in the cohorts asked about.

        Audience, sex and region are those of the enrolment's snapshot.
        """
        rows = self._in_cohorts(Enrolment.objects.all(), "cohort")
        chosen = {"region": self.region, "audience": self.audience, "sex": self.sex}
        codes = {name: stored(code) for name, code in chosen.items() if code}
        return rows.filter(Q(**codes))

    def rows(self) -> QuerySet[Enrolment]:
        """The completed enrolments that are counted."""
        return self.places().filter(
            status=Enrolment.Status.COMPLETED,
            completed_on__range=(self.period.first, self.period.last),
        )

    def runs(self) -> QuerySet[Cohort]:
        """The cohorts asked about; a region is that of the cohort's place."""
        rows = self._in_cohorts(Cohort.objects.all(), "pk")
        return rows.filter(region=stored(self.region)) if self.region else rows

    def _in_cohorts(self, rows: QuerySet, path: str) -> QuerySet:
        if self.cohorts is not None:
            rows = rows.filter(**{f"{path}__in": self.cohorts.values("pk")})
        if self.donor:
            paid = Cohort.donors.through.objects.filter(donor=self.donor)
            rows = rows.filter(**{f"{path}__in": paid.values("cohort")})
        if self.project:
            run = Cohort.objects.filter(project=self.project)
            rows = rows.filter(**{f"{path}__in": run.values("pk")})
        return rows


def stored(code: str) -> str:
    return "" if code == UNKNOWN else code


def donors_of(question: Question) -> QuerySet[Donor]:
    """The donor asked for, or all who paid for what is counted."""
    if question.donor:
        return Donor.objects.filter(pk=question.donor.pk)
    counted = question.rows().order_by().values("cohort")
    paid = Cohort.donors.through.objects.filter(cohort__in=counted)
    return Donor.objects.filter(pk__in=paid.values("donor"))
