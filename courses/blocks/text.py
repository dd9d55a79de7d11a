"""Saying it: headings, running text, and what should stick."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a new part of the lesson. Say something in it.")
        template = "courses/blocks/heading.html"
        preview_value = _("Where to talk to a presumed victim")


class ProseBlock(RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text. Short paragraphs read best on a phone.")
        template = "courses/blocks/text.html"
        preview_value = (
            "<p>Choose a quiet place where nobody listens.</p>"
            "<p><b>Do not talk</b> in front of the employer or a relative.</p>"
        )


class KeyPointsBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(CharBlock(label=_("Point")), **kwargs)

    class Meta:
        icon = "key"
        label = _("Key points")
        description = _("Two to five sentences to remember.")
        template = "courses/blocks/key_points.html"
        preview_value = ["Safety comes first.", "Consent is asked each time."]


class DoDontBlock(StructBlock):
    do = ListBlock(CharBlock(label=_("Do")), label=_("Do"))
    dont = ListBlock(CharBlock(label=_("Do not")), label=_("Do not"))

    class Meta:
        icon = "tick-inverse"
        label = _("Do and do not")
        description = _("What to do and what to leave, side by side.")
        template = "courses/blocks/do_dont.html"
        preview_value = {
            "do": ["Ask whether the person is safe now."],
            "dont": ["Promise what you cannot keep."],
        }


class StepBlock(StructBlock):
    title = CharBlock(label=_("Step"))
    text = TextBlock(label=_("How"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Things done one after another, numbered by themselves.")
        template = "courses/blocks/steps.html"
        preview_value = [
            {"title": "Make it safe", "text": "Separate the person from others."},
            {"title": "Say who you are", "text": "And what happens next."},
        ]


class ChecklistBlock(StructBlock):
    title = CharBlock(label=_("Title"))
    items = ListBlock(CharBlock(label=_("Item")), label=_("Items"))

    class Meta:
        icon = "clipboard-list"
        label = _("Checklist")
        description = _("What to have or to check before one begins.")
        template = "courses/blocks/checklist.html"
        preview_value = {
            "title": "Before the interview",
            "items": ["An independent interpreter is there.", "The door is closed."],
        }


class ComparisonBlock(StructBlock):
    caption = CharBlock(label=_("What is compared"))
    head = ListBlock(
        CharBlock(label=_("Column")),
        label=_("Column headings"),
        help_text=_("The first column names the row."),
    )
    rows = ListBlock(
        ListBlock(CharBlock(label=_("Cell"), required=False), label=_("Row")),
        label=_("Rows"),
        help_text=_("In each row as many cells as there are column headings."),
    )

    def get_context(self, value, parent_context=None):
        """Short rows are filled up, so that a table is always a table."""
        context = super().get_context(value, parent_context=parent_context)
        rows = [list(row) for row in value["rows"]]
        width = max([len(value["head"]), *map(len, rows)])
        context["columns"] = _filled(value["head"], width)
        context["rows"] = [_filled(row, width) for row in rows]
        return context

    class Meta:
        icon = "table"
        label = _("Comparison table")
        description = _("Two or three things beside each other, row by row.")
        template = "courses/blocks/comparison.html"
        preview_value = {
            "caption": "Two different crimes",
            "head": ["", "Trafficking", "Smuggling"],
            "rows": [["Border", "Not needed", "Crossed"], ["Purpose", "Use", "Profit"]],
        }


def _filled(cells, width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
