from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from lms.actions import sessions as actions
from lms.forms.cohorts import ReasonForm, SessionForm
from lms.models import Session

from .filters import SessionFilterSet
from .scoped import ScopedIndexView, ScopedViewSet, StepView, VerbCreateView


def when(session: Session) -> str:
    """The day and the hour as the clock shows there."""
    day = date_format(session.local_date, "j E Y")
    return f"{day}, {session.local_time:%H:%M}"


class SessionIndexView(ScopedIndexView):
    """The title leads to the register."""

    @cached_property
    def columns(self):
        register = self._get_title_column_class(TitleColumn)(
            "session",
            label=_("When"),
            accessor=when,
            sort_key="starts_at",
            get_url=lambda session: reverse("lms:register", args=[session.pk]),
        )
        cohort = Column(
            "cohort",
            label=_("Cohort"),
            accessor="cohort.title",
            sort_key="cohort__title",
        )
        others = map(self._get_custom_column, self.list_display)
        return [register, cohort, *others]

    def get_list_more_buttons(self, instance):
        if not instance.may_change or instance.status != Session.Status.PLANNED:
            return []
        url = reverse("lms_sessions:cancel", args=[instance.pk])
        return [Button(_("Cancel the session"), url=url, icon_name="cross")]


class ScheduleView(VerbCreateView):
    page_subtitle = _("Plan a session")
    submit_button_label = _("Plan")

    def save_instance(self):
        return actions.schedule(by=self.request.user, **self.answers)


class CancelSessionView(StepView):
    model = Session
    related = ["cohort"]
    form_class = ReasonForm
    page_title = _("Cancel the session")
    explanation = _("Nobody is expected any more; marks made so far stay in history.")
    success_message = _("The session is cancelled.")

    def take_step(self, reason):
        actions.cancel(self.subject, by=self.request.user, reason=reason)


class SessionViewSet(ScopedViewSet):
    model = Session
    name = "lms_sessions"
    url_prefix = "training/sessions"
    icon = "calendar-alt"
    doors = {"index", "index_results", "add", "history", "history_results"}
    form_class = SessionForm
    related = ["cohort"]
    index_view_class = SessionIndexView
    add_view_class = ScheduleView
    list_display = ["title", "place", "status", "register"]
    ordering = "-starts_at"
    filterset_class = SessionFilterSet
    search_fields = ["title", "place", "cohort__code", "cohort__title"]

    def get_urlpatterns(self):
        cancel = self.construct_view(CancelSessionView)
        return [
            *super().get_urlpatterns(),
            path("cancel/<int:pk>/", cancel, name="cancel"),
        ]
