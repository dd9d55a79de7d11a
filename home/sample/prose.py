"""Markdown as the rich text Wagtail's editor can open again, and nothing else."""

from html import escape
from html.parser import HTMLParser

from markdown import markdown

# Markdown's tags as Wagtail stores them.
TAGS = {
    "p": "p",
    "strong": "b",
    "em": "i",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "a": "a",
    "br": "br",
}
EMPTY = {"br"}


class NotRichText(ValueError):
    """The text has what no editor of ours would have written."""


def rich_text(text: str) -> str:
    """The HTML of this Markdown. Raises NotRichText for any other tag or address."""
    writer = _Writer()
    writer.feed(markdown(text.strip()))
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            raise NotRichText(tag)
        self.parts.append(f"<{TAGS[tag]}{_address(dict(attrs))}>")

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            self.parts.append(f"</{TAGS[tag]}>")

    def handle_data(self, data):
        self.parts.append(escape(data, quote=False))


def _address(attrs: dict) -> str:
    address = attrs.pop("href", None)
    if attrs or (address and not address.startswith("https://")):
        raise NotRichText(f"{attrs} {address}")
    return f' href="{escape(address)}"' if address else ""
