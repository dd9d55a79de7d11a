"""Addresses of what is taught, outside Wagtail's page tree."""

from django.urls import path

from .views.covers import cover
from .views.media import picture
from .views.notes import facilitator_notes

app_name = "courses"

urlpatterns = [
    path("covers/<uuid:key>.svg", cover, name="cover"),
    path("media/<path:path>", picture, name="picture"),
    path("notes/<int:pk>/", facilitator_notes, name="facilitator_notes"),
]
