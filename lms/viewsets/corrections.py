"""Corrections that people asked for: a list of them, and the answer."""

from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from lms.actions import corrections as actions
from lms.corrected import way_on
from lms.forms.people import AnswerForm
from lms.models import CorrectionRequest

from .scoped import ScopedIndexView, ScopedViewSet, StepView


class CorrectionIndexView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        return []


class AnswerView(StepView):
    """Approve or refuse; the person is told, certificates stay as they are (CE-19)."""

    model = CorrectionRequest
    related = ["person"]
    form_class = AnswerForm
    page_title = _("Answer")
    way_on = ""
    success_message = _("Answered. The person is told.")

    @property
    def explanation(self):
        words = {
            "person": self.subject.person,
            "field": self.subject.get_field_display(),
            "old": self.subject.old_in_words or "–",
            "new": self.subject.new_in_words,
            "reason": self.subject.reason or "–",
        }
        return (
            gettext(
                "%(person)s asks: %(field)s is written %(old)s, right is %(new)s. "
                "Reason: %(reason)s. Certificates that were issued stay as they are; "
                "issue a new one where it is needed."
            )
            % words
        )

    def came_from(self):
        return reverse("lms_corrections:index"), gettext("Corrections")

    def get_success_url(self):
        """Where something was made of the old words, there is a list of it."""
        return self.way_on or super().get_success_url()

    def take_step(self, decision, note):
        by = self.request.user
        if decision == AnswerForm.APPROVE:
            answered = actions.approve_correction(self.subject, by=by, note=note)
            self.way_on = way_on(answered, by)
        else:
            actions.refuse_correction(self.subject, by=by, note=note)


class CorrectionViewSet(ScopedViewSet):
    model = CorrectionRequest
    name = "lms_corrections"
    url_prefix = "training/corrections"
    icon = "edit"
    menu_label = _("Corrections")
    doors = {"index", "index_results"}
    related = ["person"]
    index_view_class = CorrectionIndexView
    list_display = [
        TitleColumn(
            "person",
            label=_("Person"),
            get_url=lambda row: (
                reverse("lms_corrections:answer", args=[row.pk])
                if row.state == CorrectionRequest.State.OPEN
                else None
            ),
        ),
        "field",
        Column("old_in_words", label=_("Written now")),
        Column("new_in_words", label=_("Correct")),
        "state",
        "asked_at",
    ]
    list_export = ["person", "field", "old_in_words", "new_in_words", "state"]
    list_filter = ["state", "field"]

    def get_urlpatterns(self):
        answer = self.construct_view(AnswerView)
        return [
            *super().get_urlpatterns(),
            path("answer/<int:pk>/", answer, name="answer"),
        ]
