"""What went wrong, said in the person's language with the way on.

An error may come up before or after LocaleMiddleware has chosen a language, and a
thread keeps that of the request before: so the language is asked for here.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", 403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF check refused a form: mostly signed out, or in, in another tab."""
    return _page(request, "403_csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks no database and no context processor: one of them may be what failed."""
    with _language(request):
        return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    with _language(request):
        return render(request, template, status=status)


def _language(request: HttpRequest) -> override:
    return override(get_language_from_request(request, check_path=True))
