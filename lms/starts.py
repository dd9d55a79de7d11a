"""When the next cohort of a course begins: the catalogue's question."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from courses import clock

from .models import Cohort


def next_starts(course_keys: Iterable[UUID]) -> dict[UUID, date]:
    """By course, the first day of the next cohort that has not begun."""
    cohorts = Cohort.objects.filter(
        edition__course_key__in=list(course_keys),
        status=Cohort.Status.PLANNED,
        starts_on__gte=timezone.localdate(clock.now()),
    )
    # The earliest comes last and stays.
    rows = cohorts.order_by("-starts_on").values_list(
        "edition__course_key", "starts_on"
    )
    return dict(rows)
