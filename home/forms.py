from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from lms.models import CorrectionRequest, Organisation, Person, Region, Sex
from lms.zones import cities

CHOOSE = [("", _("Choose"))]


def length_of(model, field: str) -> int:
    return model._meta.get_field(field).max_length


def _zones() -> list[tuple[str, str]]:
    return [("", _("Where the course is held")), *cities()]


class AboutMeForm(forms.Form):
    """Who somebody is, asked once after the first sign-in; the verb writes it."""

    legal_name = forms.CharField(
        label=_("Your full name"),
        max_length=length_of(Person, "legal_name"),
        help_text=_(
            "Exactly as it shall stand on the certificate. "
            "Later only the people who run your course can change it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=CHOOSE + Sex.choices)
    audience = forms.ChoiceField(
        label=_("Which are you?"), choices=CHOOSE + Audience.choices
    )
    organisation = forms.CharField(
        label=_("Where you work or study"),
        max_length=length_of(Organisation, "name"),
        required=False,
    )
    region = forms.ChoiceField(label=_("Region"), choices=CHOOSE + Region.choices)
    locale = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES
    )


class ContactForm(forms.Form):
    """What people change themselves."""

    locale = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=length_of(Person, "phone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    timezone = forms.ChoiceField(
        label=_("Where your clock is"),
        choices=_zones,
        required=False,
        help_text=_("If you live elsewhere, sessions are shown by your clock as well."),
    )


class CorrectionForm(forms.Form):
    """What is right instead of what is written, and why."""

    new = forms.CharField(
        label=_("Correct is"), max_length=length_of(CorrectionRequest, "new")
    )
    reason = forms.CharField(
        label=_("How we can see that"),
        required=False,
        max_length=length_of(CorrectionRequest, "reason"),
        help_text=_("Such as: as in my passport."),
    )

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, **kwargs)
        choices = {"sex": Sex.choices, "region": Region.choices}.get(field)
        if choices:
            self.fields["new"] = forms.ChoiceField(
                label=self.fields["new"].label, choices=CHOOSE + choices
            )
        elif field != "organisation":
            self.fields["new"] = forms.CharField(
                label=self.fields["new"].label, max_length=length_of(Person, field)
            )
