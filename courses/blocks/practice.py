"""Trying it: cases, role-plays, self-checks, hard texts with a way round."""

import hashlib

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ListBlock,
    StructBlock,
    StructValue,
    TextBlock,
)

from .text import ProseBlock


class CaseBlock(StructBlock):
    title = CharBlock(label=_("Title"))
    text = ProseBlock(
        label=_("What happens"),
        help_text=_("Invented people and places only. The page says so by itself."),
    )
    questions = ListBlock(
        CharBlock(label=_("Question")), label=_("Questions for reflection")
    )

    class Meta:
        icon = "user"
        label = _("Case study")
        description = _("An invented case with questions to think about.")
        template = "courses/blocks/case.html"
        preview_value = {
            "title": "The workshop",
            "text": "<p>Four women sleep where they sew. A man keeps their papers.</p>",
            "questions": ["Which signs do you see?", "What do you ask first?"],
        }


class LineBlock(StructBlock):
    speaker = CharBlock(label=_("Who speaks"))
    text = TextBlock(label=_("What is said"))
    note = CharBlock(
        label=_("Remark"),
        required=False,
        help_text=_("What is done well or badly here."),
    )

    class Meta:
        icon = "comment"
        label = _("Line")


class DialogueBlock(StructBlock):
    title = CharBlock(label=_("Title"))
    lines = ListBlock(LineBlock(), label=_("Lines"))

    class Meta:
        icon = "comment"
        label = _("Dialogue")
        description = _("A conversation to read aloud in two roles.")
        template = "courses/blocks/dialogue.html"
        preview_value = {
            "title": "The first minutes",
            "lines": [
                {"speaker": "Officer", "text": "Are you safe here?", "note": ""},
                {
                    "speaker": "Woman",
                    "text": "I do not know.",
                    "note": "No pressure: wait.",
                },
            ],
        }


class OptionBlock(StructBlock):
    text = CharBlock(label=_("Choice"))
    correct = BooleanBlock(label=_("Right"), required=False)
    feedback = CharBlock(
        label=_("Feedback"),
        required=False,
        help_text=_("Shown when it was chosen: why it is right or wrong."),
    )

    class Meta:
        icon = "radio-full"
        label = _("Choice")


class SelfCheckValue(StructValue):
    """A self-check's fields belong to the form "self-check", wherever that stands."""

    @property
    def name(self) -> str:
        """The same question has the same field name, without a word of it."""
        digest = hashlib.sha256(self["question"].encode()).hexdigest()
        return f"check-{digest[:12]}"


class SelfCheckBlock(StructBlock):
    """A question to oneself: answered at once, counted nowhere."""

    question = CharBlock(label=_("Question"))
    choices = ListBlock(OptionBlock(), min_num=2, label=_("Choices"))

    class Meta:
        icon = "help"
        label = _("Self-check")
        description = _("A question with an answer at once; no marks are given.")
        template = "courses/blocks/self_check.html"
        value_class = SelfCheckValue
        preview_value = {
            "question": "Who may interpret?",
            "choices": [
                {"text": "A relative", "correct": False, "feedback": "May be afraid."},
                {"text": "An independent interpreter", "correct": True, "feedback": ""},
            ],
        }


class WarningBlock(StructBlock):
    about = CharBlock(
        label=_("What it deals with"),
        help_text=_("Somebody decides by this whether to read on."),
    )
    text = ProseBlock(label=_("The harder text"))
    instead = TextBlock(
        label=_("In short, for those who skip it"),
        help_text=_("What one needs for the rest of the course."),
    )

    class Meta:
        icon = "warning"
        label = _("Content warning")
        description = _(
            "Text that may hurt, closed until opened. Skipping costs nothing."
        )
        template = "courses/blocks/warning.html"
        preview_value = {
            "about": "violence in a workshop",
            "text": "<p>The foreman locked the door at night.</p>",
            "instead": "The workers could not leave.",
        }
