"""How long data are kept, and what each nightly round found; for administrators."""

from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from lms.actions import retention
from lms.actions.refusal import Refused
from lms.forms.privacy import KeepingForm
from lms.models import RetentionRun

from .scoped import ScopedIndexView, ScopedViewSet


class RoundsView(ScopedIndexView):
    @cached_property
    def header_more_buttons(self):
        url = reverse("lms_keeping:times")
        button = Button(gettext("Times of keeping"), url=url, icon_name="time")
        return [*super().header_more_buttons, button]

    def get_edit_url(self, instance):
        return None


class TimesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Days for each class of data; from the next night on."""

    model = RetentionRun
    permission_required = "change"
    template_name = "lms/admin/step.html"
    form_class = KeepingForm
    page_title = _("Times of keeping")

    def get_initial(self):
        return retention.days_of()

    def get_success_url(self):
        return reverse("lms_keeping:index")

    def get_breadcrumbs_items(self):
        rounds = {"url": self.get_success_url(), "label": gettext("Rounds of keeping")}
        return [*self.breadcrumbs_items, rounds, {"url": "", "label": self.page_title}]

    def form_valid(self, form):
        try:
            retention.keep_for(by=self.request.user, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        messages.success(self.request, gettext("Saved. It holds from tonight on."))
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": gettext("Results of learning are kept in any case."),
            "action_url": self.request.path,
            "submit_button_label": gettext("Save"),
            "cancel_url": self.get_success_url(),
        }


def _in_words(run: RetentionRun) -> str:
    """What the round found, without the rules that found nothing."""
    titles = {rule.key: rule.title for rule in retention.RULES}
    found = [
        f"{titles.get(key, key)}: {count}" for key, count in run.counts.items() if count
    ]
    return "; ".join(found) or gettext("Nothing to end")


class KeepingViewSet(ScopedViewSet):
    model = RetentionRun
    name = "lms_keeping"
    url_prefix = "training/keeping"
    icon = "history"
    menu_label = _("Rounds of keeping")
    doors = {"index", "index_results"}
    index_view_class = RoundsView
    list_display = [
        "started_at",
        "finished_at",
        Column("counts", label=_("Rows"), accessor=_in_words),
    ]
    list_export = ["started_at", "finished_at", "counts"]

    def get_urlpatterns(self):
        times = self.construct_view(TimesView)
        return [*super().get_urlpatterns(), path("times/", times, name="times")]
