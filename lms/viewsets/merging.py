"""Two rows that may be one person: suggested, compared, merged, taken back."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from courses import clock
from lms import duplicates
from lms.actions import merging
from lms.actions.merge_plan import plan
from lms.actions.refusal import Refused
from lms.forms.cohorts import NothingForm
from lms.forms.people import MergeForm
from lms.models import Person, PersonMerge

LIST = "lms_people:duplicates"
FOUND = 20


class OfMergeable(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """Speaks of people all of whose places its user runs; others do not exist."""

    model = Person
    permission_required = "change"

    def person(self, pk: int) -> Person:
        people = duplicates.mergeable(self.request.user)
        return get_object_or_404(people.select_related("organisation"), pk=pk)

    def get_breadcrumbs_items(self):
        lists = {"url": reverse(LIST), "label": gettext("Who may be one person")}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, lists, here]


class DuplicatesView(OfMergeable, TemplateView):
    page_title = _("Who may be one person")
    template_name = "lms/admin/duplicates.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request):
        one, other = (self.person(_number(request, name)) for name in ("one", "other"))
        if one != other:
            merging.tell_apart(one, other, by=request.user)
            messages.success(request, _("Kept: these are two people."))
        return HttpResponseRedirect(reverse(LIST))

    def get_context_data(self, **kwargs):
        mine = duplicates.mergeable(self.request.user).values("pk")
        merges = PersonMerge.objects.filter(into__in=mine, undone_at=None)
        merges = merges.filter(forgotten_at=None).select_related("person", "into")
        now = clock.now()
        return super().get_context_data(**kwargs) | {
            "pairs": duplicates.suggestions(self.request.user)[:100],
            "merges": [merge for merge in merges[:100] if merge.undo_until >= now],
        }


class ChooseTwinView(OfMergeable, TemplateView):
    """Whom else a row means: looked for by name, then compared."""

    page_title = _("Merge with another row")
    template_name = "lms/admin/choose_twin.html"

    def get_context_data(self, **kwargs):
        person = self.person(self.kwargs["pk"])
        text = self.request.GET.get("q", person.legal_name)
        people = duplicates.mergeable(self.request.user).exclude(pk=person.pk)
        found = people.matching(text).select_related("organisation")
        return super().get_context_data(**kwargs) | {
            "person": person,
            "text": text,
            "found": found[:FOUND] if text.strip() else [],
        }


class MergeView(OfMergeable, FormView):
    """What would move, what clashes, and the button."""

    page_title = _("Merge two rows of one person")
    template_name = "lms/admin/merge.html"
    form_class = MergeForm

    def dispatch(self, request, pk, into):
        self.merged, self.kept = self.person(pk), self.person(into)
        self.plan = plan(self.merged, self.kept)
        return super().dispatch(request)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"clashes": self.plan.clashes}

    def form_valid(self, form):
        user, answers = self.request.user, form.decisions
        try:
            merging.merge(self.merged, into=self.kept, by=user, decisions=answers)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        messages.success(self.request, _("The two rows are one person now."))
        page = reverse("lms_people:inspect", args=[self.kept.pk])
        return HttpResponseRedirect(page)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "merged": self.merged,
            "kept": self.kept,
            "plan": self.plan,
            "blocked": [clash for clash in self.plan.clashes if not clash.choices],
            "days": PersonMerge.UNDO_DAYS,
        }


class UndoMergeView(OfMergeable, FormView):
    page_title = _("Take the merge back")
    template_name = "lms/admin/step.html"
    form_class = NothingForm

    def dispatch(self, request, pk):
        mine = duplicates.mergeable(request.user).values("pk")
        merges = PersonMerge.objects.filter(into__in=mine)
        merges = merges.select_related("person", "into")
        self.merge = get_object_or_404(merges, pk=pk)
        return super().dispatch(request)

    def form_valid(self, form):
        try:
            merging.undo_merge(self.merge, by=self.request.user)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        messages.success(self.request, _("These are two people again."))
        return HttpResponseRedirect(reverse(LIST))

    def get_context_data(self, **kwargs):
        text = gettext(
            "%(person)s gets back what moved to %(into)s on %(day)s. What was added "
            "or corrected since then stays where it is."
        )
        return super().get_context_data(**kwargs) | {
            "explanation": text
            % {
                "person": self.merge.person,
                "into": self.merge.into,
                "day": date_format(self.merge.merged_at, "j E Y"),
            },
            "action_url": self.request.path,
            "submit_button_label": self.page_title,
            "cancel_url": reverse(LIST),
        }


def _number(request, name: str) -> int:
    """A key as posted; nobody has the key 0."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0
