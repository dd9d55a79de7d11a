"""Addresses of the frame, the same in every language."""

from django.urls import path

from . import views

app_name = "home"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("band.svg", views.band, name="band"),
    # Where `courses:cover` is, too: read first, it draws in the site's own colour.
    path("covers/<uuid:key>.svg", views.cover, name="cover"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.RobotsView.as_view(), name="robots"),
    path("style/", views.StyleView.as_view(), name="style"),
]
