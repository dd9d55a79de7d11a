"""Which requirement of one place is waived, or asked for again, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .cohorts import ReasonForm


class RequirementForm(ReasonForm):
    """One of these requirements: pairs of its key and what is said of it."""

    requirement = forms.ChoiceField(
        label=_("Which requirement"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one."),
            "invalid_choice": _("This changed in the meantime. Choose again."),
        },
    )

    field_order = ["requirement", "reason"]

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = choices
