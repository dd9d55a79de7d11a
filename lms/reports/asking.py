"""What a report can be asked, and the question in words."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses import clock
from courses.models import Audience
from lms.models import Donor, Project, Region, Sex

from .dataset import Report
from .period import Period
from .question import UNKNOWN, Question

ALL = ("", pgettext_lazy("no filter", "All"))
MISSING = (UNKNOWN, pgettext_lazy("value", "Not known"))
QUARTERS = [
    ("", _("The whole year")),
    *[(number, _("Quarter %(number)d") % {"number": number}) for number in range(1, 5)],
]
FIRST_YEAR, LAST_YEAR = 2000, 9998
MOST_YEARS = 10
NARROWING = ("donor", "project", "region", "audience")


def _choice(label, choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[ALL, *choices, MISSING], required=False
    )


def _record(label, model) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=model.objects.none(), required=False, empty_label=ALL[1]
    )


def _day(label) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class QuestionForm(forms.Form):
    """A year, a quarter or any days, and what to narrow to.

    Anything unreadable is said at its field. Days, where given, go before the year.
    """

    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=QUARTERS, coerce=int, required=False
    )
    first = _day(_("Or from"))
    last = _day(pgettext_lazy("period", "to"))
    donor = _record(_("Donor"), Donor)
    project = _record(_("Project"), Project)
    region = _choice(_("Region"), Region.choices)
    audience = _choice(_("Audience"), Audience.choices)
    # Only links to the people behind a figure ask for these two.
    sex = forms.ChoiceField(
        choices=[ALL, *Sex.choices, MISSING], required=False, widget=forms.HiddenInput
    )
    only = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    # Of which cohorts (`asker.WATCHED`); kept from one question to the next.
    whose = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, report: Report, cohorts):
        self.cohorts = cohorts
        this_year = {"year": timezone.localdate(clock.now()).year}
        super().__init__(this_year | data.dict())
        for name, model in (("donor", Donor), ("project", Project)):
            there = model.objects.filter(cohorts__in=cohorts).distinct()
            self.fields[name].queryset = there
        for name in NARROWING:
            # A link may narrow to what nobody is asked for.
            if name not in report.filters:
                self.fields[name].widget = forms.HiddenInput()

    def clean(self):
        answers = super().clean()
        first, last = answers.get("first"), answers.get("last")
        if first and last:
            self._check_days(first, last)
        elif not {"first", "last"} & self.errors.keys() and (first or last):
            self.add_error(
                "last" if first else "first", _("Write both days or neither.")
            )
        elif answers.get("year") is None and "year" not in self.errors:
            self.add_error("year", _("Write a year, such as 2026."))
        return answers

    def _check_days(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", _("The last day is before the first."))
        elif not FIRST_YEAR <= first.year <= LAST_YEAR:
            self.add_error("first", _("There are no figures of that year."))
        elif last.year - first.year > MOST_YEARS:
            self.add_error("last", _("Ask for at most ten years at once."))

    @property
    def period(self) -> Period:
        answers = self.cleaned_data
        if answers.get("first"):
            return Period(answers["first"], answers["last"])
        year, quarter = answers["year"], answers["quarter"]
        return Period.quarter(year, quarter) if quarter else Period.year(year)

    def question(self) -> Question:
        """What was asked, within the cohorts the person may count."""
        answers, narrowing = self.cleaned_data, (*NARROWING, "sex", "only")
        return Question(
            self.period,
            cohorts=self.cohorts,
            **{name: answers[name] for name in narrowing if name in answers},
        )


def period_in_words(period: Period) -> str:
    """The year, the quarter, or both days."""
    first, last = period.first, period.last
    if period == Period.year(first.year):
        return gettext("Year %(year)d") % {"year": first.year}
    quarter = (first.month + 2) // 3
    if period == Period.quarter(first.year, quarter):
        return gettext("Quarter %(number)d of %(year)d") % {
            "number": quarter,
            "year": first.year,
        }
    return gettext("%(first)s to %(last)s") % {
        "first": date_format(first),
        "last": date_format(last),
    }


def in_words(question: Question) -> list[tuple[str, str]]:
    """(what, its value) of the period and of every filter that narrows."""
    coded = [
        (gettext("Region"), question.region, Region.choices),
        (gettext("Audience"), question.audience, Audience.choices),
        (gettext("Sex"), question.sex, Sex.choices),
    ]
    found = [
        (gettext("Period"), period_in_words(question.period)),
        (gettext("Donor"), str(question.donor or "")),
        (gettext("Project"), str(question.project or "")),
        *(
            (label, str(dict([*choices, MISSING]).get(code, "")))
            for label, code, choices in coded
        ),
    ]
    return [(label, value) for label, value in found if value]
