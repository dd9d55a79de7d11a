"""Attendance on paper and its guests; a part of `app_urls`."""

from django.urls import path

from .views import guests, register_grid, register_import, room_papers

urlpatterns = [
    path(
        "teach/cohorts/<slug:code>/import/",
        register_import.import_register,
        name="import_register",
    ),
    path(
        "teach/sessions/<int:pk>/paper/",
        room_papers.session_sheet,
        name="session_sheet",
    ),
    path("teach/sessions/<int:pk>/guest/", guests.add_guest, name="add_guest"),
    path(
        "teach/sessions/<int:pk>/guest/<int:enrolment_pk>/",
        guests.let_in_again,
        name="let_in_again",
    ),
    path("teach/cohorts/<slug:code>/guests/", guests.guests, name="guests"),
    path(
        "teach/cohorts/<slug:code>/guests/<int:pk>/match/",
        guests.match_guest,
        name="match_guest",
    ),
    path(
        "teach/cohorts/<slug:code>/guests/<int:pk>/place/",
        guests.take_in,
        name="take_in_guest",
    ),
    path(
        "teach/cohorts/<slug:code>/guests/matched/<int:pk>/back/",
        guests.undo_match,
        name="undo_match",
    ),
    path(
        "teach/cohorts/<slug:code>/grid/",
        register_grid.register_grid,
        name="register_grid",
    ),
    path("teach/cohorts/<slug:code>/scans/", register_grid.add_scan, name="add_scan"),
    path(
        "teach/cohorts/<slug:code>/scans/<int:pk>/",
        register_grid.scan,
        name="register_scan",
    ),
    path(
        "teach/cohorts/<slug:code>/scans/<int:pk>/remove/",
        register_grid.remove_scan,
        name="remove_scan",
    ),
    path("teach/cohorts/<slug:code>/prints/", room_papers.prints, name="prints"),
    path("teach/cohorts/<slug:code>/prints/badges/", room_papers.badges, name="badges"),
    path(
        "teach/cohorts/<slug:code>/prints/name-plates/",
        room_papers.name_plates,
        name="name_plates",
    ),
    path(
        "teach/cohorts/<slug:code>/prints/<slug:day>/",
        room_papers.day_sheet,
        name="day_sheet",
    ),
]
