"""Certificates for a whole cohort: who is ready, and one button that begins a run."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views import View

from certificates.actions.issuing import ready_for
from certificates.actions.runs import nobody_chosen, start_run
from certificates.actions.trainers import issue_to_trainer
from certificates.due import committee
from certificates.due.candidate import Candidate, key_of
from certificates.models import AutomaticRefusal, AwardRule, IssueRun, Proposal
from certificates.models.kinds import Kind
from lms import scoping
from lms.actions.refusal import Refused
from lms.models import Cohort, Enrolment

# Of the runs before, so many are named.
NAMED = 5


@method_decorator(login_required, name="dispatch")
class IssueCohortView(View):
    """For whoever issues in this cohort; for anybody else there is no such page."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.chosen = {
            int(pk) for pk in request.POST.getlist("enrolment") if _is_pk(pk)
        }

    def get(self, request, pk):
        return self.show(self.cohort(pk))

    def post(self, request, pk):
        cohort = self.cohort(pk)
        kind = self.kind()
        if kind == Kind.TRAINER:
            return self.issue_to_trainers(cohort)
        places = Enrolment.objects.filter(cohort=cohort, pk__in=self.chosen)
        places = places.order_by("person__legal_name", "pk")
        try:
            run = start_run(places, cohort=cohort, kind=kind, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return self.show(cohort)
        return redirect("certificates:run", run.pk)

    def issue_to_trainers(self, cohort):
        """A few: nobody waits for them, so no run is needed."""
        staff = cohort.staff.filter(user__in=self.chosen).select_related("user__person")
        issued = 0
        for row in staff:
            try:
                issue_to_trainer(row.user, cohort=cohort, by=self.request.user)
                issued += 1
            except Refused as refusal:
                messages.error(self.request, f"{row.user}: {refusal}")
        if issued:
            text = ngettext(
                "%(number)s certificate is issued",
                "%(number)s certificates are issued",
                issued,
            )
            messages.success(self.request, text % {"number": issued})
        if not self.chosen:
            messages.warning(self.request, nobody_chosen())
        return redirect(f"{self.request.path}?kind={Kind.TRAINER}")

    def kind(self) -> str:
        """The one that is asked for; one the course gives no more has its list, too."""
        wanted = self.request.GET.get("kind", "")
        if wanted and wanted not in Kind.values:
            raise Http404
        return wanted or Kind.COMPLETION

    def cohort(self, pk) -> Cohort:
        cohorts = scoping.cohorts_for(self.request.user, "issue")
        return get_object_or_404(cohorts.select_related("edition"), pk=pk)

    def show(self, cohort):
        kind = self.kind()
        rules = AwardRule.objects.kinds_of(cohort.edition.course_key)
        candidates = ready_for(cohort, kind)
        runs = IssueRun.objects.filter(cohort=cohort, kind=kind).select_related("by")
        runs = list(runs[:NAMED])
        lists = list(Proposal.objects.filter(cohort=cohort, kind=kind))
        to_propose = _to_propose(cohort, kind, candidates)
        behind = AutomaticRefusal.objects.to_show().filter(enrolment__cohort=cohort)
        context = {
            "cohort": cohort,
            "kind": Kind(kind),
            "kinds": [(value, Kind(value).label) for value in rules],
            "is_voted": kind in rules and rules[kind].is_voted,
            "lists": lists,
            "changeable": next((one for one in lists if one.is_changeable), None),
            "to_propose": to_propose,
            "ready": [one for one in candidates if one.is_ready],
            "refused": [
                one for one in candidates if one.refusal and one not in to_propose
            ],
            "issued": [one for one in candidates if one.certificate],
            "runs": runs,
            "open_run": next((run for run in runs if run.is_open), None),
            "behind": behind.count(),
        }
        return render(self.request, "certificates/issue_cohort.html", context)


def _to_propose(cohort, kind, candidates: list[Candidate]) -> list[Candidate]:
    """Nothing is missing but the committee, and nobody has asked it yet."""
    text = committee.not_agreed()
    found = [one for one in candidates if one.refusal == text]
    asked = committee.asked_about(cohort, kind) if found else set()
    keys = {key_of(place=place, trainer=trainer) for place, trainer in asked}
    return [one for one in found if one.key not in keys]


def _is_pk(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
