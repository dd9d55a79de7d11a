"""Everybody who has completed and never had a certificate, by what an office asks."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from certificates.models import Certificate
from certificates.models.kinds import Kind
from lms.models import Enrolment


def without_certificate(
    query: dict[str, Any], kind: str = Kind.COMPLETION
) -> QuerySet[Enrolment]:
    """By name. `query` may hold course, ended_from, ended_to, region, organisation.

    The region and the organisation are those of the place, as when it became active;
    the days are those on which cohorts end.
    """
    had = Certificate.objects.filter(enrolment=OuterRef("pk"), kind=kind)
    places = Enrolment.objects.filter(
        ~Exists(had),
        status=Enrolment.Status.COMPLETED,
        person__anonymised_at=None,
        person__merged_into=None,
        **_conditions(query),
    )
    return places.order_by("person__legal_name", "pk")


def _conditions(query: dict[str, Any]) -> dict[str, Any]:
    asked = {
        "cohort__edition__course_key": query.get("course"),
        "cohort__ends_on__gte": _day(query.get("ended_from")),
        "cohort__ends_on__lte": _day(query.get("ended_to")),
        "region": query.get("region"),
        "organisation": query.get("organisation"),
    }
    return {path: value for path, value in asked.items() if value}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
