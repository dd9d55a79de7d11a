"""Posts of participants whose sign-in may have run out."""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lms.exam_session import is_here


def posted_by_participant(view):
    """A POST of somebody signed in; who is not comes back to the page after signing in.

    The address posted to cannot be opened, so the page the form stood on is.
    """

    @require_POST
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(_page_of_the_form(request))

    return guarded


def sat_by_participant(view):
    """For whoever is signed in or came with a ticket; others sign in first."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_here(request):
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return guarded


def _page_of_the_form(request) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        parts = urlsplit(referer)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("lms:my_courses")
