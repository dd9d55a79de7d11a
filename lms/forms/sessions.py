from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Session
from lms.zones import city


class SessionForm(forms.ModelForm):
    """A session of a cohort, planned on a phone; the verb checks time and place."""

    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("For a session on line, beginning with https://"),
    )

    class Meta:
        model = Session
        fields = [
            "title",
            "local_date",
            "local_time",
            "minutes",
            "place",
            "link",
            "is_required",
        ]
        labels = {
            "title": _("Title"),
            "local_date": _("Date"),
            "local_time": _("Time"),
            "minutes": _("Length in minutes"),
            "place": _("Place"),
            "is_required": _("Counts for attendance"),
        }
        help_texts = {
            "is_required": _("Participants are expected, and it counts in the sums."),
        }
        widgets = {
            "local_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "local_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["local_time"].help_text = _(
            "As the clock shows there: %(zone)s."
        ) % {"zone": city(cohort.timezone)}
