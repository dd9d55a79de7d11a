"""What a file of names is for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PurposeForm(forms.Form):
    """What the file is for, and its format."""

    purpose = forms.CharField(
        label=_("What is the file for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_(
            "The file names people. Your words are kept with your name, the day and "
            "what you asked for."
        ),
    )
    format = forms.ChoiceField(
        label=_("Format"), choices=[("xlsx", _("XLSX, for Excel")), ("csv", "CSV")]
    )
