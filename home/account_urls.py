"""Pages of one's own account beside allauth's."""

from django.urls import path

from .passkey_views import slip_passkey
from .profile import CorrectView, ProfileView

app_name = "account_pages"

urlpatterns = [
    path("my/profile/", ProfileView.as_view(), name="profile"),
    path("my/profile/correct/<slug:field>/", CorrectView.as_view(), name="correct"),
    path("slip/passkey/", slip_passkey, name="slip_passkey"),
]
