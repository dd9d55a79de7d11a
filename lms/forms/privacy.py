from django import forms
from django.utils.translation import gettext_lazy as _

from lms.actions.retention import MOST_DAYS, RULES
from lms.models import Erasure

from .cohorts import ReasonForm


class ForgetForm(forms.Form):
    """What becomes of the certificates of who wants to be forgotten (CE-38)."""

    certificates = forms.ChoiceField(
        label=_("Your certificates"),
        help_text=_(
            "Without your name nobody can check any more that a certificate is yours."
        ),
        choices=Erasure.Certificates,
        widget=forms.RadioSelect,
        initial=Erasure.Certificates.REGISTER,
    )


class ErasureForm(ReasonForm):
    certificates = forms.ChoiceField(
        label=_("Certificates"),
        choices=Erasure.Certificates,
        widget=forms.RadioSelect,
        initial=Erasure.Certificates.REGISTER,
    )


class CopyForm(forms.Form):
    """Why staff take a copy of what is held about somebody."""

    purpose = forms.CharField(
        label=_("What is the file for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_(
            "Such as: a letter of 3 May in which she asks for it. Your words are kept "
            "with your name, and the person can read them."
        ),
    )


class KeepingForm(forms.Form):
    """One number of days for each rule."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for rule in RULES:
            self.fields[rule.key] = forms.IntegerField(
                label=rule.title,
                min_value=rule.least,
                max_value=MOST_DAYS,
                help_text=_("Days; %(days)s where nobody changed it.")
                % {"days": rule.days},
            )
