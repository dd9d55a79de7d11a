"""For whom certificates are issued at once, and what files of them are for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.forms.exports import PurposeForm
from lms.models import Organisation, Region
from lms.titles import courses_to_choose


class QueryForm(forms.Form):
    """Everything may stay empty: then it is everybody."""

    course = forms.ChoiceField(label=_("Course"), required=False)
    ended_from = forms.DateField(
        label=_("Cohorts that ended from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ended_to = forms.DateField(
        label=pgettext_lazy("period", "to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=[("", _("All")), *Region.choices]
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("All")), *courses_to_choose()]

    def clean(self):
        said = super().clean()
        first, last = said.get("ended_from"), said.get("ended_to")
        if first and last and last < first:
            self.add_error("ended_to", _("The end is before the start."))
        return said

    def query(self) -> dict[str, Any]:
        """What was asked, as a run keeps it."""
        said = dict(self.cleaned_data)
        said["organisation"] = said["organisation"] and said["organisation"].pk
        for name in ("ended_from", "ended_to"):
            said[name] = said[name] and said[name].isoformat()
        return {name: value for name, value in said.items() if value}


class FilesForm(PurposeForm):
    """What sort of file, and what for; the purpose is kept."""

    field_order = ["format", "without_names", "purpose"]
    format = forms.ChoiceField(
        label=_("What do you need?"),
        choices=[
            ("zip", _("One ZIP: every certificate as it was issued")),
            ("print", _("One PDF to print: all papers in the order of names")),
        ],
        widget=forms.RadioSelect,
        initial="zip",
        help_text=_(
            "The PDF to print carries no seal: only the single files prove anything on "
            "a screen."
        ),
    )
    without_names = forms.BooleanField(
        label=_("File names without people's names (ZIP)"), required=False
    )
