"""A choice of a question in the bank."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlock


class ChoiceBlock(StructBlock):
    """One choice; the block's id is the option's id in every language."""

    text = CharBlock(label=_("Choice"), max_length=500)
    is_correct = BooleanBlock(label=_("Right"), required=False)
    is_pinned = BooleanBlock(
        label=_("Stays last"),
        required=False,
        help_text=_("Is not mixed with the others, such as “all of these”."),
    )
    feedback = CharBlock(label=_("Feedback"), required=False, max_length=1000)
