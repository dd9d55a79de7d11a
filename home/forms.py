from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from lms.models import Organisation, Person, Region, Sex

CHOOSE = [("", _("Choose"))]


def length_of(model, field: str) -> int:
    return model._meta.get_field(field).max_length


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
