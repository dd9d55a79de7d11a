"""Calendar addresses: shown to their person, read by their calendar program."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import feeds, scoping
from lms.actions.calendar_addresses import new_calendar_address
from lms.models import CalendarAddress, Cohort


@require_safe
def read(request, token) -> HttpResponse:
    """The file, or "not modified". What is not an address any more is not there."""
    address = CalendarAddress.objects.by_token(token)
    sessions = feeds.sessions_at(address) if address else None
    if sessions is None:
        raise Http404
    etag = feeds.mark_of(sessions)
    if etag in request.headers.get("If-None-Match", ""):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(feeds.feed(address, sessions))
        answer["Content-Type"] = "text/calendar; charset=utf-8"
        answer["Content-Disposition"] = 'inline; filename="sessions.ics"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@login_required
def my_calendar(request) -> HttpResponse:
    """My own sessions, of all my courses."""
    back = {"url": reverse("lms:my_courses"), "title": _("My courses")}
    return _page(request, None, back)


@never_cache
@login_required
def cohort_calendar(request, code) -> HttpResponse:
    """The sessions of a cohort, for who teaches it."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "teach"), code=code)
    back = {"url": reverse("lms:sessions", args=[code]), "title": cohort.title}
    return _page(request, cohort, back)


def _page(request, cohort: Cohort | None, back: dict) -> HttpResponse:
    address = CalendarAddress.objects.filter(user=request.user, cohort=cohort).first()
    if request.method == "POST":
        new_calendar_address(request.user, cohort=cohort, by=request.user)
        if address:
            text = _("This is the address. An older one is closed.")
            messages.success(request, text)
        return redirect(request.path)
    url = ""
    if address:
        path = reverse("lms:calendar", args=[address.token])
        url = request.build_absolute_uri(path)
    context = {
        "cohort": cohort,
        "back": back,
        "url": url,
        "webcal": url.replace("https://", "webcal://").replace("http://", "webcal://"),
        "address": address,
    }
    return render(request, "lms/calendar.html", context)
