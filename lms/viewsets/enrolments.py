from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from lms.actions import enrolment as actions
from lms.actions.people import add_person
from lms.forms.cohorts import ReasonForm
from lms.forms.people import EnrolForm
from lms.models import Enrolment, Person

from .admission import STEP_VIEWS, PlaceStepView, steps_for
from .filters import EnrolmentFilterSet
from .picking import NamingView
from .scoped import (
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
)


class EnrolView(NamingView):
    """Finds or adds the person, then the verb enrols."""

    page_subtitle = _("Enrol a participant")
    submit_button_label = _("Enrol")

    def save_instance(self):
        answers = dict(self.answers)
        about = {"cohort": answers.pop("cohort"), "reason": answers.pop("reason")}
        person = answers.pop("person") or self._person(answers)
        return actions.enrol(person, by=self.request.user, **about)

    def _person(self, about: dict) -> Person:
        known = about["email"] and Person.objects.with_email(about["email"]).first()
        if known:
            return known
        cohort = self.answers["cohort"]
        return add_person(by=self.request.user, locale=cohort.locale, **about)


class EnrolmentIndexView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        if not instance.may_change:
            return []
        return [
            Button(label, url=url, icon_name="logout")
            for url, label in steps_for(instance)
        ]


class EnrolmentPageView(ScopedInspectView):
    """What is known of one place, and the steps that can be taken."""

    page_title = _("Enrolment")

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission_for_instance("change", self.object):
            return []
        history = reverse("lms_enrolments:history", args=[self.object.pk])
        steps = [
            HeaderButton(label, url=url, icon_name="logout")
            for url, label in steps_for(self.object)
        ]
        if self.object.status == Enrolment.Status.ACTIVE:
            about = [self.object.cohort.code, self.object.pk]
            url = reverse("lms:waive", args=about)
            label = _("Waive a requirement")
            steps.append(HeaderButton(label, url=url, icon_name="check"))
        return [*steps, HeaderButton(_("History"), url=history, icon_name="history")]


class WithdrawView(PlaceStepView):
    form_class = ReasonForm
    page_title = _("Withdraw")
    explanation = _(
        "The participant can no longer study here and the seat is free. "
        "Everything done so far stays."
    )
    success_message = _("The participant is withdrawn.")

    def take_step(self, reason):
        actions.withdraw(self.subject, by=self.request.user, reason=reason)


class ReactivateView(PlaceStepView):
    form_class = ReasonForm
    page_title = _("Give the place back")
    explanation = _("The participant goes on where they stopped.")
    success_message = _("The participant has the place back.")

    def take_step(self, reason):
        actions.reactivate(self.subject, by=self.request.user, reason=reason)


class EnrolmentViewSet(ScopedViewSet):
    model = Enrolment
    name = "lms_enrolments"
    url_prefix = "training/enrolments"
    icon = "clipboard-list"
    doors = {
        "index",
        "index_results",
        "add",
        "inspect",
        "history",
        "history_results",
    }
    inspect_view_enabled = True
    inspect_view_fields = [
        "person",
        "cohort",
        "status",
        "active_from",
        "active_to",
        "queued_at",
        "priority",
        "offered_until",
        "completed_on",
        "audience",
        "sex",
        "region",
        "organisation",
        "position",
    ]
    form_class = EnrolForm
    related = ["cohort", "person", "organisation"]
    index_view_class = EnrolmentIndexView
    inspect_view_class = EnrolmentPageView
    add_view_class = EnrolView
    list_display = [
        "person",
        Column(
            "cohort",
            label=_("Cohort"),
            accessor="cohort.title",
            sort_key="cohort__title",
        ),
        "status",
        "organisation",
        "completed_on",
    ]
    list_export = [
        "person",
        "cohort",
        "status",
        "audience",
        "sex",
        "region",
        "organisation",
        "active_from",
        "completed_on",
    ]
    filterset_class = EnrolmentFilterSet
    search_fields = ["person__legal_name", "person__latin_name", "person__email"]

    def get_urlpatterns(self):
        steps = STEP_VIEWS | {"withdraw": WithdrawView, "reactivate": ReactivateView}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in steps.items()
            ),
        ]
