"""Importing a list of people into a cohort: choose the file, look, enrol."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.tables.sheets import Unreadable
from lms import scoping
from lms.actions import roster as actions
from lms.actions.refusal import Refused
from lms.forms.roster import OTHER, SAME, ColumnsForm, RosterForm, decisions_from
from lms.models import Cohort, Person, RosterUpload
from lms.roster.example import LANGUAGES, example_csv
from lms.roster.matching import Outcome
from lms.roster_words import happening, notes, understood

# On one page; nobody looks at more, and the numbers above count every line.
MOST_SHOWN = 1000


def managed_cohort(user, pk: int) -> Cohort:
    """A cohort this user may fill; refused where it may only be seen, else 404."""
    cohort = get_object_or_404(scoping.cohorts_for(user), pk=pk)
    if not scoping.may(user, "manage", cohort):
        raise PermissionDenied
    return cohort


class OfCohort(WagtailAdminTemplateMixin):
    """A page of the import, under its cohort."""

    header_icon = "table"
    page_title = gettext_lazy("Import a list")

    def get_page_subtitle(self):
        return str(self.cohort)

    def get_breadcrumbs_items(self):
        url = reverse("lms_cohorts:inspect", args=[self.cohort.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lms_cohorts:index"), "label": _("Cohorts")},
            {"url": url, "label": self.cohort.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "cohort": self.cohort,
            "cohort_url": reverse("lms_cohorts:inspect", args=[self.cohort.pk]),
        }


class UploadView(OfCohort, FormView):
    """Choose the file; a file that cannot be read is refused next to the field."""

    form_class = RosterForm
    template_name = "lms/admin/roster_upload.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.cohort = managed_cohort(request.user, kwargs["cohort_pk"])

    def form_valid(self, form):
        upload = actions.keep_upload(
            self.cohort,
            data=form.cleaned_data["file"],
            name=form.file_name,
            organisation=form.cleaned_data["organisation"],
            audience=form.cleaned_data["audience"],
            by=self.request.user,
        )
        return redirect("lms_roster:check", upload.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"examples": LANGUAGES}


class OfUpload(OfCohort):
    """A page about one kept list."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        uploads = RosterUpload.objects.select_related("cohort", "organisation")
        mine = scoping.scope(uploads, request.user, "manage")
        self.upload = get_object_or_404(mine, pk=kwargs["pk"])
        self.cohort = self.upload.cohort


