"""Forms of those who come in, of those who send them, and of those who decide."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from courses import clock
from lms import scoping
from lms.models import Cohort, Enrolment, Invitation, Nomination

from .cohorts import OfCohort, ReasonForm
from .picking import OfPerson

# Longer than any code, however it is spaced.
LONGEST = 60


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST,
        help_text=_(
            "As in your letter, such as K7M4-QX9R-T2AC. Capitals do not matter."
        ),
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class NomineeForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Who registers with it is recognised without the code."),
    )


class SuccessorForm(NomineeForm):
    """Who takes a seat over is told so."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The seat is offered by a letter to it.")
    )


class UntilField(forms.DateField):
    """The last day on which a code works."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Valid until the end of"),
            widget=forms.DateInput(attrs={"type": "date"}),
            initial=_in_two_weeks,
            **kwargs,
        )


def _in_two_weeks():
    return (clock.now() + timedelta(days=14)).date()


class WithExpiry(OfCohort):
    """Turns the last day into an instant in the cohort's zone."""

    until = UntilField()

    def clean(self):
        answers = super().clean()
        cohort, day = answers.get("cohort"), answers.pop("until", None)
        if cohort and day:
            next_day = datetime.combine(day + timedelta(days=1), time(0))
            answers["expires_at"] = next_day.replace(tzinfo=cohort.zone)
        return answers


class InvitationForm(WithExpiry, OfPerson):
    legal_name = forms.CharField(
        label=_("Name as on the certificate"),
        required=False,
        max_length=160,
        help_text=_(
            "Without a name the letter is written in the language of the cohort."
        ),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    class Meta:
        model = Invitation
        fields = ["cohort"]

    nobody = ("email", _("Find somebody or write an e-mail."))
    field_order = ["cohort", "find", "person", "legal_name", "email", "until"]


class NominationForm(WithExpiry):
    class Meta:
        model = Nomination
        fields = ["cohort", "organisation", "seats", "contact_name", "contact_email"]
        help_texts = {
            "seats": _("How many people it may send. No seat is kept free for them."),
            "contact_name": _("Who answers for the organisation."),
        }


class AnswersForm(forms.Form):
    """One answer to the requests chosen."""

    APPROVE, REFUSE = "approve", "refuse"

    places = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(),
        error_messages={
            "required": _("Choose who is answered."),
            "invalid_choice": _("One of these requests was answered meanwhile."),
        },
    )
    answer = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REFUSE, REFUSE)])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Those who are refused read it in their letter. Needed as well to approve "
            "somebody who lacks a course that must come first."
        ),
    )

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = self.requests(cohort)

    @staticmethod
    def requests(cohort: Cohort):
        """Who asked first is first."""
        asked = cohort.enrolments.filter(status=Enrolment.Status.REQUESTED)
        people = asked.select_related("person__organisation")
        return people.order_by("created_at", "pk")

    def clean(self):
        answers = super().clean()
        if answers.get("answer") == self.REFUSE and not answers.get("reason"):
            self.add_error("reason", _("Write why."))
        return answers


class PriorityForm(forms.Form):
    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=0,
        max_value=1000,
        help_text=_("Higher goes first; among equals who came first."),
    )


class MoveForm(ReasonForm):
    to = forms.ModelChoiceField(Cohort.objects.none(), label=_("To the cohort"))

    field_order = ["to", "reason"]

    def __init__(self, *args, enrolment: Enrolment, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = scoping.cohorts_for(user, "manage")
        same = mine.filter(edition=enrolment.cohort.edition_id)
        self.fields["to"].queryset = same.exclude(pk=enrolment.cohort_id)
