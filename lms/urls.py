"""Every address of the ready site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("courses.urls")),
    path("", include("certificates.code_urls")),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("home.passkey_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("home.account_urls")),
    path("", include("lms.app_urls")),
    path("", include("certificates.urls")),
    path("", include("courses.page_urls")),
)

handler400 = "home.errors.bad_request"
handler403 = "home.errors.forbidden"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"
