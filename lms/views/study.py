"""Studying: the gate before a course's pages, and what a participant does on them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses import clock
from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from lms import access
from lms.actions import progress
from lms.actions.enrolment import join as join_cohort
from lms.actions.refusal import Refused
from lms.models import Cohort, Enrolment
from lms.stamps import checks, shown_at, sign_chosen
from lms.study import PUT_OFF, Study, course_key_of, page_of

from .admission import say_what_became, way_in
from .sign_in import posted_by_participant

OURS = (CoursePage, ModulePage, LessonPage, QuizPage)


def put_study_on_request(page: Page, request, args, kwargs) -> HttpResponse | None:
    """Before a course's page: what the reader may see of it, or why they may not.

    A course page is for everybody; what is taught in it for its participants, its
    staff and its editors. Nothing is written here.
    """
    if not isinstance(page, OURS):
        return None
    key = course_key_of(page)
    enrolment = access.enrolment_for(request.user, key)
    request.study = Study(
        request.user,
        page,
        key,
        enrolment,
        shown_before=request.GET.get("shown", ""),
        answered=request.GET.get("checked", ""),
        put_off=request.session.get(PUT_OFF) if enrolment else None,
    )
    if enrolment or isinstance(page, CoursePage):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if access.reads_along(request.user, page, key):
        return None
    return not_enrolled(request, page)


def not_enrolled(request, page: Page) -> HttpResponse:
    """The lesson is there but not for this person: how to get in."""
    course = CoursePage.objects.ancestor_of(page).first()
    context = {"page": page, "course": course, "study": request.study}
    return render(request, "lms/not_enrolled.html", context, status=403)


@posted_by_participant
def opened(request, activity) -> HttpResponse:
    """The page's script says that the participant is here."""
    enrolment, _page = _place(request, activity)
    try:
        progress.open_activity(enrolment, activity=activity)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return HttpResponse(status=204)


@posted_by_participant
def complete(request, activity) -> HttpResponse:
    """ "Done, next": to the next activity, or back with how long reading takes."""
    enrolment, page = _place(request, activity, LessonPage)
    stamp = request.POST.get("shown", "")
    try:
        progress.finish_lesson(
            enrolment,
            activity=activity,
            shown_at=shown_at(stamp, activity) or clock.now(),
            by=request.user,
        )
    except progress.ReadTooSoon:
        # The page says it beside the button, and counts from the first sight.
        return redirect(f"{page.url}?{urlencode({'shown': stamp})}#foot")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page.url)
    return redirect(_onward(request, page, enrolment))


@posted_by_participant
def self_check(request, activity) -> HttpResponse:
    """Back to the lesson with feedback; all answered completes what that completes."""
    enrolment, page = _place(request, activity, LessonPage)
    chosen = {
        name: int(value)
        for name, value in request.POST.items()
        if name.startswith("check-") and value.isdecimal() and len(value) < 4
    }
    answered = checks(page, chosen)
    if any(one.choice is None for one in answered):
        messages.warning(request, _("Answer each question of the self-check."))
    else:
        try:
            progress.answer_self_check(enrolment, activity=activity, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
    stamp = sign_chosen(activity, answered)
    return redirect(f"{page.url}?{urlencode({'checked': stamp})}#foot")


@posted_by_participant
def undo(request, activity) -> HttpResponse:
    """Not done after all."""
    enrolment, page = _place(request, activity)
    try:
        progress.undo(enrolment, activity=activity, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(page.url)


def join(request, code) -> HttpResponse:
    """An address to give away: it leads to the course, whose button joins by POST."""
    cohorts = Cohort.objects.exclude(admission=Cohort.Admission.STAFF)
    cohort = get_object_or_404(cohorts.select_related("edition"), code=code)
    if request.method == "POST":
        return _join(request, cohort)
    return redirect(_address_of(cohort))


@posted_by_participant
def _join(request, cohort) -> HttpResponse:
    """Take a place, or ask for one where staff decide."""
    try:
        place = join_cohort(request.user, cohort=cohort)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_address_of(cohort))
    say_what_became(request, place)
    return redirect(way_in(place))


def _address_of(cohort: Cohort) -> str:
    course = page_of(cohort.edition.course_key, CoursePage)
    return course.url if course else reverse("lms:my_courses")


def _place(request, activity, model=Page) -> tuple[Enrolment, Page]:
    """My enrolment in the course of this activity, and its page; 404 without either."""
    page = page_of(activity, model)
    if page is None or not isinstance(page, OURS):
        raise Http404
    enrolment = access.enrolment_for(request.user, course_key_of(page))
    if enrolment is None:
        raise Http404
    return enrolment, page


def _onward(request, page: Page, enrolment: Enrolment) -> str:
    """The address after this page: the next activity, or the course at the end."""
    study = Study(request.user, page, course_key_of(page), enrolment)
    if study.next:
        return study.next.url
    course = page_of(study.course_key, CoursePage)
    return course.url if course else page.url
