from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from courses.views import exchange


class QuestionExchangeViewSet(ViewSet):
    """Questions in and out; reached from the list of questions."""

    name = "courses_exchange"
    url_prefix = "teaching/questions"
    icon = "help"

    def get_urlpatterns(self):
        return [
            path("import/", exchange.ImportView.as_view(), name="import"),
            path("import/<int:pk>/", exchange.CheckView.as_view(), name="check"),
            path("export/", exchange.ExportView.as_view(), name="export"),
        ]
