"""With whom, in which language and without what a design is looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.design import trying
from certificates.issuer_day import day_of
from courses import clock

from .papers import language_of_reader, paper_languages


class TrialForm(forms.Form):
    """Stands beside the design; its fields are named apart from the design's."""

    person = forms.ChoiceField(label=_("Person"), choices=list(trying.PEOPLE.items()))
    language = forms.ChoiceField(label=_("Language"))
    day = forms.DateField(
        label=_("Day of issue"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    missing = forms.MultipleChoiceField(
        label=_("Leave out"),
        choices=list(trying.MISSING.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        initial = {"day": day_of(clock.now()), "language": language_of_reader()}
        super().__init__(*args, prefix="try", initial=initial, **kwargs)
        self.fields["language"].choices = paper_languages()
