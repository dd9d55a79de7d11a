from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from lms.actions import cohorts as actions
from lms.forms.cohorts import CohortForm, NothingForm, StaffForm
from lms.models import Cohort, Enrolment, Staff
from lms.titles import course_titles

from .admission import AdmissionView, CancelCohortView
from .cohort_page import CohortPageView
from .filters import CohortFilterSet, StaffFilterSet
from .printing_letters import PrintLettersView
from .scoped import (
    ScopedIndexView,
    ScopedViewSet,
    StepView,
    VerbCreateView,
    VerbEditView,
)
from .timelines import CohortTimelineView


def dates_of(cohort: Cohort) -> str:
    """The first and the last day, as on a timetable."""
    days = (cohort.starts_on, cohort.ends_on)
    return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)


class CohortIndexView(ScopedIndexView):
    def get_base_queryset(self):
        seated = Q(enrolments__status__in=Enrolment.SEATED)
        return super().get_base_queryset().annotate(people=Count("enrolments", seated))

    @cached_property
    def titles(self):
        return course_titles()

    @cached_property
    def columns(self):
        course = Column(
            "course",
            label=_("Course"),
            accessor=lambda cohort: self.titles.get(cohort.edition.course_key, ""),
        )
        dates = Column(
            "dates", label=_("Dates"), accessor=dates_of, sort_key="starts_on"
        )
        people = Column("people", label=_("People"), sort_key="people")
        first, *others = super().columns
        return [first, course, *others, dates, people]


class CreateCohortView(VerbCreateView):
    page_subtitle = _("Plan a cohort")

    def save_instance(self):
        return actions.create_cohort(by=self.request.user, **self.answers)

    def get_success_url(self):
        return reverse("lms_cohorts:inspect", args=[self.object.pk])


class ChangeCohortView(VerbEditView):
    def save_instance(self):
        return actions.change_cohort(self.object, by=self.request.user, **self.answers)

    def get_success_url(self):
        return reverse("lms_cohorts:inspect", args=[self.object.pk])


class CohortViewSet(ScopedViewSet):
    model = Cohort
    name = "lms_cohorts"
    url_prefix = "training/cohorts"
    icon = "group"
    doors = (ScopedViewSet.doors - {"history_results"}) | {"inspect"}
    inspect_view_enabled = True
    history_view_class = CohortTimelineView
    form_class = CohortForm
    related = ["edition"]
    index_view_class = CohortIndexView
    inspect_view_class = CohortPageView
    add_view_class = CreateCohortView
    edit_view_class = ChangeCohortView
    list_display = ["title", "code", "place", "status"]
    filterset_class = CohortFilterSet
    search_fields = ["title", "code", "place"]

    def get_urlpatterns(self):
        admission = self.construct_view(AdmissionView)
        cancel = self.construct_view(CancelCohortView)
        letters = self.construct_view(PrintLettersView)
        return [
            *super().get_urlpatterns(),
            path("admission/<int:pk>/", admission, name="admission"),
            path("cancel/<int:pk>/", cancel, name="cancel"),
            path("print-letters/<int:pk>/", letters, name="print_letters"),
        ]


class AddStaffView(VerbCreateView):
    page_subtitle = _("Give somebody a role")
    submit_button_label = _("Give the role")

    def save_instance(self):
        answers = self.answers
        return actions.add_staff(
            answers["cohort"],
            user=answers["account"],
            role=answers["role"],
            by=self.request.user,
        )


class RemoveStaffView(StepView):
    model = Staff
    related = ["cohort", "user"]
    form_class = NothingForm
    page_title = _("Take the role")
    explanation = _("They no longer see this cohort. What they did in it stays.")
    success_message = _("The role is taken.")

    def take_step(self, **answers):
        actions.remove_staff(self.subject, by=self.request.user)


class StaffIndexView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        if not instance.may_change:
            return []
        url = reverse("lms_staff:remove", args=[instance.pk])
        return [Button(_("Take the role"), url=url, icon_name="bin")]


class StaffViewSet(ScopedViewSet):
    """Reached from a cohort's page."""

    model = Staff
    name = "lms_staff"
    url_prefix = "training/staff"
    icon = "user"
    doors = {"index", "index_results", "add"}
    form_class = StaffForm
    related = ["cohort", "user"]
    index_view_class = StaffIndexView
    add_view_class = AddStaffView
    list_display = ["user", "role", "cohort"]
    filterset_class = StaffFilterSet
    add_to_admin_menu = False

    def get_urlpatterns(self):
        remove = self.construct_view(RemoveStaffView)
        return [
            *super().get_urlpatterns(),
            path("remove/<int:pk>/", remove, name="remove"),
        ]
