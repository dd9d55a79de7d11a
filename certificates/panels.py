"""Who waits for a certificate: on the dashboard, one line a cohort."""

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.models import Cohort, Enrolment
from lms.panels import Panel, Task

from .models import Certificate


def ready(cohorts: QuerySet[Cohort]) -> list[Task]:
    """Completed places that never had a certificate; one query for all cohorts."""
    had = Certificate.objects.filter(enrolment=OuterRef("pk"))
    places = Enrolment.objects.filter(
        ~Exists(had), cohort__in=cohorts, status=Enrolment.Status.COMPLETED
    )
    counts = dict(places.order_by().values_list("cohort").annotate(number=Count("pk")))
    return [
        Task(
            cohort,
            counts[cohort.pk],
            ngettext(
                "%(cohort)s: %(count)s person is ready",
                "%(cohort)s: %(count)s people are ready",
                counts[cohort.pk],
            )
            % {"cohort": cohort.title, "count": counts[cohort.pk]},
            reverse("certificates:issue_cohort", args=[cohort.pk]),
            ngettext(
                "%(count)s person is ready",
                "%(count)s people are ready",
                counts[cohort.pk],
            )
            % {"count": counts[cohort.pk]},
        )
        for cohort in cohorts.filter(pk__in=counts)
    ]


READY = Panel("certificates", _("Ready for a certificate"), "issue", ready)
