"""Coming in: a code, a place in the queue, an offered seat."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from courses import clock
from courses.models import CoursePage
from lms import throttle
from lms.actions.admission import leave_queue
from lms.actions.codes import enter_by_code, what_opens
from lms.actions.refusal import Refused
from lms.actions.waiting_list import OfferExpired, accept_offer, decline_offer
from lms.forms.admission import CodeForm
from lms.models import Cohort, Enrolment
from lms.study import page_of
from lms.ways_in import needs_for

from .sign_in import posted_by_participant

# A minute: a whole class types its code behind one address, and a code has 58 bits.
TRIES = 60


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request) -> HttpResponse:
    """One box for every code; the letter's link fills it in. Only a POST comes in."""
    data = request.POST if request.method == "POST" else request.GET
    form = CodeForm(data if "code" in data else None)
    if not form.is_bound:
        return _code_page(request, form)
    if not throttle.allows(request, door="join", tries=TRIES):
        return _code_page(request, form, status=429)
    if not form.is_valid():
        return _code_page(request, form)
    code = form.cleaned_data["code"]
    if request.method != "POST":
        return _code_page(request, form, opening=what_opens(code))
    if not request.user.is_authenticated:
        back = reverse("lms:claim") + "?" + urlencode({"code": code})
        return redirect_to_login(back)
    return _enter(request, form)


def _enter(request, form: CodeForm) -> HttpResponse:
    code = form.cleaned_data["code"]
    try:
        place = enter_by_code(request.user, code=code)
    except Refused as refusal:
        refusal.tell(form)
        return _code_page(request, form, opening=what_opens(code))
    say_what_became(request, place)
    return redirect(way_in(place))


def _code_page(request, form: CodeForm, *, opening=None, status=200) -> HttpResponse:
    context = {
        "form": form,
        "opening": opening,
        "needs": needs_for(request.user, [opening.cohort])[opening.cohort.pk]
        if opening and request.user.is_authenticated
        else [],
        "is_known": opening is not None or not form.is_bound,
        "is_slowed": status == 429,
    }
    page = render(request, "lms/claim.html", context, status=status)
    if status == 429:
        page["Retry-After"] = str(throttle.SECONDS)
    return page


@never_cache
@require_safe
@login_required
def place(request, pk) -> HttpResponse:
    """My place on the way in: asked, waiting, offered, or what became of it."""
    mine = _mine(request, pk)
    queue = Enrolment.objects.filter(cohort=mine.cohort_id).queue()
    waiting = list(queue.values_list("pk", flat=True))
    is_waiting = mine.pk in waiting
    needs = needs_for(request.user, [mine.cohort])[mine.cohort_id]
    context = {
        "place": mine,
        "cohort": mine.cohort,
        "needs": needs if mine.status in Enrolment.PENDING else [],
        "course": page_of(mine.cohort.edition.course_key, CoursePage),
        "number": waiting.index(mine.pk) + 1 if is_waiting else None,
        "total": len(waiting),
        "until": _local(mine.offered_until, mine.cohort),
        "has_run_out": mine.has_run_out(clock.now()),
    }
    return render(request, "lms/my_place.html", context)


@posted_by_participant
def accept(request, pk) -> HttpResponse:
    mine = _mine(request, pk)
    try:
        mine = accept_offer(mine, by=request.user)
    except OfferExpired as refusal:
        messages.warning(request, str(refusal))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        say_what_became(request, mine)
        return redirect(way_in(mine))
    return redirect("lms:place", pk)


@posted_by_participant
def decline(request, pk) -> HttpResponse:
    return _give_up(request, pk, decline_offer, _("You have declined the seat."))


@posted_by_participant
def leave(request, pk) -> HttpResponse:
    return _give_up(request, pk, leave_queue, _("You are not waiting any more."))


def _give_up(request, pk, verb, words: str) -> HttpResponse:
    try:
        verb(_mine(request, pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:place", pk)
    messages.success(request, words)
    return redirect("lms:my_courses")


def _mine(request, pk) -> Enrolment:
    """404 for anybody else's."""
    places = Enrolment.objects.of(request.user).select_related("cohort__edition")
    return get_object_or_404(places, pk=pk)


def way_in(place: Enrolment) -> str:
    """To the course for who may study, else to the page that says what comes next."""
    if not place.is_studying:
        return reverse("lms:place", args=[place.pk])
    course = page_of(place.cohort.edition.course_key, CoursePage)
    return course.url if course else reverse("lms:my_courses")


def say_what_became(request, place: Enrolment) -> None:
    about = {"cohort": place.cohort.title}
    if place.is_studying:
        messages.success(request, _("You have joined “%(cohort)s”.") % about)
    elif place.status == Enrolment.Status.WAITLISTED:
        text = _("All seats of “%(cohort)s” are taken. You are on the waiting list.")
        messages.info(request, text % about)
    elif place.status == Enrolment.Status.REQUESTED:
        messages.success(request, _("Your request is on its way."))


def _local(instant, cohort: Cohort):
    return instant and instant.astimezone(cohort.zone)
