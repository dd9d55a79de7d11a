"""The rules of certificates: for administrators, said in plain words."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import HeaderButton

from certificates.actions.awards import save_rule
from certificates.due.rule_words import sentences
from certificates.forms.awards import AwardRuleForm
from certificates.models import AwardRule
from lms.titles import course_titles
from lms.viewsets.scoped import (
    ScopedInspectView,
    ScopedViewSet,
    VerbCreateView,
    VerbEditView,
)

from .by_course import ByCourseIndexView


class LeadsToTheRule:
    """What was written is read back in sentences."""

    def get_success_url(self):
        return reverse("certificate_rules:inspect", args=[self.object.pk])


class AddRuleView(LeadsToTheRule, VerbCreateView):
    def save_instance(self):
        return save_rule(None, by=self.request.user, **self.form.answers)


class ChangeRuleView(LeadsToTheRule, VerbEditView):
    def save_instance(self):
        return save_rule(self.object, by=self.request.user, **self.form.answers)


class RulePageView(ScopedInspectView):
    """What the rule does, in sentences."""

    template_name = "certificates/admin/rule.html"

    def get_page_title(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        rows = {"url": reverse("certificate_rules:index"), "label": _("Rules")}
        return [*self.breadcrumbs_items, rows, {"url": "", "label": str(self.object)}]

    @cached_property
    def header_buttons(self):
        edit = reverse("certificate_rules:edit", args=[self.object.pk])
        history = reverse("certificate_rules:history", args=[self.object.pk])
        return [
            HeaderButton(_("Edit"), url=edit, icon_name="edit"),
            HeaderButton(_("History"), url=history, icon_name="history"),
        ]

    def get_context_data(self, **kwargs):
        titles = course_titles()
        rule = self.object
        by_text = {str(key): title for key, title in titles.items()}
        return super().get_context_data(**kwargs) | {
            "rule": rule,
            "course": titles.get(rule.course_key) if rule.course_key else "",
            "sentences": sentences(rule, by_text),
            "members": list(rule.members.all()),
        }


class AwardRuleViewSet(ScopedViewSet):
    """Administrators only: a rule decides about people of every cohort of a course."""

    model = AwardRule
    name = "certificate_rules"
    url_prefix = "training/certificate-rules"
    menu_label = _("Rules")
    icon = "clipboard-list"
    doors = {
        "index",
        "index_results",
        "add",
        "edit",
        "inspect",
        "history",
        "history_results",
    }
    inspect_view_enabled = True
    form_class = AwardRuleForm
    index_view_class = ByCourseIndexView
    add_view_class = AddRuleView
    edit_view_class = ChangeRuleView
    inspect_view_class = RulePageView
    list_display = [
        "__str__",
        BooleanColumn(
            "is_on", label=capfirst(_("the course gives it")), sort_key="is_on"
        ),
        "decided_by",
        "valid_months",
    ]
    list_export = ["kind", "course_key", "is_on", "decided_by", "valid_months"]
