"""Pages of certificates under each language; `code_urls` is the address on paper."""

from django.urls import path

from .views import (
    badge,
    files,
    issue,
    issue_query,
    mine,
    not_issued,
    own,
    proposals,
    runs,
    share,
    verify,
    verify_file,
    verify_offline,
)

app_name = "certificates"

urlpatterns = [
    path("verify/", verify.verify, name="verify"),
    path("verify/offline/", verify_offline.offline, name="verify_offline"),
    path("verify/file/", verify_file.verify_file, name="verify_file"),
    path("verify/<str:code>.json", verify.verify_code, name="verify_code_json"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("my/certificates/", mine.mine, name="mine"),
    path("my/certificates/<str:code>.pdf", mine.download, name="download"),
    path("my/certificates/<str:code>/", own.certificate, name="own"),
    path(
        "my/certificates/<str:code>/badge.png",
        badge.badge,
        {"form": "png"},
        name="badge_png",
    ),
    path(
        "my/certificates/<str:code>/badge.svg",
        badge.badge,
        {"form": "svg"},
        name="badge_svg",
    ),
    path("my/certificates/<str:code>/share/", own.share, name="share"),
    path("my/certificates/<str:code>/share/stop/", own.stop_sharing, name="unshare"),
    path("my/certificates/<str:code>/copy/", own.make_copy, name="make_copy"),
    path(
        "my/certificates/<str:code>/<str:language>.pdf",
        own.download_copy,
        name="download_copy",
    ),
    path(
        "my/certificates/<str:code>/withdraw/",
        own.WithdrawView.as_view(),
        name="withdraw",
    ),
    path("shared/<str:token>/", share.shared, name="shared"),
    path("shared/<str:token>.pdf", share.shared_file, name="shared_file"),
    path(
        "teach/<int:pk>/certificates/",
        issue.IssueCohortView.as_view(),
        name="issue_cohort",
    ),
    path("teach/<int:pk>/certificates/files/", files.cohort_files, name="cohort_files"),
    path(
        "teach/<int:pk>/certificates/not-issued/",
        not_issued.not_issued,
        name="not_issued",
    ),
    path(
        "teach/<int:pk>/certificates/propose/<slug:kind>/",
        proposals.propose,
        name="propose",
    ),
    path("teach/lists/", proposals.proposals, name="proposals"),
    path("teach/lists/<int:pk>/", proposals.proposal, name="proposal"),
    path("teach/lists/<int:pk>/change/", proposals.change, name="change_proposal"),
    path("teach/lists/<int:pk>/issue/", proposals.issue, name="issue_proposal"),
    path("teach/certificates/", issue_query.issue_query, name="issue_query"),
    path("teach/certificates/runs/<int:pk>/", runs.run, name="run"),
    path("teach/certificates/runs/<int:pk>/now/", runs.now, name="run_now"),
    path("teach/certificates/runs/<int:pk>/files/", files.run_files, name="run_files"),
]
