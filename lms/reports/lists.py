"""The people behind a figure, one participation a row."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from lms.models import Enrolment, Waiver

from .export import Cell


def people_of(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The rows with all that is said of them, oldest first."""
    rows = rows.select_related("person", "organisation", "cohort")
    waivers = Waiver.objects.filter(enrolment=OuterRef("pk")).order_by()
    counted = waivers.values("enrolment").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(waived=Coalesce(Subquery(counted), 0))
    return rows.order_by("completed_on", "pk")


def people_rows(rows: QuerySet[Enrolment]) -> Iterator[Iterable[Cell]]:
    """Days are the cohort's; times carry their distance from UTC (RP-07)."""
    yield [
        gettext("Name"),
        gettext("Sex"),
        gettext("Audience"),
        gettext("Organisation"),
        gettext("Region"),
        gettext("Cohort"),
        gettext("Completed on"),
        gettext("Completed at"),
        gettext("Requirements waived"),
    ]
    for enrolment in people_of(rows).iterator(chunk_size=2000):
        cohort, at = enrolment.cohort, enrolment.completed_at
        yield [
            enrolment.person.legal_name,
            str(enrolment.get_sex_display()),
            str(enrolment.get_audience_display()),
            enrolment.organisation.name if enrolment.organisation else "",
            str(enrolment.get_region_display()),
            cohort.code,
            enrolment.completed_on,
            at.astimezone(cohort.zone) if at else None,
            enrolment.waived,
        ]
