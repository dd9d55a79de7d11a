from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms import scoping
from lms.views.closed_periods import ClosedPeriodsView
from lms.views.exports import ExportListView, ExportView, StartExportView
from lms.views.reports import ReportIndexView, ReportView


class ReportMenuItem(MenuItem):
    """Shown to those who may count people somewhere."""

    def is_shown(self, request):
        return scoping.may_anywhere(request.user, "count")


class ReportsViewSet(ViewSet):
    """The reports of training, under Wagtail's Reports."""

    name = "lms_reports"
    icon = "table"
    menu_label = _("Training reports")
    menu_hook = "register_reports_menu_item"
    menu_item_class = ReportMenuItem
    add_to_admin_menu = True
    menu_order = 100

    @property
    def menu_url(self):
        return ReportIndexView.index_url

    def get_urlpatterns(self):
        trained = {"key": "people-trained"}
        return [
            path("", ReportIndexView.as_view(), name="index"),
            path(
                "people-trained/", ReportView.as_view(), trained, name="people_trained"
            ),
            path("closed/", ClosedPeriodsView.as_view(), name="closed"),
            path("files/", ExportListView.as_view(), name="exports"),
            path("files/<int:pk>/", ExportView.as_view(), name="export"),
            path("<slug:key>/people/", StartExportView.as_view(), name="people_file"),
            path("<slug:key>/", ReportView.as_view(), name="report"),
        ]
