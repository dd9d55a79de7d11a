"""The page tree's addresses: Wagtail's own, served with the way there remembered."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtails

from .views.serve import serve

urlpatterns = [
    *(pattern for pattern in wagtails if pattern.name != "wagtail_serve"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
