"""The forms of a list's import: the file, and what its columns hold."""

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from courses.tables.sheets import MOST_BYTES, Unreadable
from lms.actions.roster import remembered_columns
from lms.actions.roster_plan import Plan
from lms.models import Organisation
from lms.roster.listing import read_roster
from lms.roster.matching import SOMEBODY_ELSE

SAME, OTHER = "same", "other"


class Field(TextChoices):
    """What a column may hold, in the words of the screen."""

    NAME = "name", _("Full name")
    SURNAME = "surname", _("Surname")
    GIVEN_NAME = "given_name", _("Given name")
    PATRONYMIC = "patronymic", _("Patronymic")
    SEX = "sex", _("Sex")
    POSITION = "position", _("Position")
    ORGANISATION = "organisation", _("Organisation")
    PLACE = "place", _("Town, region or country")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    AUDIENCE = "audience", _("Audience")


class RosterForm(forms.Form):
    """Which list, who sent it, and whom it holds where it does not say so."""

    file = forms.FileField(
        label=_("List of people"),
        max_length=255,
        help_text=_("An Excel workbook (.xlsx) or a CSV file, as it arrived."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"empty": _("The file is empty.")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        required=False,
        label=_("Who sent it"),
        help_text=_("For lines without an organisation; its columns are remembered."),
    )
    audience = forms.ChoiceField(
        choices=[("", "---------"), *Audience.choices],
        required=False,
        label=_("Audience"),
        help_text=_("For lines that name none."),
    )

    def clean_file(self):
        """The bytes of the file, and of a file too large as many as show that."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)

    def clean(self):
        """The file must hold people, by the columns the organisation usually has."""
        answers = super().clean()
        if "file" in answers:
            columns = remembered_columns(answers.get("organisation"))
            try:
                read_roster(answers["file"], remembered=columns)
            except Unreadable as reason:
                self.add_error("file", str(reason))
        return answers

    @property
    def file_name(self) -> str:
        return self.files["file"].name


class ColumnsForm(forms.Form):
    """A drop-down for each column of the list, as it was understood."""

    def __init__(self, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {}
        for place, column in enumerate(columns):
            name = f"column-{place}"
            self.keys[name] = column.key
            self.fields[name] = forms.ChoiceField(
                label=column.title,
                required=False,
                choices=[("", _("not needed")), *Field.choices],
                initial=column.field,
            )

    def chosen(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


def decisions_from(data, dry_run: Plan) -> dict[str, int]:
    """What was ticked at the suggestions: a candidate, or somebody else."""
    decisions = {}
    for line in dry_run.lines:
        answer = data.get(f"who-{line.row.key}", "")
        if line.candidates and answer == OTHER:
            decisions[line.row.key] = SOMEBODY_ELSE
        for candidate in line.candidates:
            if answer == f"{SAME}-{candidate.pk}":
                decisions[line.row.key] = candidate.pk
    return decisions
