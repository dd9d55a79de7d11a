"""Forgetting a person: what would go, then erasing; and the wishes to be forgotten."""

from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn

from lms.actions import erasure as actions
from lms.actions.data_copies import ask_data
from lms.forms.cohorts import ReasonForm
from lms.forms.privacy import CopyForm, ErasureForm
from lms.models import Erasure

from .scoped import PersonStepView, ScopedViewSet, StepView


class EraseView(PersonStepView):
    """The dry run, and under it the question whether it is meant (PR-02)."""

    action = "erase"
    form_class = ErasureForm
    template_name = "lms/admin/erase.html"
    page_title = _("Erase who this was")
    explanation = _(
        "This cannot be taken back. Results stay and belong to nobody any more."
    )
    success_message = _("Erased. Results stay, without the person.")

    def take_step(self, reason, certificates):
        actions.anonymise(
            self.subject,
            by=self.request.user,
            reason=reason,
            certificates=certificates,
        )

    def get_initial(self):
        """What the person chose when they asked."""
        wish = self.subject.erasures.filter(state=Erasure.State.ASKED).first()
        return {"certificates": wish.certificates} if wish else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"plan": actions.plan(self.subject)}


class CopyView(PersonStepView):
    """A copy of somebody's data for who asked on paper: the same file, another way."""

    action = "copy"
    form_class = CopyForm
    page_title = _("Copy of the data")
    explanation = _(
        "One file with everything that is held about the person. It is made in the "
        "background and then stands among your files for a week. Hand it to nobody "
        "but the person."
    )
    success_message = _("The file is being made. It will stand here.")

    def take_step(self, purpose):
        ask_data(self.subject, by=self.request.user, purpose=purpose)

    def get_success_url(self):
        return reverse("lms_reports:exports")

    def get_context_data(self, **kwargs):
        button = {"submit_button_label": gettext("Make the file")}
        return super().get_context_data(**kwargs) | button


class DeclineView(StepView):
    model = Erasure
    related = ["person"]
    form_class = ReasonForm
    page_title = _("Decline")
    explanation = _("Nothing is erased. The person reads the reason.")
    success_message = _("Declined.")

    def take_step(self, reason):
        actions.decline(self.subject, by=self.request.user, reason=reason)

    def get_page_subtitle(self):
        return f"{self.page_title}: {self.subject.person}"

    def came_from(self):
        return reverse("lms_erasures:index"), gettext("Wishes")


def _while_asked(address: str, key: str):
    """Leads where a wish is answered, as long as nobody has."""

    def url(wish):
        if wish.state != Erasure.State.ASKED:
            return None
        return reverse(address, args=[getattr(wish, key)])

    return url


class ErasureViewSet(ScopedViewSet):
    """Who asked to be forgotten, and what became of it; for administrators."""

    model = Erasure
    name = "lms_erasures"
    url_prefix = "training/erasures"
    icon = "bin"
    menu_label = _("Wishes to be forgotten")
    doors = {"index", "index_results"}
    related = ["person"]
    list_display = [
        TitleColumn(
            "person",
            label=_("Person"),
            get_url=_while_asked("lms_people:erase", "person_id"),
        ),
        "state",
        TitleColumn(
            "decline",
            label=_("Answer"),
            accessor=lambda wish: (
                gettext("Decline") if wish.state == Erasure.State.ASKED else ""
            ),
            get_url=_while_asked("lms_erasures:decline", "pk"),
        ),
        "certificates",
        "asked_at",
        "decided_at",
    ]
    list_export = ["person", "state", "certificates", "asked_at", "decided_at"]
    list_filter = ["state"]

    def get_urlpatterns(self):
        decline = self.construct_view(DeclineView)
        return [
            *super().get_urlpatterns(),
            path("decline/<int:pk>/", decline, name="decline"),
        ]
