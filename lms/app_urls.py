"""The pages of training outside Wagtail's page tree."""

from django.urls import path

from .views import (
    admission,
    attempts,
    cohort_home,
    events,
    matrix,
    my_courses,
    nominations,
    register,
    sessions,
    slips,
    study,
    teach,
    viewing,
)

app_name = "lms"

urlpatterns = [
    path("my/", my_courses.my_courses, name="my_courses"),
    path("my/view/stop/", viewing.stop, name="stop_viewing_as"),
    path("my/places/<int:pk>/", admission.place, name="place"),
    path("my/places/<int:pk>/accept/", admission.accept, name="accept_offer"),
    path("my/places/<int:pk>/decline/", admission.decline, name="decline_offer"),
    path("my/places/<int:pk>/leave/", admission.leave, name="leave_queue"),
    path("join/code/", admission.claim, name="claim"),
    path("join/<slug:code>/", study.join, name="join"),
    path("nominations/<slug:key>/", nominations.nomination, name="nomination"),
    path(
        "nominations/<slug:key>/replace/<int:pk>/",
        nominations.replace,
        name="nominee_replace",
    ),
    path("study/<uuid:activity>/opened/", study.opened, name="opened"),
    path("study/<uuid:activity>/done/", study.complete, name="complete"),
    path("study/<uuid:activity>/undo/", study.undo, name="undo"),
    path("study/<uuid:activity>/self-check/", study.self_check, name="self_check"),
    path("study/<uuid:activity>/start/", attempts.start, name="start_attempt"),
    path("attempts/<int:pk>/", attempts.attempt, name="attempt"),
    path("attempts/<int:pk>/save/", attempts.save, name="save"),
    path("attempts/<int:pk>/answer/", attempts.save_answer, name="save_answer"),
    path("attempts/<int:pk>/missing/", attempts.missing, name="unanswered"),
    path("attempts/<int:pk>/submit/", attempts.submit, name="submit"),
    path("attempts/<int:pk>/result/", attempts.result, name="result"),
    path("teach/", teach.teach, name="teach"),
    path(
        "teach/<int:cohort_pk>/sign-off/", teach.SignOffView.as_view(), name="sign_off"
    ),
    path("teach/events/", events.events, name="events"),
    path("teach/events/add/", events.add, name="event_add"),
    path("teach/events/<int:pk>/", events.edit, name="event_edit"),
    path("teach/events/<int:pk>/withdraw/", events.withdraw, name="event_withdraw"),
    path("teach/events/<int:pk>/sheet/", events.sheet, name="event_sheet"),
    path("teach/sessions/<int:pk>/", register.register, name="register"),
    path("teach/sessions/<int:pk>/reopen/", register.reopen, name="register_reopen"),
    path(
        "teach/sessions/<int:pk>/history/<int:enrolment_pk>/",
        register.mark_history,
        name="mark_history",
    ),
    path("teach/sessions/<int:pk>/edit/", sessions.edit, name="session_edit"),
    path("teach/sessions/<int:pk>/cancel/", sessions.cancel, name="session_cancel"),
    path("teach/cohorts/<slug:code>/", cohort_home.cohort, name="cohort"),
    path("teach/cohorts/<slug:code>/matrix/", matrix.matrix, name="matrix"),
    path(
        "teach/cohorts/<slug:code>/people/<int:pk>/",
        matrix.person,
        name="cohort_person",
    ),
    path("teach/cohorts/<slug:code>/sessions/", sessions.sessions, name="sessions"),
    path("teach/cohorts/<slug:code>/sessions/add/", sessions.add, name="session_add"),
    path("teach/cohorts/<slug:code>/slips/", slips.print_slips, name="print_slips"),
    path("slip/", slips.enter_slip, name="enter_slip"),
    path("slip/account/", slips.slip_account, name="slip_account"),
    path("slip/<slug:code>/", slips.open_slip, name="open_slip"),
    path(
        "my/attendance/<int:enrolment_pk>/",
        sessions.my_attendance,
        name="my_attendance",
    ),
]
