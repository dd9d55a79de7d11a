"""Addresses of allauth's behind which our views stand; they keep their names."""

from django.urls import path

from .passkey_views import AddPasskeyView, FirstPasswordView, RemovePasskeyView

urlpatterns = [
    path("password/set/", FirstPasswordView.as_view(), name="account_set_password"),
    path("2fa/webauthn/add/", AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
]
