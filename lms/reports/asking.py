"""What a report can be asked."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses import clock
from courses.models import Audience
from lms.models import Donor, Region
from lms.reports.period import Period
from lms.reports.question import Question

ALL = [("", pgettext_lazy("no filter", "All"))]
QUARTERS = [
    ("", _("The whole year")),
    *[(number, _("Quarter %(number)d") % {"number": number}) for number in range(1, 5)],
]
FIRST_YEAR = 2000


class PeopleTrainedForm(forms.Form):
    """Year, quarter and what to narrow to; anything unreadable is said at its field."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=9998)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=QUARTERS, coerce=int, required=False
    )
    donor = forms.ModelChoiceField(
        label=_("Donor"),
        queryset=Donor.objects.none(),
        required=False,
        empty_label=ALL[0][1],
    )
    region = forms.ChoiceField(
        label=_("Region"), choices=[*ALL, *Region.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("Audience"), choices=[*ALL, *Audience.choices], required=False
    )

    def __init__(self, data, *, cohorts):
        self.cohorts = cohorts
        this_year = {"year": timezone.localdate(clock.now()).year}
        super().__init__(this_year | data.dict() if data else this_year)
        self.fields["donor"].queryset = Donor.objects.filter(
            cohorts__in=cohorts
        ).distinct()

    @property
    def period(self) -> Period:
        year, quarter = self.cleaned_data["year"], self.cleaned_data["quarter"]
        return Period.quarter(year, quarter) if quarter else Period.year(year)

    def question(self) -> Question:
        """What was asked, within the cohorts the person may count."""
        answers = self.cleaned_data
        return Question(
            self.period,
            cohorts=self.cohorts,
            donor=answers["donor"],
            region=answers["region"],
            audience=answers["audience"],
        )
