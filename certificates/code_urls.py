"""Addresses on paper and in credentials: without a language, for as long as they last.

`certificates.credential` writes them into what is signed: they never change.
"""

from django.urls import path

from .views import credential, verify

urlpatterns = [
    path("verify/<str:code>.json", verify.verify_code, name="certificate_by_code_json"),
    path("verify/<str:code>", credential.by_code, name="certificate_by_code"),
    path(
        "verify/<str:code>/credential.json",
        credential.credential,
        name="certificate_credential",
    ),
    path(
        "credentials/status/<int:number>.json",
        credential.status_list,
        name="certificate_status_list",
    ),
    path(".well-known/did.json", credential.did, name="certificate_issuer_did"),
    path(
        "badges/<str:kind>-<int:year>.svg",
        credential.badge_picture,
        name="certificate_badge_picture",
    ),
]
