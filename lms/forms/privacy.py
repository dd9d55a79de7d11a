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
