from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.actions.series import Which
from lms.models import Cohort, Session
from lms.zones import city

from .confirming import ConfirmedForm
from .status_sets import ask_for_statuses

LABELS = {
    "title": _("Title"),
    "local_date": _("Date"),
    "local_time": _("Time"),
    "minutes": _("Length in minutes"),
    "place": _("Place"),
    "link": _("Link"),
    "is_required": _("Counts for attendance"),
    "is_mandatory": _("Must be attended"),
}
HELP = {
    "is_required": _("Participants are expected, and it counts in the sums."),
}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def as_last_time(cohort: Cohort) -> dict[str, Any]:
    """What a form of a new session begins with: most are as the one before."""
    last = cohort.sessions.order_by("starts_at").last()
    if last is None:
        return {"place": cohort.place}
    return {
        "place": last.place,
        "local_time": last.local_time,
        "minutes": last.minutes,
    }


class OnTheClock(ConfirmedForm):
    """What every form of sessions has: a link, and a time by the cohort's clock."""

    link = forms.URLField(
        label=LABELS["link"],
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("For a session on line, beginning with https://"),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["local_time"].help_text = _(
            "As the clock shows there: %(zone)s."
        ) % {"zone": city(cohort.timezone)}


class SessionForm(OnTheClock, forms.ModelForm):
    """A session of a cohort, planned on a phone; the verb checks time and place."""

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
            "is_mandatory",
            "status_set",
        ]
        labels = LABELS
        help_texts = HELP
        widgets = {"local_date": day_input(), "local_time": time_input()}

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        of_cohort = cohort.status_set
        ask_for_statuses(
            self, self.instance.status_set if self.instance.pk else of_cohort
        )

    def planned(self, cohort) -> Session:
        """The session as it would be, in memory."""
        return Session(cohort=cohort, **self.cleaned_data)


class SignedTimeForm(ConfirmedForm, forms.ModelForm):
    """When a session that is signed off was in truth."""

    class Meta:
        model = Session
        fields = ["local_date", "local_time", "minutes"]
        labels = LABELS
        widgets = {"local_date": day_input(), "local_time": time_input()}


class SessionOfSeriesForm(SessionForm):
    """A session that was planned with others: how many of them are meant?"""

    which = forms.ChoiceField(
        label=_("Change"),
        choices=[
            (Which.THIS.value, _("only this session")),
            (Which.LATER.value, _("this one and the later ones of the series")),
            (Which.ALL.value, _("all sessions of the series")),
        ],
        initial=Which.THIS.value,
        widget=forms.RadioSelect,
        help_text=_(
            "In the others only what you change here is changed. Another day moves "
            "each by as many days."
        ),
    )
