from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from lms.views import roster


class RosterViewSet(ViewSet):
    """Importing a list of people; reached from a cohort's page."""

    name = "lms_roster"
    url_prefix = "training/rosters"
    icon = "table"

    def get_urlpatterns(self):
        return [
            path("cohort/<int:cohort_pk>/", roster.UploadView.as_view(), name="upload"),
            path("<int:pk>/", roster.CheckView.as_view(), name="check"),
            path("<int:pk>/done/", roster.ResultView.as_view(), name="result"),
            path("example/<str:language>.csv", roster.example, name="example"),
        ]
