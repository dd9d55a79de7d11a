"""Many certificates as one file: asked for with a purpose, made by a job."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.actions.bundles import ask_bundle
from certificates.forms.runs import FilesForm
from certificates.models.kinds import Kind
from lms import scoping
from lms.actions.refusal import Refused
from lms.models import Cohort

from .runs import runs_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_files(request, pk):
    """All valid certificates of a cohort, or those of one kind."""
    cohorts = scoping.cohorts_for(request.user, "issue")
    cohort = get_object_or_404(cohorts, pk=pk)
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Http404
    back = reverse("certificates:issue_cohort", args=[cohort.pk])
    of = {"cohort": cohort, "kind": kind}
    return _ask(request, of, cohort, f"{back}?kind={kind}" if kind else back)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run_files(request, pk):
    """What one run issued, or found already there."""
    run = get_object_or_404(runs_of(request.user), pk=pk)
    back = reverse("certificates:run", args=[run.pk])
    return _ask(request, {"run": run}, run.cohort, back)


def _ask(request, of: dict, cohort: Cohort | None, back: str):
    form = FilesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_bundle(**of, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            refusal.tell(form)
        else:
            return redirect("lms_reports:export", export.pk)
    kind = of.get("kind") and Kind(of["kind"])
    context = {"form": form, "cohort": cohort, "kind": kind, "back": back}
    return render(request, "certificates/files.html", context)
