"""What an answer earns, by its marker."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.marking import read_number


class MarkForm(forms.Form):
    """`read` is the newest score that the form was shown with."""

    score = forms.CharField(
        label=_("Points"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        help_text=_("The participant reads it with the result, without your name."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    read = forms.IntegerField(widget=forms.HiddenInput)

    def clean_score(self) -> Decimal:
        score = read_number(self.cleaned_data["score"])
        if score is None:
            raise forms.ValidationError(_("Write a number."))
        return score

    def show_anew(self, read: int) -> None:
        """Keep what was typed, to be saved over the score that is shown now."""
        self.data = self.data.copy()
        self.data["read"] = read
