"""A certificate for whoever was given its link, without signing in."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates.actions.sharing import count_view
from certificates.checking.verification import look_up
from certificates.models import Certificate, ShareLink
from courses import clock

from .stored import pdf_response
from .verify_pages import told


@require_safe
def shared(request, token):
    """What the paper says, with the full name: the holder gave it away.

    A link that is off, over or made up is answered in the same words.
    """
    link = ShareLink.objects.by_token(token, clock.now())
    if link is None:
        return told(request, render(request, "certificates/shared.html", status=404))
    row = link.certificate
    is_holder = Certificate.objects.of(request.user).filter(pk=row.pk).exists()
    # The holder looks at what the link shows and must not take that for somebody else.
    if request.method == "GET" and not is_holder:
        count_view(link)
    context = {
        "answer": look_up(row.code),
        "holder": row.content["holder"],
        "token": token,
        "has_file": row.pdf and row.status == Certificate.Status.VALID,
        "verify_url": row.content["verify_url"],
    }
    return told(request, render(request, "certificates/shared.html", context))


@require_safe
def shared_file(request, token):
    """The stored file, opened in the browser with `?inline`."""
    link = ShareLink.objects.by_token(token, clock.now())
    row = link.certificate if link else None
    if row is None or not row.pdf or row.status != Certificate.Status.VALID:
        raise Http404
    return told(request, pdf_response(request, row.pdf, row.number))