class CheckView(OfUpload, TemplateView):
    """The dry run: what would happen with each line, and one button to do it."""

    page_title = gettext_lazy("Look before enrolling")
    template_name = "lms/admin/roster_check.html"

    def dispatch(self, request, *args, **kwargs):
        if self.upload.applied_at:
            return redirect("lms_roster:result", self.upload.pk)
        try:
            self.dry_run = actions.plan(self.upload)
        except Unreadable as reason:
            messages.error(request, str(reason))
            return redirect("lms_roster:upload", self.cohort.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "columns" in request.POST:
            return self.choose_columns()
        return self.enrol()

    def choose_columns(self):
        form = ColumnsForm(self.dry_run.roster.columns, self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(columns=form))
        actions.choose_columns(self.upload, columns=form.chosen(), by=self.request.user)
        return redirect("lms_roster:check", self.upload.pk)

    def enrol(self):
        decisions = decisions_from(self.request.POST, self.dry_run)
        why = self.request.POST.get("reason", "")[:500].strip()
        by = self.request.user
        try:
            actions.apply(self.upload, by=by, decisions=decisions, reason=why)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            self.dry_run = actions.plan(self.upload, decisions=decisions, reason=why)
            return self.render_to_response(self.get_context_data())
        return redirect("lms_roster:result", self.upload.pk)

    def get_context_data(self, **kwargs):
        dry_run = self.dry_run
        kwargs.setdefault("columns", ColumnsForm(dry_run.roster.columns))
        counts = dry_run.counts
        waiting = counts[Outcome.SUGGESTED] + counts[Outcome.UNPREPARED]
        return super().get_context_data(**kwargs) | {
            "upload": self.upload,
            "counts": counted(dry_run),
            "asks_why": any(line.lacks for line in dry_run.lines),
            "reason": dry_run.reason,
            "notes": notes(dry_run.roster),
            "refusal": dry_run.refusal,
            "lines": [self.line(match) for match in dry_run.lines[:MOST_SHOWN]],
            "not_shown": max(len(dry_run.lines) - MOST_SHOWN, 0),
            "can_apply": bool(dry_run.to_enrol or waiting) and not dry_run.refusal,
            "button": button(len(dry_run.to_enrol)),
        }

    def line(self, match) -> dict:
        return {
            "row": match.row,
            "about": understood(match.row),
            "outcome": match.outcome.value,
            "happens": happening(match),
            "warnings": match.warnings,
            "choices": self.choices(match),
        }

    def choices(self, match) -> list[dict]:
        """Who may be meant. Somebody of another cohort is not described."""
        key = match.row.key
        choices = [
            {
                "value": f"{SAME}-{candidate.pk}",
                "label": self.described(candidate),
                "chosen": self.dry_run.decisions.get(key) == candidate.pk,
            }
            for candidate in match.candidates
        ]
        if choices:
            other = self.dry_run.decisions.get(key) == 0
            label = _("Somebody else of the same name")
            choices.append({"value": OTHER, "label": label, "chosen": other})
        return choices

    def described(self, candidate) -> str:
        if candidate.pk not in self.visible:
            return _("The same person")
        known_by = ", ".join(filter(None, [candidate.email, candidate.phone]))
        if not known_by:
            return _("The same person")
        return _("The same person: %(known_by)s") % {"known_by": known_by}

    @cached_property
    def visible(self) -> set[int]:
        """The candidates whom the user may see anyway."""
        asked = {c.pk for match in self.dry_run.lines for c in match.candidates}
        people = scoping.scope(Person.objects.filter(pk__in=asked), self.request.user)
        return set(people.values_list("pk", flat=True)) if asked else set()


class ResultView(OfUpload, TemplateView):
    """What a list did; the file itself is gone."""

    page_title = gettext_lazy("List imported")
    template_name = "lms/admin/roster_result.html"

    def get_context_data(self, **kwargs):
        if not self.upload.applied_at:
            raise Http404
        result = self.upload.result
        left_out = [
            (_("Named twice in the list"), result["repeated"]),
            (_("Refused"), result["refused"]),
            (_("Withdrawn before"), result["ended"]),
            (_("Left out, not decided"), result["suggested"]),
            (_("Lack what must come before"), result.get("unprepared", [])),
        ]
        return super().get_context_data(**kwargs) | {
            "result": result,
            "left_out": [(label, lines) for label, lines in left_out if lines],
        }


def counted(dry_run) -> list[tuple[str, int]]:
    """The figures above the table, without those that are nought."""
    counts = dry_run.counts
    figures = [
        (_("Will be enrolled"), len(dry_run.to_enrol)),
        (_("of them new people"), counts[Outcome.NEW]),
        (_("Lines with a warning"), len(dry_run.warned)),
        (_("Wait for your decision"), counts[Outcome.SUGGESTED]),
        (_("Lack what must come before"), counts[Outcome.UNPREPARED]),
        (_("Named twice in the list"), counts[Outcome.REPEATED]),
        (_("Enrolled already"), counts[Outcome.ENROLLED]),
        (_("Withdrawn before"), counts[Outcome.ENDED]),
        (_("Refused lines"), counts[Outcome.REFUSED]),
    ]
    return figures[:1] + [(label, count) for label, count in figures[1:] if count]


def button(count: int) -> str:
    if not count:
        return _("Enrol those I decided on")
    return ngettext("Enrol %(count)s person", "Enrol %(count)s people", count) % {
        "count": count
    }


def example(request, language: str):
    """An empty list with the headings every import understands."""
    if not scoping.may_anywhere(request.user, "manage"):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    response = HttpResponse(example_csv(language), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="list-{language}.csv"'
    return response
