"""A personal code, scanned or typed, and whether its owner comes or goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import MarkEvent

from .correcting import ask_why

WAYS = [
    (MarkEvent.Kind.ENTRY.value, _("Coming in")),
    (MarkEvent.Kind.EXIT.value, _("Going out")),
]


class ScanForm(forms.Form):
    """One code; why, where the register was signed off before."""

    kind = forms.ChoiceField(label=_("Way"), choices=WAYS, initial=WAYS[0][0])
    value = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        ask_why(self, session)
