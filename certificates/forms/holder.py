"""What a holder is asked on the page of their own certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Days a link stays open; none at all means until it is switched off.
FOR = [
    ("30", _("for 30 days")),
    ("365", _("for a year")),
    ("0", _("until I switch it off")),
]


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(
        label=pgettext_lazy("share link", "Open"),
        choices=FOR,
        coerce=lambda text: int(text) or None,
        widget=forms.RadioSelect,
        initial="30",
    )


class WithdrawForm(forms.Form):
    is_sure = forms.BooleanField(
        label=_("I understand that I cannot undo this"),
        error_messages={"required": _("Tick the box if this is what you want.")},
    )
