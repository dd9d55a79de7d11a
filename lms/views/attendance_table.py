"""Everybody's attendance in one cohort, for the people who teach it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from lms import matrix_files
from lms.attendance_table import attendance_table_of
from lms.forms.exports import PurposeForm

from .cohort_home import cohort_of

PEOPLE_A_PAGE = 100


@never_cache
@login_required
def attendance_table(request, code):
    """Who is at risk stands first; posting has the same rows put into a file."""
    cohort = cohort_of(request.user, code)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        export = matrix_files.start_attendance(
            cohort, by=request.user, **form.cleaned_data
        )
        return redirect("lms_reports:export", export.pk)
    table = attendance_table_of(cohort)
    page = Paginator(table.rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {"cohort": cohort, "table": table, "page_obj": page, "form": form}
    return render(request, "lms/attendance_table.html", context)
