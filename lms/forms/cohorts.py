from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.models import Edition
from lms import scoping
from lms.actions.session_consequences import of_planning
from lms.models import Cohort, Session, Staff
from lms.titles import course_titles

from .status_sets import ask_for_statuses


class EditionField(forms.ModelChoiceField):
    """Editions by the title of their course in the reader's language."""

    @cached_property
    def titles(self):
        return course_titles()

    def label_from_instance(self, edition):
        title = self.titles.get(edition.course_key, str(edition.course_key))
        return _("%(title)s, edition %(number)s") % {
            "title": title,
            "number": edition.number,
        }


class OfCohort(WagtailAdminModelForm):
    """A form about something in a cohort: only cohorts where its user may do so."""

    action = "manage"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "cohort" in self.fields:
            mine = scoping.cohorts_for(self.for_user, self.action)
            self.fields["cohort"].queryset = mine


class CohortForm(WagtailAdminModelForm):
    edition = EditionField(
        Edition.objects.all(),
        label=_("Course"),
        help_text=_("Participants follow this edition even when the course changes."),
    )

    class Meta:
        model = Cohort
        fields = [
            "edition",
            "code",
            "title",
            "status",
            "mode",
            "admission",
            "starts_on",
            "ends_on",
            "timezone",
            "place",
            "region",
            "capacity",
            "has_waiting_list",
            "offer_hours",
            "freezes_on",
            "locale",
            "status_set",
            "project",
            "donors",
        ]
        help_texts = {
            "code": _("Short and never used again, such as khujand-2026-10."),
            "capacity": _("Leave empty where there is room for everybody."),
            "has_waiting_list": _("Who finds every seat taken may wait for one."),
            "offer_hours": _("Whoever does not answer goes to the end of the list."),
            "donors": _("Who pays; each donor's report counts this cohort."),
        }
        widgets = {"donors": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_statuses(self, self.instance.status_set)
        # Cancelling tells people and frees seats: more than a choice in a list.
        self.fields["status"].choices = [
            choice
            for choice in Cohort.Status.choices
            if choice[0] != Cohort.Status.CANCELLED
            or self.instance.status == Cohort.Status.CANCELLED
        ]
        if self.instance.pk and self.instance.enrolments.exists():
            mine = Edition.objects.filter(pk=self.instance.edition_id)
            self.fields["edition"].queryset = mine


class StaffForm(OfCohort):
    account = forms.CharField(
        label=_("Account"),
        help_text=_("The user name or the e-mail of somebody who has an account."),
    )

    class Meta:
        model = Staff
        fields = ["cohort", "account", "role"]

    def clean_account(self):
        written = self.cleaned_data["account"].strip()
        users = get_user_model().objects.filter(is_active=True)
        found = users.filter(Q(username__iexact=written) | Q(email__iexact=written))
        if len(found) != 1:
            raise forms.ValidationError(
                _(
                    "No account has this user name or e-mail. Ask the person to sign "
                    "up, or an administrator to add the account."
                )
            )
        return found[0]


class SessionForm(OfCohort):
    action = "teach"

    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    is_meant = forms.BooleanField(
        label=_("Even if something else takes place then"),
        required=False,
        help_text=_("With the same trainer, in the same place or for the same people."),
    )

    class Meta:
        model = Session
        fields = [
            "cohort",
            "title",
            "local_date",
            "local_time",
            "minutes",
            "place",
            "link",
            "is_required",
            "is_mandatory",
        ]
        help_texts = {"local_time": _("As the clock shows in the cohort's place.")}

    def clean(self):
        """What is in the way is a warning: allowed once it is meant (ATT-44)."""
        answers = super().clean()
        if not answers.pop("is_meant", False) and not self.errors:
            session = Session(**answers)
            cohort, user = answers["cohort"], self.for_user
            for sentence in of_planning(cohort, [session], user=user):
                self.add_error("is_meant", sentence)
        return answers


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the log."),
    )


class AllTheSameField(forms.CharField):
    """Why somebody comes in who lacks what must come before."""

    def __init__(self):
        super().__init__(
            label=_("Why all the same"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Only for who lacks a course that must come first. Kept."),
        )


class AllTheSameForm(forms.Form):
    reason = AllTheSameField()


class NothingForm(forms.Form):
    """Only the button is asked for."""
