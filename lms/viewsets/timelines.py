"""The history of a row as its timeline, in place of Wagtail's bare list."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from lms.forms.timelines import TimelineForm
from lms.timelines import telling
from lms.timelines.telling import Timeline

from .scoped import RowsOfUser


class TimelineView(
    RowsOfUser, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Read by whoever may change the row; `story` tells it to this reader."""

    model: type | None = None
    story: Callable[[Any, Any], Timeline]
    any_permission_required = ["view"]
    page_title = _("History")
    template_name = "lms/admin/timeline.html"
    # The door of Wagtail's own history, which a viewset builds and we do not hang.
    history_results_url_name = ""
    results_only = False
    index_url_name = ""
    inspect_url_name = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = self.row(kwargs["pk"], "change")

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        rows = reverse(self.index_url_name)
        page = reverse(self.inspect_url_name, args=[self.object.pk])
        return [
            *self.breadcrumbs_items,
            {"url": rows, "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": page, "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def form(self):
        return TimelineForm(self.request.GET)

    def get_context_data(self, **kwargs):
        story = self.story(self.object, self.request.user)
        page = story.page(self.request.GET.get("page"), **self.form.narrowing)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "page_obj": page,
            "zone": story.zone,
            "action_url": self.request.path,
        }


class PersonTimelineView(TimelineView):
    story = staticmethod(telling.of_person)


class CohortTimelineView(TimelineView):
    story = staticmethod(telling.of_cohort)
