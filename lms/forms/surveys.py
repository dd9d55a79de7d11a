"""Answering a survey, opening one, and writing its questions."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses import clock
from lms.models import SurveyKind, SurveyTemplate
from lms.survey_questions import SCALE, Unclear, as_lines, in_language, read_lines

MOST_LETTERS = 2000
DAYS = 14
_ENDS = {1: _("1: not at all"), 5: _("5: fully")}


class AnswerForm(forms.Form):
    """The questions of one survey; each may be left out."""

    def __init__(self, data=None, *, survey, language):
        super().__init__(data, label_suffix="")
        for question in survey.questions:
            self.fields[question["key"]] = _field(question, language)

    @property
    def values(self) -> dict:
        """What was answered, by the key of its question."""
        given = self.cleaned_data.items()
        return {key: value for key, value in given if value not in ("", None)}


def _field(question: dict, language: str) -> forms.Field:
    text, options = in_language(question, language)
    if question["kind"] == "text":
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(
            label=text, required=False, max_length=MOST_LETTERS, widget=area
        )
    choices = [(mark, _ENDS.get(mark, str(mark))) for mark in SCALE]
    if question["kind"] == "choice":
        choices = list(enumerate(options))
    return forms.TypedChoiceField(
        label=text,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class OpenSurveyForm(forms.Form):
    """When a cohort is asked; a cohort is asked once at each time."""

    kind = forms.ChoiceField(label=_("When"), choices=SurveyKind.choices)
    opens_on = forms.DateField(label=_("First day"))
    closes_on = forms.DateField(
        label=_("Last day"), help_text=_("People can answer until the end of this day.")
    )

    def __init__(self, data=None, *, cohort):
        today = timezone.localdate(clock.now(), cohort.zone)
        last = today + timedelta(days=DAYS)
        super().__init__(data, initial={"opens_on": today, "closes_on": last})
        asked = set(cohort.surveys.values_list("kind", flat=True))
        self.fields["kind"].choices = [
            choice for choice in SurveyKind.choices if choice[0] not in asked
        ]
        for name in ("opens_on", "closes_on"):
            self.fields[name].widget = forms.DateInput(
                attrs={"type": "date"}, format="%Y-%m-%d"
            )


class SurveyTemplateForm(WagtailAdminModelForm):
    """The questions as lines, in every language the site has."""

    class Meta:
        model = SurveyTemplate
        fields = ["kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["kind"].disabled = True
        kind = self.instance.kind or SurveyKind.END
        shown = self.instance.questions or SurveyTemplate.objects.questions(kind)
        for code, name in settings.LANGUAGES:
            self.fields[f"lines_{code}"] = forms.CharField(
                label=_("Questions: %(language)s") % {"language": name},
                initial=as_lines(shown, code),
                help_text=_(
                    "One question a line. Begin with scale: (a mark from 1 to 5), "
                    "choice: (then each choice after a bar |) or text:."
                ),
                widget=forms.Textarea(attrs={"rows": 9}),
            )

    def clean(self):
        cleaned = super().clean()
        written = {
            code: cleaned[f"lines_{code}"]
            for code, _name in settings.LANGUAGES
            if f"lines_{code}" in cleaned
        }
        if len(written) < len(settings.LANGUAGES):
            return cleaned
        try:
            before = self.instance.questions or []
            cleaned["questions"] = read_lines(written, before=before)
        except Unclear as unclear:
            first = settings.LANGUAGES[0][0]
            self.add_error(f"lines_{unclear.language or first}", str(unclear))
        return cleaned
