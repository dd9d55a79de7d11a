"""Planning sessions that repeat, as one would say it: every week, on these days."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from lms.actions.refusal import Refused
from lms.actions.series import preview
from lms.models import Session
from lms.recurrence import MOST, Occurrence, weekly, with_end

from .sessions import HELP, LABELS, OnTheClock, day_input, time_input
from .status_sets import ask_for_statuses

WEEKDAYS = [
    ("MO", _("Monday")),
    ("TU", _("Tuesday")),
    ("WE", _("Wednesday")),
    ("TH", _("Thursday")),
    ("FR", _("Friday")),
    ("SA", _("Saturday")),
    ("SU", _("Sunday")),
]
CODES = [code for code, _name in WEEKDAYS]
ALIKE = {
    "title",
    "minutes",
    "place",
    "link",
    "is_required",
    "is_mandatory",
    "status_set",
}


class SeriesForm(OnTheClock, forms.ModelForm):
    """The days and what is the same on each of them; gives the rule and its days."""

    repeat = forms.ChoiceField(
        label=_("Repeat"),
        choices=[
            ("weekly", _("every week")),
            ("fortnightly", _("every second week")),
            ("daily", _("every day")),
            ("weekdays", _("from Monday to Friday")),
            ("rule", _("by a rule I write (RRULE)")),
        ],
        initial="weekly",
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("On these days"),
        required=False,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For weeks. Nothing ticked: the weekday of the first day."),
    )
    first_on = forms.DateField(label=_("First day"), widget=day_input())
    until = forms.DateField(
        label=_("Until this day"),
        required=False,
        widget=day_input(),
        help_text=_("This day included."),
    )
    times = forms.IntegerField(
        label=_("Or how many times"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
    )
    rule = forms.CharField(
        label=_("Rule (RRULE)"),
        required=False,
        max_length=250,
        help_text=_(
            "Only for your own rule, with its end: "
            "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20261231 is the first Monday of each month."
        ),
    )

    field_order = [
        "title",
        "repeat",
        "rule",
        "days",
        "first_on",
        "until",
        "times",
        "local_time",
        "minutes",
        "place",
        "link",
        "is_required",
        "is_mandatory",
        "status_set",
    ]

    class Meta:
        model = Session
        fields = [
            "title",
            "local_time",
            "minutes",
            "place",
            "is_required",
            "is_mandatory",
            "status_set",
        ]
        labels = LABELS
        help_texts = HELP
        widgets = {"local_time": time_input()}

    occurrences: list[Occurrence] = []

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        self.cohort = cohort
        ask_for_statuses(self, cohort.status_set)

    def clean(self):
        """The rule in words of RRULE, and the days it gives."""
        answers = super().clean()
        if self.errors:
            return answers
        answers["rule"] = self._rule(answers)
        if self.errors:
            return answers
        try:
            self.occurrences = preview(self.cohort, **self.terms)
        except Refused as refusal:
            field = "rule" if answers["repeat"] == "rule" else "until"
            self.add_error(field, str(refusal))
        return answers

    @property
    def terms(self) -> dict:
        """What the days follow from."""
        return {
            name: self.cleaned_data[name] for name in ("rule", "first_on", "local_time")
        }

    @property
    def alike(self) -> dict:
        """What is the same on each day."""
        names = ALIKE & self.cleaned_data.keys()
        return {name: self.cleaned_data[name] for name in names}

    @property
    def free(self) -> list[Occurrence]:
        """The days on which nothing stands in the way."""
        return [one for one in self.occurrences if one.hindrance is None]

    def planned(self, days) -> list[Session]:
        """The sessions as they would be, in memory."""
        at = self.cleaned_data["local_time"]
        return [
            Session(cohort=self.cohort, local_date=day, local_time=at, **self.alike)
            for day in days
        ]

    def _rule(self, answers) -> str:
        if answers["repeat"] == "rule":
            rule = answers["rule"].strip()
            if not rule:
                self.add_error("rule", _("Write the rule, or choose another repeat."))
            return rule
        until, times = answers["until"], answers["times"]
        if (until is None) == (times is None):
            self.add_error(
                "until",
                ValidationError(
                    _("Say either until which day or how many times, one of the two.")
                ),
            )
            return ""
        return with_end(self._days(answers), until=until, times=times)

    @staticmethod
    def _days(answers) -> str:
        if answers["repeat"] == "daily":
            return "FREQ=DAILY"
        if answers["repeat"] == "weekdays":
            return weekly(CODES[:5])
        days = answers["days"] or [CODES[answers["first_on"].weekday()]]
        return weekly(days, every=2 if answers["repeat"] == "fortnightly" else 1)
