"""Of what a cohort warns its participants, and who was warned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms import scoping
from lms.actions.warnings import set_warning_rules
from lms.attendance_rules import rules_of
from lms.forms.warnings import WarningRulesForm
from lms.models import AttendanceWarning, WarningRules
from lms.presence import asks_attendance

MOST_SHOWN = 200


@never_cache
@login_required
def warnings(request, code):
    """Trainers read who was warned; coordinators set the limits."""
    cohorts = scoping.cohorts_for(request.user, "teach").select_related("edition")
    cohort = get_object_or_404(cohorts, code=code)
    may_manage = scoping.may(request.user, "manage", cohort)
    if request.method == "POST" and not may_manage:
        raise PermissionDenied
    rules = WarningRules.objects.filter(cohort=cohort).first()
    form = WarningRulesForm(request.POST or None, instance=rules)
    if request.method == "POST" and form.is_valid():
        set_warning_rules(cohort, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Warnings are written at night."))
        return redirect("lms:warnings", cohort.code)
    told = AttendanceWarning.objects.filter(enrolment__cohort=cohort, is_sent=True)
    context = {
        "cohort": cohort,
        "form": form,
        "may_manage": may_manage,
        "needed": rules_of(cohort.edition.policy).percent,
        "asks_attendance": asks_attendance(cohort),
        "warnings": told.select_related("enrolment__person")[:MOST_SHOWN],
    }
    return render(request, "lms/warnings.html", context)
