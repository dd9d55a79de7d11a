"""Kinds of fields Django does not have."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

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
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            initial=kwargs.get("initial", []),
        )


class PartsField(StreamField):
    """A stream whose blocks are asked for when they are needed.

    In migrations it is the JSON that it is: a new kind of block is no change of the
    database, and a data migration sees the raw value.
    """

    def __init__(self, block_types=list, **kwargs):
        super().__init__(block_types, **kwargs)

    @cached_property
    def stream_block(self):
        block = StreamBlock(self.block_types_arg())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self):
        name, _path, args, kwargs = models.Field.deconstruct(self)
        return name, "django.db.models.JSONField", args, kwargs


class KindField(models.CharField):
    """The key of a kind of question; a new kind is no change of the database."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
