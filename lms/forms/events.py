from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.models import AgeBand, Centre, Event, Sex
from lms.scans import ACCEPTED, MOST_BYTES

MOST_HEADS = 99_999
SEXES = [*Sex.choices, ("", pgettext_lazy("value", "Sex not noted"))]
AGES = [*AgeBand.choices, ("", pgettext_lazy("value", "age not noted"))]


def field_name(sex: str, age: str) -> str:
    return f"heads_{sex or 'x'}_{age or 'x'}"


class EventForm(forms.ModelForm):
    """An event, written down on a phone; the verb checks what belongs together.

    Heads are one number for each sex and age, what was not noted having its own.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    sheet = forms.FileField(
        label=_("Photo or scan of the sheet"),
        required=False,
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )

    class Meta:
        model = Event
        fields = [
            "kind",
            "held_on",
            "centre",
            "place",
            "region",
            "title",
            "audience",
            "donors",
            "project",
            "remarks",
        ]
        labels = {
            "kind": _("Kind"),
            "held_on": _("Day"),
            "centre": _("Centre"),
            "place": _("Place"),
            "region": _("Region"),
            "title": _("Title"),
            "audience": _("For whom"),
            "donors": _("Donors"),
            "project": _("Project"),
            "remarks": _("Remarks"),
        }
        help_texts = {
            "place": _("Where there is no centre: the school, the village, the town."),
            "region": _("A centre says it by itself."),
            "remarks": _("No names of participants, nothing about victims."),
        }
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "donors": forms.CheckboxSelectMultiple,
            "remarks": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = [("", _("Elsewhere")), *Centre.choices]
        self.fields["region"].required = False
        self.known = known = {}
        if self.instance.pk:
            for row in self.instance.counts.all():
                known[row.sex, row.age] = row.heads
        for sex, sex_label in SEXES:
            for age, age_label in AGES:
                self.fields[field_name(sex, age)] = forms.IntegerField(
                    label=_("%(sex)s, %(age)s") % {"sex": sex_label, "age": age_label},
                    min_value=0,
                    max_value=MOST_HEADS,
                    required=False,
                    initial=known.get((sex, age)),
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    def clean_sheet(self) -> bytes:
        """The bytes, and of a file too large as many as show that."""
        file = self.cleaned_data["sheet"]
        return file.read(MOST_BYTES + 1) if file else b""

    def _post_clean(self):
        """The verb writes the row and says what is wrong; nothing is written here."""

    @property
    def answers(self) -> dict:
        """What the verb takes; the key only while the event is new."""
        answers = {name: self.cleaned_data[name] for name in self.Meta.fields}
        heads = {
            (sex, age): self.cleaned_data.get(field_name(sex, age)) or 0
            for sex, _sex in SEXES
            for age, _age in AGES
        }
        return answers | {"heads": heads, "sheet": self.cleaned_data["sheet"]}

    def about(self) -> list:
        """The fields above the heads."""
        return [self[name] for name in self.Meta.fields if name != "remarks"]

    def heads(self) -> list[tuple[str, list]]:
        """(age, its fields by sex): the rows of a small table."""
        return [
            (label, [self[field_name(sex, age)] for sex, _sex in SEXES])
            for age, label in AGES
        ]

    def sexes(self) -> list[str]:
        """The heads of its columns."""
        return [label for _sex, label in SEXES]

    def sums(self) -> list[int]:
        """By sex, as last saved: nothing while something else is being typed."""
        if self.is_bound or not self.known:
            return []
        return [
            sum(heads for (of, _age), heads in self.known.items() if of == sex)
            for sex, _label in SEXES
        ]
