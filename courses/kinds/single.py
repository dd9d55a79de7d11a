from django.utils.translation import gettext_lazy as _

from .base import Words
from .choosing import WrittenChoices
from .registry import register


@register
class Single(WrittenChoices):
    """One of the choices is right."""

    key = "single"
    label = _("One right choice")
    rank = 10

    def _gap_of_right(self, right: int) -> Words:
        return _("Mark exactly one choice as right.") if right != 1 else ""
