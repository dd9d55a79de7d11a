from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import WarningRules


class WarningRulesForm(forms.ModelForm):
    """Of what participants of a cohort are warned; an empty field is of nothing."""

    class Meta:
        model = WarningRules
        fields = ["below", "in_a_row", "when_unreachable"]
        labels = {
            "below": _("Attendance so far below, in percent"),
            "in_a_row": _("Sessions missed one after the other"),
            "when_unreachable": _(
                "What the course asks for cannot be reached any more"
            ),
        }
        help_texts = {
            "below": _("Empty: nobody is warned of this."),
            "in_a_row": _("Empty: nobody is warned of this."),
        }
