"""The outbox: what is queued, sent and failed; letters to cohorts and approval."""

import django_filters
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from lms.actions import cohort_letters, messages
from lms.forms.cohorts import NothingForm
from lms.forms.letters import CohortLetterForm
from lms.letters.composing import compose
from lms.letters.kinds import kind_of
from lms.models import CohortLetter, Message

from .filters import cohorts_of_user
from .scoped import ScopedIndexView, ScopedViewSet, StepView, VerbCreateView

SAMPLES = 3


class MessageFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user
    )

    class Meta:
        model = Message
        fields = ["state", "cohort", "channel"]


class OutboxView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        unsent = (Message.State.FAILED, Message.State.QUEUED)
        if not instance.may_change or instance.state not in unsent:
            return []
        retry = reverse("lms_messages:retry", args=[instance.pk])
        give_up = reverse("lms_messages:give_up", args=[instance.pk])
        return [
            Button(_("Try again now"), url=retry, icon_name="rotate"),
            Button(_("Give up"), url=give_up, icon_name="bin"),
        ]


class MessageStepView(StepView):
    model = Message
    related = ["cohort", "person"]
    form_class = NothingForm

    def came_from(self):
        return reverse("lms_messages:index"), _("Outbox")


class RetryView(MessageStepView):
    page_title = _("Try again now")
    explanation = _("The same letter is sent again with the next round.")
    success_message = _("The letter is on its way.")

    def take_step(self):
        messages.retry(self.subject, by=self.request.user)


class GiveUpView(MessageStepView):
    page_title = _("Give up")
    explanation = _("The letter is not sent. Tell the person in another way.")
    success_message = _("The letter is given up.")

    def take_step(self):
        messages.give_up(self.subject, by=self.request.user)


class MessageViewSet(ScopedViewSet):
    """Who teaches sees the letters of the cohort; coordinators decide about them."""

    model = Message
    name = "lms_messages"
    url_prefix = "training/outbox"
    icon = "mail"
    menu_label = _("Outbox")
    doors = {"index", "index_results"}
    related = ["cohort", "person"]
    index_view_class = OutboxView
    list_display = [
        "to",
        "person",
        Column("kind", label=_("Letter"), accessor=lambda m: kind_of(m.template).title),
        "state",
        "due_at",
        "sent_at",
        Column(
            "why",
            label=_("Why"),
            accessor=lambda m: m.get_dropped_because_display() or m.error,
        ),
    ]
    list_export = ["to", "template", "state", "due_at", "sent_at", "error"]
    filterset_class = MessageFilterSet
    search_fields = ["to", "person__legal_name", "cohort__code"]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("retry/<int:pk>/", self.construct_view(RetryView), name="retry"),
            path("give-up/<int:pk>/", self.construct_view(GiveUpView), name="give_up"),
        ]


class WriteView(VerbCreateView):
    """The letters wait; the next page shows how many there are and three of them."""

    page_subtitle = _("Write to a cohort")
    submit_button_label = _("Look at the letters")

    def save_instance(self):
        return cohort_letters.write(
            self.answers["cohort"],
            texts=self.form.texts,
            audience=self.answers["audience"],
            session=self.answers["session"],
            by=self.request.user,
        )

    def get_success_url(self):
        return reverse("lms_cohort_letters:approve", args=[self.object.pk])


class CohortLetterIndexView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        if not instance.may_change or instance.taken_back_at:
            return []
        back = reverse("lms_cohort_letters:take_back", args=[instance.pk])
        buttons = [Button(_("Take back"), url=back, icon_name="undo")]
        if instance.is_waiting:
            url = reverse("lms_cohort_letters:approve", args=[instance.pk])
            buttons.insert(0, Button(_("Approve"), url=url, icon_name="check"))
        return buttons


class LetterStepView(StepView):
    model = CohortLetter
    related = ["cohort", "session"]
    form_class = NothingForm

    def came_from(self):
        return reverse("lms_cohort_letters:index"), _("Letters to cohorts")


class ApproveView(LetterStepView):
    """How many people, three of the letters, and only then the button (CM-06)."""

    page_title = _("Approve the letters")
    template_name = "lms/admin/approve_letters.html"
    success_message = _("The letters go out in ten minutes. Until then take them back.")

    @cached_property
    def waiting(self):
        return cohort_letters.messages_of(self.subject)

    def take_step(self):
        cohort_letters.approve(self.subject, by=self.request.user)

    def get_context_data(self, **kwargs):
        some = self.waiting.select_related("person").order_by("pk")[:SAMPLES]
        return super().get_context_data(**kwargs) | {
            "number": self.waiting.count(),
            "samples": [(message, compose(message)) for message in some],
        }


class TakeBackView(LetterStepView):
    page_title = _("Take back")
    explanation = _("Nobody gets the letter who has not got it yet.")
    success_message = _("The letters are taken back.")

    def take_step(self):
        cohort_letters.take_back(self.subject, by=self.request.user)


class CohortLetterViewSet(ScopedViewSet):
    model = CohortLetter
    name = "lms_cohort_letters"
    url_prefix = "training/letters"
    icon = "edit"
    menu_label = _("Letters to cohorts")
    doors = {"index", "index_results", "add"}
    form_class = CohortLetterForm
    related = ["cohort", "written_by"]
    index_view_class = CohortLetterIndexView
    add_view_class = WriteView
    list_display = ["subject", "audience", "state", "written_by", "written_at"]
    search_fields = ["cohort__code", "cohort__title"]

    def get_urlpatterns(self):
        approve = self.construct_view(ApproveView)
        back = self.construct_view(TakeBackView)
        return [
            *super().get_urlpatterns(),
            path("approve/<int:pk>/", approve, name="approve"),
            path("take-back/<int:pk>/", back, name="take_back"),
        ]
