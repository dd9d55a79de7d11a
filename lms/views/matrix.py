"""Who has done what in a cohort: everybody in one table, one person in one list."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import matrix_files, scoping
from lms.forms.exports import PurposeForm
from lms.matrix import UNMET, matrix_of
from lms.models import Enrolment
from lms.reports.knowledge_gain import pair_of
from lms.waivers import waived_of

from .cohort_home import cohort_of

PEOPLE_A_PAGE = 100


@never_cache
@login_required
def matrix(request, code):
    """Everybody, or who is asked for; posting has the same rows put into a file."""
    cohort = cohort_of(request.user, code)
    whole = matrix_of(cohort)
    show, missing = request.GET.get("show", ""), request.GET.get("missing", "")
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        export = matrix_files.start(
            cohort, show=show, missing=missing, by=request.user, **form.cleaned_data
        )
        return redirect("lms_reports:export", export.pk)
    rows = whole.chosen(show=show, missing=missing)
    page = Paginator(rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "matrix": whole,
        "page_obj": page,
        "form": form,
        "show": show,
        "missing": next((one for one in whole.columns if one.key == missing), None),
    }
    return render(request, "lms/matrix.html", context)


@never_cache
@require_safe
@login_required
def person(request, code, pk):
    """Everything asked of one person, with what stands in the way on top."""
    cohort = cohort_of(request.user, code)
    places = cohort.enrolments.select_related("person", "organisation")
    place = get_object_or_404(places, pk=pk)
    rows = matrix_of(cohort)
    row = next((row for row in rows.rows if row.place == place), None)
    waived = waived_of(place)
    context = {
        "cohort": cohort,
        "place": place,
        "row": row,
        "pair": pair_of(place),
        "before": [one for one in waived if one.is_before],
        "has_waivers": any(not one.is_before for one in waived),
        "may_manage": scoping.may(request.user, "manage", cohort),
        "may_teach": scoping.may(request.user, "teach", cohort),
        "waivable": UNMET if place.status == Enrolment.Status.ACTIVE else (),
        "lines": list(zip(rows.columns, row.cells, strict=True)) if row else [],
    }
    return render(request, "lms/cohort_person.html", context)
