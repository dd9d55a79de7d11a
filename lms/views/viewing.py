"""Ending the view through a participant's eyes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import scoping, viewing_as


@require_POST
@login_required
def stop(request):
    """Oneself again, on the page of the person looked through or on one's own."""
    person = viewing_as.end(request, ended="asked")
    if person is None:
        return redirect("lms:my_courses")
    messages.success(request, _("You are yourself again."))
    if scoping.holds(request.user, "see", person):
        return redirect("lms_people:inspect", person.pk)
    return redirect("lms:teach")
