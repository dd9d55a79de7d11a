from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.timelines.words import Kind


def _day(label) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class TimelineForm(forms.Form):
    """Which steps, and of which days. What cannot be read narrows nothing."""

    kind = forms.ChoiceField(
        label=_("What"), choices=[("", _("Everything")), *Kind.choices], required=False
    )
    first = _day(_("From"))
    last = _day(_("To"))

    def clean(self):
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))

    @property
    def narrowing(self) -> dict[str, str | date | None]:
        """What was understood, as `Timeline.page` takes it."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
