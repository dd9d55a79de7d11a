"""Quoting the law."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock, URLBlock


class LawBlock(StructBlock):
    source = CharBlock(
        label=_("Law or treaty"), help_text=_("Its full name with number and date.")
    )
    number = CharBlock(label=_("Article"), required=False)
    text = TextBlock(
        label=_("Text"),
        help_text=_("The wording, or what it says; write which of the two it is."),
    )
    link = URLBlock(label=_("Link to the full text"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Article of law")
        description = _("An article with its source, so that anybody can look it up.")
        template = "courses/blocks/law.html"
        preview_value = {
            "source": "UN Trafficking in Persons Protocol (2000)",
            "number": "Article 3",
            "text": "In short: an act, by a means, for the purpose of exploitation.",
            "link": "",
        }
