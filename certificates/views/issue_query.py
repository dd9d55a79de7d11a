"""Certificates for everybody who has completed and has none; for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.actions.runs import start_run
from certificates.due.without import without_certificate
from certificates.forms.runs import QueryForm
from certificates.models import IssueRun
from lms.actions.refusal import Refused
from lms.roles import is_administrator

# Named before the run begins, and runs before; the rest is a number.
NAMED, RUNS = 20, 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_query(request):
    """The question stands in the address and shows whom it finds; a POST begins."""
    if not is_administrator(request.user):
        raise PermissionDenied
    form = QueryForm(request.POST if request.method == "POST" else request.GET)
    if form.is_valid() and request.method == "POST":
        try:
            run = start_run(
                without_certificate(form.query()), query=form.query(), by=request.user
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            return redirect("certificates:run", run.pk)
    runs = IssueRun.objects.filter(cohort=None).select_related("by")
    context = {"form": form, "runs": runs[:RUNS], **_found(form)}
    return render(request, "certificates/issue_query.html", context)


def _found(form: QueryForm) -> dict:
    if not form.is_valid():
        return {"count": 0, "found": []}
    places = without_certificate(form.query())
    named = places.select_related("person", "cohort")[:NAMED]
    return {"count": places.count(), "found": named}
