"""What lists of certificates and of their numbers are narrowed by."""

from datetime import timedelta

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from certificates.issuer_day import day_of
from certificates.models import Certificate, GivenNumber
from courses import clock
from lms.titles import courses_to_choose
from lms.viewsets.filters import cohorts_of_user

OVER = "over"
EXPIRING = [
    ("30", _("Within 30 days")),
    ("90", _("Within 90 days")),
    ("365", _("Within a year")),
    (OVER, _("Expired already")),
]
USED, VOID, DRAWN = "used", "void", "drawn"
STATES = [
    (USED, _("On a certificate")),
    (VOID, _("Void")),
    (DRAWN, _("Being drawn")),
]


class CertificateFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )
    course = django_filters.ChoiceFilter(
        label=_("Course"),
        choices=courses_to_choose,
        field_name="cohort__edition__course_key",
    )
    expiring = django_filters.ChoiceFilter(
        label=_("Expires"), choices=EXPIRING, method="by_end"
    )

    class Meta:
        model = Certificate
        fields = ["kind", "status", "cohort", "course", "expiring"]

    def by_end(self, rows, _name, value):
        """Only valid ones: what has ended does not expire."""
        today = day_of(clock.now())
        rows = rows.filter(status=Certificate.Status.VALID)
        if value == OVER:
            return rows.filter(valid_until__lt=today)
        last = today + timedelta(days=int(value))
        return rows.filter(valid_until__range=(today, last))


class NumberFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state"
    )
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = GivenNumber
        fields = ["serial", "state", "kind", "cohort"]

    def by_state(self, rows, _name, value):
        if value == DRAWN:
            return rows.unused()
        if value == VOID:
            return rows.filter(voided_at__isnull=False)
        return rows.filter(certificate__isnull=False)
