"""Sets of statuses, for whoever runs cohorts."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from lms.actions import status_sets as actions
from lms.forms.status_sets import StatusSetForm
from lms.models import MarkStatus, StatusSet

from .scoped import ScopedIndexView, ScopedViewSet, VerbCreateView, VerbEditView


class StatusSetsView(ScopedIndexView):
    """Each with the names of its statuses, read once for all."""

    @cached_property
    def columns(self):
        return [*super().columns, Column("names", _("Statuses"), accessor=self._names)]

    @cached_property
    def _statuses(self) -> dict[str, list[MarkStatus]]:
        return MarkStatus.objects.newest_of_each()

    def _names(self, made: StatusSet) -> str:
        return ", ".join(str(one) for one in self._statuses.get(made.key, []))


class MakeStatusSetView(VerbCreateView):
    page_subtitle = _("New set of statuses")

    def save_instance(self):
        return actions.make_status_set(
            title=self.answers["title"], rows=self.form.rows, by=self.request.user
        )


class ChangeStatusSetView(VerbEditView):
    def save_instance(self):
        return actions.change_status_set(
            self.object,
            title=self.answers["title"],
            is_offered=self.answers["is_offered"],
            rows=self.form.rows,
            by=self.request.user,
        )


class StatusSetViewSet(ScopedViewSet):
    model = StatusSet
    name = "lms_status_sets"
    url_prefix = "training/status-sets"
    icon = "tick-inverse"
    menu_label = _("Statuses of attendance")
    form_class = StatusSetForm
    add_view_class = MakeStatusSetView
    edit_view_class = ChangeStatusSetView
    index_view_class = StatusSetsView
    list_display = ["title", "is_offered"]
