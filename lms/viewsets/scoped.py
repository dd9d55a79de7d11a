"""What every viewset of training is made of.

Wagtail's own views ask about the model only. These ask about the row: a list holds the
rows its user may see, any other row does not exist, and what may be seen but not
changed is refused. Doors a record must not have (delete, copy, usage) are not hung.
"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from lms.actions.refusal import Refused
from lms.models import Person
from lms.reports.export import csv_response, xlsx_response
from lms.roles import is_administrator


class RowsOfUser:
    """The rows this view may speak about, and what its user may do to one of them."""

    related: list[str] = []

    def rows(self):
        policy = self.permission_policy
        rows = policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        return rows.select_related(*self.related) if self.related else rows

    def row(self, pk, action: str = "view"):
        """This row, 404 where it may not be seen, 403 where not be changed."""
        row = get_object_or_404(self.rows(), pk=pk)
        if action != "view" and not self.user_has_permission_for_instance(action, row):
            raise PermissionDenied
        return row


class ScopedIndexView(RowsOfUser, generic.IndexView):
    """A list, its search, filters and export of the rows the user may see."""

    def get_base_queryset(self):
        return self.rows().annotate(may_change=self._may_change())

    def _may_change(self):
        user = self.request.user
        if is_administrator(user):
            return Value(True, output_field=BooleanField())
        mine = self.permission_policy.instances_user_has_any_permission_for(
            user, ["change"]
        )
        return ExpressionWrapper(Q(pk__in=mine.values("pk")), BooleanField())

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Row by row, with the words people read on the screen."""
        answer = csv_response if spreadsheet_format == "csv" else xlsx_response
        return answer(self.get_filename(), self._table(queryset))

    def _table(self, queryset):
        yield [str(self.get_heading(queryset, name)) for name in self.list_export]
        for row in queryset.iterator(chunk_size=2000):
            yield [self._cell(row, name) for name in self.list_export]

    def _cell(self, row, name: str):
        display = getattr(row, f"get_{name}_display", None)
        value = display() if display else getattr(row, name)
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        return value if isinstance(value, date) else str(value or "")

    def get_edit_url(self, instance):
        """Where the title leads: to the row's own page if it has one."""
        if self.inspect_url_name or not self.edit_url_name or not instance.may_change:
            return None
        return reverse(self.edit_url_name, args=[instance.pk])

    def get_list_more_buttons(self, instance):
        if not (instance.may_change and self.edit_url_name):
            return []
        url = reverse(self.edit_url_name, args=[instance.pk])
        return [MenuItem(_("Edit"), url=url, icon_name="edit", priority=10)]


class ScopedInspectView(RowsOfUser, generic.InspectView):
    any_permission_required = ["view"]

    def get_object(self, queryset=None):
        return self.row(self.pk)

    def get_page_subtitle(self):
        """Nothing where the title says it already."""
        name = super().get_page_subtitle()
        return "" if str(self.get_page_title()) == name else name

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        return "–" if value in (None, "") else value

    def get_edit_url(self):
        if self.user_has_permission_for_instance("change", self.object):
            return super().get_edit_url()
        return None


class ScopedHistoryView(RowsOfUser, HistoryView):
    any_permission_required = ["view"]
    header_buttons = []

    def get_object(self):
        return self.row(self.pk, "change")

    def user_can_unschedule(self):
        return False


class Verb:
    """Saves through a verb; what the verb refuses is said next to the field."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refusal:
            refusal.tell(form)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class VerbCreateView(Verb, generic.CreateView):
    """Subclasses say in `save_instance` which verb takes the form's answers."""

    def get_initial(self):
        """A link from a cohort's page fills the cohort in."""
        return super().get_initial() | {"cohort": self.request.GET.get("cohort")}

    def get_success_url(self):
        cohort = getattr(self.object, "cohort", None)
        if cohort is None:
            return super().get_success_url()
        return reverse("lms_cohorts:inspect", args=[cohort.pk])

    def get_success_buttons(self):
        return []

    @property
    def answers(self) -> dict:
        return self.form.cleaned_data


class VerbEditView(RowsOfUser, Verb, generic.EditView):
    """Subclasses say in `save_instance` which verb takes the form's answers."""

    def get_object(self, queryset=None):
        return self.row(self.object_pk, "change")

    def get_success_buttons(self):
        return []

    @property
    def answers(self) -> dict:
        return self.form.cleaned_data


class StepView(RowsOfUser, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One step of a row's life on a page of its own: says what it does, asks, does it.

    Subclasses set the words and call the verb in `take_step`.
    """

    model: type | None = None
    permission_required = "view"
    action = "change"
    template_name = "lms/admin/step.html"
    explanation = ""
    success_message = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subject = self.row(kwargs["pk"], self.action)

    def get_page_subtitle(self):
        return f"{self.page_title}: {self.subject}"

    def get_header_title(self):
        return self.get_page_subtitle()

    @property
    def cohort(self):
        return self.subject.cohort

    def came_from(self) -> tuple[str, str]:
        """The address and the name of the page the step comes from and goes back to."""
        url = reverse("lms_cohorts:inspect", args=[self.cohort.pk])
        return url, self.cohort.title

    def get_breadcrumbs_items(self):
        url, label = self.came_from()
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": url, "label": label}, here]

    def get_success_url(self):
        return self.came_from()[0]

    def form_valid(self, form):
        try:
            self.take_step(**form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        messages.success(self.request, self.success_message)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": self.explanation,
            "action_url": self.request.path,
            "submit_button_label": self.page_title,
            "cancel_url": self.came_from()[0],
        }


class PersonStepView(StepView):
    """A step about a person; it comes from their page."""

    model = Person

    def came_from(self):
        return reverse("lms_people:inspect", args=[self.subject.pk]), str(self.subject)


class ScopedViewSet(ModelViewSet):
    """A viewset whose doors all ask about the row; `doors` names those there are."""

    doors = {"index", "index_results", "add", "edit", "history", "history_results"}
    form_class: type | None = None
    related: list[str] = []
    index_view_class = ScopedIndexView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return self.form_class

    def get_common_view_kwargs(self, **kwargs):
        """A view is told only the addresses of doors that are there."""
        known = super().get_common_view_kwargs(**kwargs) | {"related": self.related}
        return {
            key: value
            for key, value in known.items()
            if not key.endswith("_url_name") or key[: -len("_url_name")] in self.doors
        }

    def get_urlpatterns(self):
        return [p for p in super().get_urlpatterns() if p.name in self.doors]

    def register_admin_url_finder(self):
        if "edit" in self.doors:
            super().register_admin_url_finder()

    def get_permissions_to_register(self):
        """None to tick in a group's form: roles in cohorts decide, not groups."""
        return super().get_permissions_to_register().none()
