"""Pages of certificates under each language; `code_urls` is the address on paper."""

from django.urls import path

from .views import issue, mine, verify

app_name = "certificates"

urlpatterns = [
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("my/certificates/", mine.mine, name="mine"),
    path("my/certificates/<str:code>.pdf", mine.download, name="download"),
    path(
        "teach/<int:pk>/certificates/",
        issue.IssueCohortView.as_view(),
        name="issue_cohort",
    ),
]
