"""What a lesson may be made of."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StructBlock, TextBlock

from .glossary import GlossaryBlock
from .law import LawBlock
from .media import FileBlock, PictureBlock, VideoBlock
from .practice import CaseBlock, DialogueBlock, SelfCheckBlock, WarningBlock
from .text import (
    ChecklistBlock,
    ComparisonBlock,
    DoDontBlock,
    HeadingBlock,
    KeyPointsBlock,
    ProseBlock,
    StepsBlock,
)

SAYING, PRACTICE, SHOWING = _("Say it"), _("Try it"), _("Show it")


class LessonBodyBlock(StreamBlock):
    """What a participant reads."""

    heading = HeadingBlock(group=SAYING)
    text = ProseBlock(group=SAYING)
    key_points = KeyPointsBlock(group=SAYING)
    do_dont = DoDontBlock(group=SAYING)
    steps = StepsBlock(group=SAYING)
    comparison = ComparisonBlock(group=SAYING)
    law = LawBlock(group=SAYING)
    glossary = GlossaryBlock(group=SAYING)
    case = CaseBlock(group=PRACTICE)
    dialogue = DialogueBlock(group=PRACTICE)
    self_check = SelfCheckBlock(group=PRACTICE)
    checklist = ChecklistBlock(group=PRACTICE)
    warning = WarningBlock(group=PRACTICE)
    picture = PictureBlock(group=SHOWING)
    video = VideoBlock(group=SHOWING)
    file = FileBlock(group=SHOWING)


class FacilitatorNotesBlock(StructBlock):
    """What only the trainer reads: never in a participant's browser, search or API."""

    timing = TextBlock(
        label=_("Timing"), required=False, help_text=_("Minutes for each part.")
    )
    materials = TextBlock(
        label=_("Materials"), required=False, help_text=_("What to bring and print.")
    )
    safety = TextBlock(
        label=_("Safety"),
        required=False,
        help_text=_("What may hurt somebody in the room, and what to do then."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Facilitator notes")
