from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms import scoping
from lms.views.reports import PeopleTrainedView


class ReportMenuItem(MenuItem):
    """Shown to those who may count people somewhere."""

    def is_shown(self, request):
        return scoping.may_anywhere(request.user, "count")


class ReportsViewSet(ViewSet):
    """The reports of training, under Wagtail's Reports."""

    name = "lms_reports"
    icon = "group"
    menu_label = _("People trained")
    menu_hook = "register_reports_menu_item"
    menu_item_class = ReportMenuItem
    add_to_admin_menu = True
    menu_order = 100

    @property
    def menu_url(self):
        return PeopleTrainedView.url

    def get_urlpatterns(self):
        return [
            path(
                "people-trained/",
                PeopleTrainedView.as_view(),
                name="people_trained",
            )
        ]
