from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LessonBodyBlock(blocks.StreamBlock):
    """What a participant reads."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"))


class FacilitatorNotesBlock(blocks.StructBlock):
    """What only the trainer reads: never in a participant's browser, search or API."""

    timing = blocks.TextBlock(label=_("Timing"), required=False)
    materials = blocks.TextBlock(label=_("Materials"), required=False)
    safety = blocks.TextBlock(label=_("Safety"), required=False)
