"""The trainers' own pages, for the phone in the room."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views import View

from lms import scoping, sign_offs, timetable
from lms.actions import progress
from lms.models import Cohort
from lms.panels import waiting


@login_required
def teach(request):
    """What a trainer needs now: today's sessions, what waits, what comes, cohorts."""
    if not scoping.may_anywhere(request.user, "see"):
        if scoping.may_anywhere(request.user, "count"):
            # An observer's work is in the reports.
            return redirect("wagtailadmin_home")
        raise PermissionDenied
    cohorts = scoping.cohorts_for(request.user, "see").exclude(
        status__in=[Cohort.Status.FINISHED, Cohort.Status.CANCELLED]
    )
    context = {
        "today": timetable.sessions_today(request.user),
        "next_sessions": timetable.sessions_next(request.user, limit=5),
        "waiting": waiting(request.user),
        "cohorts": cohorts[:50],
    }
    return render(request, "lms/teach.html", context)


@method_decorator(login_required, name="dispatch")
class SignOffView(View):
    """Who has done a lesson that a trainer signs off: one tick a person."""

    def dispatch(self, request, cohort_pk):
        self.cohort = get_object_or_404(
            scoping.cohorts_for(request.user, "see").select_related("edition"),
            pk=cohort_pk,
        )
        if not scoping.may(request.user, "teach", self.cohort):
            raise PermissionDenied
        self.lessons = sign_offs.to_sign(self.cohort, get_language())
        return super().dispatch(request)

    def get(self, request):
        context = {"cohort": self.cohort, "lessons": self.lessons}
        return render(request, "lms/sign_off.html", context)

    def post(self, request):
        signed = 0
        for lesson in self.lessons:
            ticked = set(request.POST.getlist(lesson.activity.key))
            for place in lesson.waiting:
                if str(place.pk) in ticked:
                    signed += self._sign(place, lesson.activity.key)
        self._tell(signed)
        return redirect("lms:sign_off", self.cohort.pk)

    def _sign(self, place, key: str) -> bool:
        """False, and the reason said, where the place ended in the meantime."""
        try:
            progress.sign_off(place, activity=uuid.UUID(key), by=self.request.user)
        except progress.ProgressRefused as reason:
            messages.error(self.request, f"{place.person}: {reason}")
            return False
        return True

    def _tell(self, signed: int) -> None:
        if not signed:
            messages.info(self.request, _("Nobody was ticked, nothing has changed."))
            return
        text = ngettext(
            "%(count)s lesson signed off.", "%(count)s lessons signed off.", signed
        )
        messages.success(self.request, text % {"count": signed})
