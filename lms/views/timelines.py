"""A cohort's history for those who teach it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import scoping
from lms.forms.timelines import TimelineForm
from lms.timelines.telling import of_cohort

from .cohort_home import cohort_of


@never_cache
@require_safe
@login_required
def history(request, code):
    """What was done in the cohort, by whom and why, the newest first."""
    cohort = cohort_of(request.user, code)
    if not scoping.may(request.user, "teach", cohort):
        raise PermissionDenied
    form, story = (
        TimelineForm(request.GET),
        of_cohort(cohort, request.user, on_site=True),
    )
    context = {
        "cohort": cohort,
        "form": form,
        "page_obj": story.page(request.GET.get("page"), **form.narrowing),
    }
    return render(request, "lms/cohort_history.html", context)
