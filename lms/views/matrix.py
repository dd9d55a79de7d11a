"""Who has done what in a cohort: everybody in one table, one person in one list."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from lms import scoping
from lms.matrix import UNMET, Matrix, Row, file_rows, matrix_of
from lms.models import Cohort, Enrolment
from lms.reports.export import csv_response
from lms.waivers import waived_of

from .cohort_home import cohort_of

PEOPLE_A_PAGE = 100


@never_cache
@login_required
def matrix(request, code):
    """Everybody, or who is asked for; posting takes the same rows as a file."""
    cohort = cohort_of(request.user, code)
    whole = matrix_of(cohort)
    show, missing = request.GET.get("show", ""), request.GET.get("missing", "")
    rows = chosen(whole, show=show, missing=missing)
    if request.method == "POST":
        return _file(request, cohort, whole, rows)
    page = Paginator(rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": cohort,
        "matrix": whole,
        "page_obj": page,
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
        "before": [one for one in waived if one.is_before],
        "has_waivers": any(not one.is_before for one in waived),
        "may_manage": scoping.may(request.user, "manage", cohort),
        "waivable": UNMET if place.status == Enrolment.Status.ACTIVE else (),
        "lines": list(zip(rows.columns, row.cells, strict=True)) if row else [],
    }
    return render(request, "lms/cohort_person.html", context)


def chosen(matrix: Matrix, *, show: str, missing: str) -> list[Row]:
    """The rows an address asks for; what is not understood narrows nothing."""
    if missing:
        return matrix.lacking(missing)
    return {"behind": matrix.behind, "ready": matrix.ready}.get(show, matrix.rows)


def _file(request, cohort: Cohort, matrix: Matrix, rows: list[Row]):
    """Names leave the site: that is written down."""
    log(
        cohort,
        "lms.export",
        user=request.user,
        data={"table": "matrix", "rows": len(rows)},
    )
    return csv_response(f"matrix-{cohort.code}", file_rows(matrix, rows))
