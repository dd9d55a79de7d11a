"""Checking in by the code of the room, and the rules of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import CheckInRules

from .rooms import CODE, READ_ALIKE


class CheckInForm(forms.Form):
    """The code as it stands on the wall."""

    code = forms.CharField(
        label=_("Code of the room"), max_length=60, widget=CODE, help_text=READ_ALIKE
    )


class CheckInRulesForm(forms.ModelForm):
    class Meta:
        model = CheckInRules
        fields = ["is_open", "early_minutes", "limit_minutes", "off_site"]
        widgets = {"off_site": forms.RadioSelect}
        help_texts = {
            "limit_minutes": _(
                "Empty: at the end of the session. It closes sooner where no status "
                "is given so late: Late is usually given for 45 minutes."
            )
        }
