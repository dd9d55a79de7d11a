"""My code: what a trainer scans when somebody comes and goes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms import paper_codes, personal_codes, scoping
from lms.actions.personal_codes import renew_personal_code
from lms.models import Enrolment


@require_safe
@never_cache
@login_required
def my_code(request, pk) -> HttpResponse:
    """One page without a script; opened once, it needs no line to be shown."""
    enrolment = _mine(request.user, pk)
    code = personal_codes.personal_code(enrolment)
    context = {
        "enrolment": enrolment,
        "picture": paper_codes.square(code),
        "code": personal_codes.in_groups(code),
    }
    return render(request, "lms/my_code.html", context)


@require_POST
@login_required
def renew_my_code(request, pk) -> HttpResponse:
    enrolment = _mine(request.user, pk)
    number = request.POST.get("number", "")
    if number == str(enrolment.code_number):
        renew_personal_code(enrolment, number=int(number), by=request.user)
        messages.success(
            request, _("This is your new code. The old one counts no more.")
        )
    return redirect("lms:my_code", pk)


@require_POST
@login_required
def renew_code(request, code, pk) -> HttpResponse:
    """For somebody who lost the badge and has no account, by who teaches them."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "teach"), code=code)
    places = cohort.enrolments.select_related("person")
    enrolment = get_object_or_404(places, pk=pk)
    if request.POST.get("number", "") == str(enrolment.code_number):
        renew_personal_code(enrolment, number=enrolment.code_number, by=request.user)
        messages.success(request, _("The old code counts no more. Print a new badge."))
    return redirect("lms:cohort_person", cohort.code, pk)


def _mine(user, pk: int) -> Enrolment:
    """A place of one's own that lasts; others' do not exist."""
    mine = Enrolment.objects.of(user).studying().select_related("cohort", "person")
    return get_object_or_404(mine, pk=pk)
