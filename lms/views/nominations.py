"""The page of an organisation that sends people: opened by its link, no account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import clock
from lms.actions.nominations import name_nominee, replace_nominee
from lms.actions.refusal import Refused
from lms.forms.admission import NomineeForm, SuccessorForm
from lms.models import Nomination

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The address is the key: it goes to no other site.
    "Referrer-Policy": "same-origin",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nomination(request, key) -> HttpResponse:
    """Its own nominees and seats left; a POST names one more."""
    found = _by_key(key)
    form = NomineeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_nominee(found, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The person is named. Pass the code on."))
            return redirect("lms:nomination", key)
    return _told(render(request, "lms/nomination.html", _context(found, form)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request, key, pk) -> HttpResponse:
    """Send somebody else instead of this nominee."""
    found = _by_key(key)
    nominee = get_object_or_404(found.nominees.current(), pk=pk)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replace_nominee(nominee, **form.cleaned_data)
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The person is replaced."))
            return redirect("lms:nomination", key)
    context = {"nomination": found, "nominee": nominee, "form": form}
    return _told(render(request, "lms/nominee_replace.html", context))


def _by_key(key: str) -> Nomination:
    """404 without the key: 256 random bits, nobody finds one by trying."""
    rows = Nomination.objects.select_related("cohort", "organisation")
    return get_object_or_404(rows, key=key)


def _context(found: Nomination, form) -> dict:
    now = clock.now()
    nominees = list(found.nominees.current().select_related("enrolment"))
    cohort = found.cohort
    is_over = found.is_over(now) or not cohort.takes_people(now)
    return {
        "nomination": found,
        "cohort": cohort,
        "nominees": nominees,
        "left": max(found.seats - len(nominees), 0),
        "until": found.expires_at.astimezone(cohort.zone),
        "may_change": not is_over and not cohort.has_begun(now),
        "form": form,
    }


def _told(page: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        page[name] = value
    return page
