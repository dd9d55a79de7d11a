from django import forms
from django.utils.translation import gettext_lazy as _

from lms.actions.papers import MOST_AT_ONCE


class PrintVariantsForm(forms.Form):
    count = forms.IntegerField(
        label=_("How many variants"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=2,
        help_text=_("Each has the questions and the choices in an order of its own."),
    )
