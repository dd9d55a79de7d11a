"""People trained: who completed a learning event, by what a donor asks for.

"People" counts a person once per period however many trainings were completed;
"participations" counts completed enrolments (US indicators PS.5.3-15 and PS.5.1-28
count the former). Audience, sex and region are those of the enrolment's snapshot, so a
promotion or a move rewrites no report.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from lms.models import Donor

from .period import Period
from .question import Question


@dataclass(frozen=True)
class Figure:
    """People counted once, and how often they took part."""

    people: int = 0
    participations: int = 0


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
