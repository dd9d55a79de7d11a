"""People trained: who completed a learning event, by what a donor asks for.

"People" counts a person once per period however many trainings were completed;
"participations" counts completed enrolments (US indicators PS.5.3-15 and PS.5.1-28
count the former). Audience, sex and region are those of the enrolment's snapshot, so a
promotion or a move rewrites no report.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from lms.models import Cohort, Donor, Enrolment

from .period import Period


@dataclass(frozen=True)
class Figure:
    """People counted once, and how often they took part."""

    people: int = 0
    participations: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked: the period, and what it is narrowed to. "" asks for all."""

    period: Period
    cohorts: QuerySet[Cohort] | None = None
    donor: Donor | None = None
    region: str = ""
    audience: str = ""
    sex: str = ""

    def within(self, period: Period) -> "Question":
        return replace(self, period=period)

    def among(self, cohorts: QuerySet[Cohort]) -> "Question":
        return replace(self, cohorts=cohorts)

    def paid_by(self, donor: Donor | None) -> "Question":
        return replace(self, donor=donor or self.donor)

    def rows(self) -> QuerySet[Enrolment]:
        """The completed enrolments that are counted."""
        rows = Enrolment.objects.filter(
            status=Enrolment.Status.COMPLETED,
            completed_on__range=(self.period.first, self.period.last),
        )
        if self.cohorts is not None:
            rows = rows.filter(cohort__in=self.cohorts)
        if self.donor:
            paid = Cohort.donors.through.objects.filter(donor=self.donor)
            rows = rows.filter(cohort__in=paid.values("cohort"))
        chosen = {"region": self.region, "audience": self.audience, "sex": self.sex}
        return rows.filter(Q(**{name: code for name, code in chosen.items() if code}))


COUNTS = {"people": Count("person", distinct=True), "participations": Count("*")}


def total(question: Question) -> Figure:
    return Figure(**question.rows().aggregate(**COUNTS))


def by(question: Question, *columns: str) -> dict[tuple[str, ...], Figure]:
    """Figures by audience, sex or region, or by several of them at once."""
    rows = question.rows().order_by().values(*columns).annotate(**COUNTS)
    return {
        tuple(row[column] for column in columns): Figure(
            row["people"], row["participations"]
        )
        for row in rows
    }


def by_donor(question: Question) -> dict[Donor, Figure]:
    """A training paid by two donors counts for each of them."""
    rows = question.rows().order_by().values("cohort__donors").annotate(**COUNTS)
    found = {
        row["cohort__donors"]: Figure(row["people"], row["participations"])
        for row in rows
    }
    donors = Donor.objects.filter(pk__in=[pk for pk in found if pk])
    return {donor: found[donor.pk] for donor in donors}


def by_quarter(question: Question) -> dict[Period, Figure]:
    """A person trained in two quarters counts in each."""
    parts = question.period.quarters()
    counts = {}
    for index, part in enumerate(parts):
        within = Q(completed_on__range=(part.first, part.last))
        counts[f"people_{index}"] = Count("person", distinct=True, filter=within)
        counts[f"participations_{index}"] = Count("pk", filter=within)
    found = question.rows().aggregate(**counts)
    return {
        part: Figure(found[f"people_{index}"], found[f"participations_{index}"])
        for index, part in enumerate(parts)
    }


def participations(question: Question) -> Iterator[Enrolment]:
    """The rows behind the figures, a few at a time, oldest first."""
    rows = question.rows().select_related("person", "organisation", "cohort")
    return rows.order_by("completed_on", "pk").iterator(chunk_size=2000)
