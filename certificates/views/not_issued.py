"""What should have issued itself in a cohort and did not, and why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from certificates.actions.automatic import try_again
from certificates.models import AutomaticRefusal
from lms import scoping


@never_cache
@login_required
def not_issued(request, pk) -> HttpResponse:
    """Reasons to mend; pressing the button tries all of them again."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "issue"), pk=pk)
    if request.method == "POST":
        try_again(cohort, by=request.user)
        messages.success(request, _("They are tried again within a minute."))
        return redirect("certificates:not_issued", cohort.pk)
    rows = AutomaticRefusal.objects.to_show().filter(enrolment__cohort=cohort)
    rows = rows.select_related("enrolment__person")
    rows = rows.order_by("enrolment__person__legal_name", "pk")
    context = {"cohort": cohort, "rows": rows}
    return render(request, "certificates/not_issued.html", context)
