from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lms.models import Person


class NamesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person):
        if not person.email:
            return person.legal_name
        return _("%(name)s (has an e-mail: %(email)s)") % {
            "name": person.legal_name,
            "email": person.email,
        }


class PrintSlipsForm(forms.Form):
    """Who gets a slip; those without e-mail have no other way in."""

    people = NamesField(
        Person.objects.none(),
        label=_("Who gets a slip"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.initial["people"] = [person.pk for person in people if not person.email]


class SlipCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        help_text=_("Capitals, spaces and the dash do not matter."),
    )


class SlipAccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=get_user_model()._meta.get_field("username").validators,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
        help_text=_("You sign in with it. Keep this one or choose your own."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least eight characters, not only digits. A short sentence is good."
        ),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self):
        return self.cleaned_data["username"].strip()

    def clean_password(self):
        user = get_user_model()(username=self.cleaned_data.get("username", ""))
        validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]

    def clean_again(self):
        password = self.cleaned_data.get("password")
        if password and password != self.cleaned_data["again"]:
            raise ValidationError(_("The two passwords are not the same."))
        return self.cleaned_data["again"]
