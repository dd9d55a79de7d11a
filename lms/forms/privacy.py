from django import forms
from django.utils.translation import gettext_lazy as _

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
