"""Filters whose drop-downs hold the user's own cohorts only."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lms import scoping
from lms.models import Cohort, Enrolment, Invitation, Nomination, Person, Session, Staff


def cohorts_of_user(request):
    return scoping.cohorts_for(request.user, "see")


class CohortFilterSet(WagtailFilterSet):
    class Meta:
        model = Cohort
        fields = ["status", "mode", "region"]


class EnrolmentFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Enrolment
        fields = ["cohort", "status", "audience", "sex", "region"]


class InvitationFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Invitation
        fields = ["cohort"]


class NominationFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Nomination
        fields = ["cohort"]


class PersonFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user, field_name="enrolments__cohort"
    )

    class Meta:
        model = Person
        fields = ["cohort", "audience", "sex", "region"]


class SessionFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Session
        fields = ["cohort", "status", "register"]


class StaffFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Staff
        fields = ["cohort", "role"]
