"""What is different in a quiz, and for whom; the verb checks what fits together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.actions.overrides import MOST

from .cohorts import ReasonForm

WHEN = "%Y-%m-%dT%H:%M"


def _when(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)
    return forms.DateTimeField(label=label, required=False, widget=widget)


class OverrideForm(ReasonForm):
    """Other settings of a quiz; a setting left empty stays as it is."""

    extra_time_percent = forms.IntegerField(
        label=_("Extra time, percent"),
        required=False,
        min_value=0,
        max_value=MOST["extra_time_percent"],
        help_text=_("50 makes 60 minutes of 40."),
    )
    extra_attempts = forms.IntegerField(
        label=_("Extra attempts"),
        required=False,
        min_value=0,
        max_value=MOST["extra_attempts"],
    )
    opens_at = _when(_("Opens"))
    closes_at = _when(_("Closes"))

    field_order = [
        "place",
        "extra_time_percent",
        "extra_attempts",
        "opens_at",
        "closes_at",
        "reason",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Participants never read it.")


class NewOverrideForm(OverrideForm):
    """The same for a target that cannot be changed afterwards."""

    place = forms.ModelChoiceField(
        None,
        label=_("For whom"),
        required=False,
        empty_label=_("Everybody in this cohort"),
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].label_from_instance = lambda place: str(place.person)
