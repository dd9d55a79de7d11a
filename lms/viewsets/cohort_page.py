from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, HeaderButton

from lms import scoping
from lms.models import Cohort, Enrolment
from lms.panels import waiting
from lms.titles import course_titles

from .scoped import ScopedInspectView


class CohortPageView(ScopedInspectView):
    """A cohort's home for its staff: what waits, people, sessions, who runs it."""

    template_name = "lms/admin/cohort.html"

    def get_page_title(self):
        return self.object.title

    def get_page_subtitle(self):
        return self.object.code

    def get_breadcrumbs_items(self):
        lists = {"url": reverse("lms_cohorts:index"), "label": _("Cohorts")}
        here = {"url": "", "label": self.object.title, "sublabel": self.object.code}
        return [*self.breadcrumbs_items, lists, here]

    @cached_property
    def allowed(self) -> set[str]:
        """What the user may do in this cohort."""
        user, cohort = self.request.user, self.object
        return {
            action for action in scoping.ROLES_FOR if scoping.may(user, action, cohort)
        }

    @cached_property
    def header_buttons(self):
        cohort = f"?cohort={self.object.pk}"
        home = reverse("lms:cohort", args=[self.object.code])
        buttons = [HeaderButton(_("Trainers' page"), url=home, icon_name="mobile-alt")]
        if "manage" in self.allowed:
            url = reverse("lms_cohorts:admission", args=[self.object.pk])
            buttons.append(HeaderButton(_("Admission"), url=url, icon_name="tasks"))
            enrol = reverse("lms_enrolments:add") + cohort
            buttons.append(HeaderButton(_("Enrol"), url=enrol, icon_name="plus"))
        if "teach" in self.allowed:
            plan = reverse("lms_sessions:add") + cohort
            label = _("Plan a session")
            buttons.append(HeaderButton(label, url=plan, icon_name="calendar-alt"))
        return buttons

    @cached_property
    def header_more_buttons(self):
        if "manage" not in self.allowed:
            return []
        edit = reverse("lms_cohorts:edit", args=[self.object.pk])
        history = reverse("lms_cohorts:history", args=[self.object.pk])
        letters = reverse("lms_cohorts:print_letters", args=[self.object.pk])
        paper = _("Print the letters")
        buttons = [
            Button(_("Edit"), url=edit, icon_name="edit", priority=10),
            Button(_("History"), url=history, icon_name="history", priority=20),
            Button(paper, url=letters, icon_name="print", priority=25),
        ]
        if self.object.status != Cohort.Status.CANCELLED:
            url = reverse("lms_cohorts:cancel", args=[self.object.pk])
            cancel = _("Cancel the cohort")
            buttons.append(Button(cancel, url=url, icon_name="cross", priority=30))
        return buttons

    def get_context_data(self, **kwargs):
        cohort = self.object
        people = cohort.enrolments.select_related("person", "organisation").order_by(
            "person__legal_name", "pk"
        )
        people = list(people)
        return super().get_context_data(**kwargs) | {
            "cohort": cohort,
            "course_title": course_titles().get(cohort.edition.course_key, ""),
            "allowed": self.allowed,
            "waiting": waiting(self.request.user, cohort),
            "people": people,
            "taken": sum(place.status in Enrolment.SEATED for place in people),
            "sessions": list(cohort.sessions.order_by("starts_at", "pk")),
            "staff": list(cohort.staff.select_related("user").order_by("role", "pk")),
            "donors": list(cohort.donors.all()),
        }
