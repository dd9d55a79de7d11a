"""A rule of certificates as an administrator writes it."""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from certificates.models import AwardRule
from certificates.models.kinds import Kind
from lms.roles import ROLE_GROUPS
from lms.titles import courses_to_choose


class AwardRuleForm(WagtailAdminModelForm):
    """What does not belong to the kind is left out when it is saved."""

    course_key = forms.ChoiceField(
        label=_("Course"),
        required=False,
        help_text=_("A course's own rule goes before the one for all courses."),
    )
    after = forms.MultipleChoiceField(
        label=_("Only with valid certificates of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For an award at the end of a path of courses."),
    )
    members = forms.ModelMultipleChoiceField(
        get_user_model().objects.none(),
        label=_("Committee"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Administrators vote, too. Nobody votes on a list of their own."),
    )

    class Meta:
        model = AwardRule
        fields = [
            "course_key",
            "kind",
            "is_on",
            "least_score",
            "least_attendance",
            "after",
            "decided_by",
            "approvals",
            "members",
            "valid_months",
            "renewal",
            "opens_months",
        ]
        help_texts = {
            "least_score": _("For a distinction: the mean of the required quizzes."),
            "least_attendance": _("For an attendance statement."),
            "decided_by": _(
                "Where nobody decides, whoever completed the course before is given "
                "theirs at once, too."
            ),
            "approvals": _("Where a committee decides."),
            "valid_months": _("Empty: as long as the template says."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = courses_to_choose()
        self.fields["course_key"].choices = [("", _("All courses")), *titles]
        self.fields["after"].choices = titles
        self.fields["members"].queryset = _staff(self.instance)
        self.initial["course_key"] = str(self.instance.course_key or "")

    def clean_course_key(self):
        key = self.cleaned_data["course_key"]
        return uuid.UUID(key) if key else None

    def clean(self):
        answers = super().clean()
        kind, is_on = answers.get("kind"), answers.get("is_on")
        for name, only in (
            ("least_score", Kind.DISTINCTION),
            ("least_attendance", Kind.ATTENDANCE),
        ):
            if kind != only:
                answers[name] = None
            elif is_on and name not in self.errors and not answers.get(name):
                self.add_error(name, _("Say how much is needed."))
        return answers

    def _get_validation_exclusions(self):
        """That a course has one rule of a kind the verb says, beside the course."""
        return {*super()._get_validation_exclusions(), "course_key"}

    @property
    def answers(self) -> dict:
        return dict(self.cleaned_data)


def _staff(rule: AwardRule):
    """Whoever may come into the admin by a role, and the members so far."""
    users = get_user_model().objects
    wanted = users.filter(groups__name__in=ROLE_GROUPS, is_active=True)
    known = rule.members.all() if rule.pk else users.none()
    keys = {*wanted.values_list("pk", flat=True), *known.values_list("pk", flat=True)}
    return users.filter(pk__in=keys).order_by("last_name", "first_name", "username")
