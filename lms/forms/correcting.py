"""Why a register is changed that was signed off before (ATT-49)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import MarkEvent, Session


def ask_why(form: forms.Form, session: Session) -> None:
    """Add the question where it is asked; the verb says when it lacks an answer."""
    if session.is_reopened:
        form.fields["reason"] = forms.CharField(
            label=_("Why is this corrected?"),
            required=False,
            max_length=MarkEvent._meta.get_field("reason").max_length,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
