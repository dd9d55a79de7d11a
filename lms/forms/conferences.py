"""The forms of a conference's report, and of the rules of sessions on line."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.conference.tables import MOST_BYTES
from lms.models import ConferenceUpload, OnlineRules
from lms.zones import city

NOBODY = "0"
# Where our cohorts are and where whoever saves a report may sit.
ZONES = [
    "Asia/Dushanbe",
    "Asia/Tashkent",
    "Asia/Bishkek",
    "Asia/Almaty",
    "Asia/Kabul",
    "Europe/Moscow",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/London",
    "UTC",
]


class ConferenceForm(forms.Form):
    """Which report, and whose clock it goes by."""

    file = forms.FileField(
        label=_("Participants' report"),
        max_length=255,
        help_text=_("As Zoom, Teams or another conference saved it: CSV or Excel."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )
    timezone = forms.ChoiceField(
        label=_("Times by the clock of"),
        help_text=_("Reports go by the clock of whoever saved them."),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        zones = list(dict.fromkeys([cohort.timezone, *ZONES]))
        known = zoneinfo.available_timezones()
        self.fields["timezone"].choices = [
            (zone, zone if zone == "UTC" else city(zone))
            for zone in zones
            if zone in known
        ]
        self.fields["timezone"].initial = cohort.timezone

    def clean_file(self):
        """The bytes of the file, and of a file too large as many as show that."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)

    @property
    def file_name(self) -> str:
        return self.files["file"].name


class OrderForm(forms.Form):
    """How dates are read that could be read in two ways."""

    order = forms.ChoiceField(
        label=_("The dates of this report begin with"),
        choices=ConferenceUpload.Order,
        widget=forms.RadioSelect,
    )


class OnlineRulesForm(forms.ModelForm):
    class Meta:
        model = OnlineRules
        fields = ["present_percent", "partly_percent", "link_minutes"]
        labels = {
            "present_percent": _("Present from, percent of the session"),
            "partly_percent": _("Late or left early from, percent of the session"),
            "link_minutes": _("The link appears, minutes before the start"),
        }
        help_texts = {
            "partly_percent": _("Below this somebody was absent."),
        }


def decisions_from(data, plan) -> dict[str, int]:
    """Who was chosen for each person of the report; no choice is none."""
    known = {str(place.pk) for place in plan.places} | {NOBODY}
    kept = dict(plan.upload.decisions)
    for key, answer in _answers(data):
        kept.pop(key, None)
        if answer in known:
            kept[key] = int(answer)
    return kept


def _answers(data):
    for name in data:
        if name.startswith("who-") and name[4:].isdecimal():
            yield name[4:], data.get(name)
