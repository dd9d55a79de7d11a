"""Certificates for a whole cohort: who is ready, one button, what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from certificates.actions.issuing import Outcome, issue_all, ready_for
from lms import scoping
from lms.models import Cohort, Enrolment


@method_decorator(login_required, name="dispatch")
class IssueCohortView(View):
    """For whoever issues in this cohort; for anybody else there is no such page."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.chosen = {
            int(pk) for pk in request.POST.getlist("enrolment") if _is_pk(pk)
        }

    def get(self, request, pk):
        return self.show(request, self.cohort(pk))

    def post(self, request, pk):
        cohort = self.cohort(pk)
        places = Enrolment.objects.filter(cohort=cohort, pk__in=self.chosen)
        outcomes = issue_all(
            places.order_by("person__legal_name", "pk"), by=request.user
        )
        self.tell(request, outcomes)
        return self.show(request, cohort, outcomes)

    def cohort(self, pk) -> Cohort:
        cohorts = scoping.cohorts_for(self.request.user, "issue")
        return get_object_or_404(cohorts.select_related("edition"), pk=pk)

    def show(self, request, cohort, outcomes=()):
        """The same list before and after; what was just issued is marked."""
        candidates = ready_for(cohort)
        new = {one.enrolment.pk for one in outcomes if one.is_new}
        context = {
            "cohort": cohort,
            "ready": [one for one in candidates if one.is_ready],
            "refused": [one for one in candidates if one.refusal],
            "issued": [one for one in candidates if one.certificate],
            "new": new,
        }
        return render(request, "certificates/issue_cohort.html", context)

    def tell(self, request, outcomes: list[Outcome]) -> None:
        """Issued, already there, refused: each with its number (CE-25)."""
        issued = sum(one.is_new for one in outcomes)
        there = sum(not one.is_new and not one.refusal for one in outcomes)
        if not outcomes:
            messages.warning(request, _("Nobody was ticked, so nothing was issued."))
        if issued:
            text = ngettext(
                "%(count)d certificate is issued.",
                "%(count)d certificates are issued.",
                issued,
            )
            messages.success(request, text % {"count": issued})
        if there:
            text = ngettext(
                "%(count)d person had one already.",
                "%(count)d people had one already.",
                there,
            )
            messages.info(request, text % {"count": there})
        for one in outcomes:
            if one.refusal:
                messages.error(request, f"{one.enrolment.person}: {one.refusal}")


def _is_pk(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
