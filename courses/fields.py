"""Kinds of fields Django does not have."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

is_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, such as #1F4E79.")
)


class ChoiceListField(models.JSONField):
    """Several codes out of `choices`, stored as a JSON list in the choices' order."""

    def __init__(self, *args, choices, **kwargs):
        self.codes = choices
        super().__init__(*args, default=list, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default")
        return name, path, args, kwargs | {"choices": []}

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            choices=self.codes,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            initial=kwargs.get("initial", []),
        )


class KindField(models.CharField):
    """The key of a kind of question; a new kind is no change of the database."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
