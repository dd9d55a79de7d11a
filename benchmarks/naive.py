"""People trained as one would write it first: live tables, quarters of instants."""

from django.db.models import DateField, QuerySet
from django.db.models.functions import TruncQuarter

from lms.models import Enrolment
from lms.reports.people_trained import COUNTS, Figure
from lms.reports.period import Period
from lms.reports.question import Question

LIVE = {
    "audience": "person__organisation__sector",
    "sex": "person__sex",
    "region": "person__region",
}


def _rows(question: Question) -> QuerySet[Enrolment]:
    """Completed in the quarters of the question."""
    quarters = [part.first for part in question.period.quarters()]
    completed = Enrolment.objects.filter(
        status=Enrolment.Status.COMPLETED, cohort__in=question.cohorts
    )
    cut = TruncQuarter("completed_at", output_field=DateField())
    return completed.annotate(quarter=cut).filter(quarter__in=quarters).order_by()


def total(question: Question) -> Figure:
    return Figure(**_rows(question).aggregate(**COUNTS))


def by(question: Question, *columns: str) -> dict[tuple[str, ...], Figure]:
    live = [LIVE[column] for column in columns]
    return {
        tuple(row[column] for column in live): Figure(
            row["people"], row["participations"]
        )
        for row in _rows(question).values(*live).annotate(**COUNTS)
    }


def by_quarter(question: Question) -> dict[Period, Figure]:
    found = {
        row["quarter"]: Figure(row["people"], row["participations"])
        for row in _rows(question).values("quarter").annotate(**COUNTS)
    }
    parts = question.period.quarters()
    return {part: found.get(part.first, Figure()) for part in parts}
