"""The address printed on certificates: without a language, for as long as they last."""

from django.urls import path

from .views import verify

urlpatterns = [path("verify/<str:code>", verify.by_code, name="certificate_by_code")]
