from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from courses.views import bank, exchange, quiz_versions


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


class QuestionStepsViewSet(ViewSet):
    """Steps with one question or one quiz; reached from their lists and editors."""

    name = "courses_bank"
    url_prefix = "teaching/bank"
    icon = "help"

    def get_urlpatterns(self):
        renew = quiz_versions.RenewQuizView.as_view()
        return [
            path("<int:pk>/uses/", bank.UsesView.as_view(), name="uses"),
            path("<int:pk>/retire/", bank.RetireView.as_view(), name="retire"),
            path("<int:pk>/restore/", bank.RestoreView.as_view(), name="restore"),
            path("quizzes/<int:pk>/renew/", renew, name="renew_quiz"),
        ]
