from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.models import Donor, Enrolment, Organisation, Person, Project

from .cohorts import AllTheSameField
from .picking import OfPerson

ABOUT = [
    "legal_name",
    "latin_name",
    "email",
    "phone",
    "sex",
    "audience",
    "organisation",
    "position",
    "region",
    "locale",
]


class PersonForm(WagtailAdminModelForm):
    class Meta:
        model = Person
        fields = ABOUT
        help_texts = {
            "legal_name": _("Letter by letter as it will be printed."),
            "email": _("Whoever signs up with it gets this person's courses."),
        }


class EnrolForm(OfPerson):
    """Somebody known from one's own cohorts, or a person written down here."""

    legal_name = forms.CharField(
        label=_("Name as on the certificate"),
        required=False,
        max_length=160,
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Whoever is known by it is enrolled, under the name we have."),
    )

    class Meta:
        model = Enrolment
        fields = ["cohort"]

    nobody = ("legal_name", _("Find somebody or write a name."))
    field_order = ["cohort", "find", "person", "legal_name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("phone", "sex", "audience", "organisation", "position", "region"):
            self.fields[name] = Person._meta.get_field(name).formfield(required=False)
        self.fields["reason"] = AllTheSameField()

    def _says_who(self, answers) -> bool:
        if answers.get("person") or answers.get("legal_name"):
            return True
        email = answers.get("email")
        return bool(email) and Person.objects.with_email(email).exists()


class OrganisationForm(WagtailAdminModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "sector", "country", "region"]
        help_texts = {
            "sector": _("Its people belong to this audience."),
            "country": _("Two letters, such as TJ."),
        }


class DonorForm(WagtailAdminModelForm):
    class Meta:
        model = Donor
        fields = ["name", "short_name", "logo"]
        # The private storage has no address to link to.
        widgets = {"logo": forms.FileInput(attrs={"accept": "image/*"})}


class ProjectForm(WagtailAdminModelForm):
    class Meta:
        model = Project
        fields = ["name", "short_name"]


class MergeForm(forms.Form):
    """One question for each clash; those without choices make merging impossible."""

    def __init__(self, *args, clashes, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = [clash for clash in clashes if clash.choices]
        for clash in self.clashes:
            self.fields[clash.key] = forms.ChoiceField(
                label=clash.label,
                choices=clash.choices,
                widget=forms.RadioSelect,
                required=clash.is_needed,
                initial=None if clash.is_needed else clash.choices[0][0],
                error_messages={"required": _("Choose: nobody guesses this.")},
            )

    @property
    def decisions(self) -> dict[str, str]:
        answers = {clash.key: self.cleaned_data[clash.key] for clash in self.clashes}
        return {key: answer for key, answer in answers.items() if answer}


class AnswerForm(forms.Form):
    APPROVE, REFUSE = "approve", "refuse"

    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[(APPROVE, _("Write it so")), (REFUSE, _("Leave it as it is"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("To the person"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the letter. Needed where you refuse."),
    )
