"""Who is on a list for a committee, and what a member says to it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.due.readiness import Candidate

YES, NO = "yes", "no"


class ListForm(forms.Form):
    """Everybody who has earned it; who is ticked is on the list."""

    places = forms.MultipleChoiceField(
        label=_("On the list"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick somebody."),
            "invalid_choice": _("This changed in the meantime. Choose again."),
        },
    )

    def __init__(self, *args, candidates: list[tuple[Candidate, str]], **kwargs):
        """`candidates` with what each has to show."""
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [
            (one.key, ", ".join(filter(None, [one.person.legal_name, shown])))
            for one, shown in candidates
        ]


class VoteForm(forms.Form):
    """Yes, or no with a note."""

    answer = forms.ChoiceField(
        label=_("Your vote"),
        choices=[
            (YES, pgettext_lazy("vote", "I agree")),
            (NO, pgettext_lazy("vote", "I do not agree")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you think.")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you do not agree. The coordinator reads it."),
    )

    @property
    def said(self) -> dict:
        """As the verb takes it."""
        answers = self.cleaned_data
        return {"agrees": answers["answer"] == YES, "note": answers["note"]}
