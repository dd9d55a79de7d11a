"""HTML of any origin, written anew with the marks that a question's stem knows.

Nothing of the source is copied but words, and the address and description of a
picture. Each letter is read once, so that no text takes longer than its length.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from .drafts import Refused

MOST_LISTS = 20

_MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_LISTS = ("ol", "ul")
_BLOCKS = (
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "center"),
    *("table", "tr", "thead", "tbody", "caption", "section", "article", "header"),
    *("footer", "dl", "dt", "dd", "figure", "figcaption", "hr"),
)
_DROPPED = (
    *("script", "style", "title", "template", "iframe", "object", "svg", "math"),
    *("select", "textarea"),
)
# Comments, declarations and tags left open by the thousand would take seconds.
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?", re.S)
_NO_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_BREAK = "<br/>"

Marks = frozenset[str]


@dataclass
class _List:
    name: str
    is_written: bool = False
    is_item_open: bool = False
    ends_in_words: bool = False


class _Writer(HTMLParser):
    """Collects a run of words until its block ends, then writes it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.run: list[tuple[Marks, str]] = []
        self.open = {"b": 0, "i": 0}
        self.lists: list[_List] = []
        self.dropping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self.dropping.append(tag)
        elif self.dropping:
            return
        elif tag in _MARKS:
            self.open[_MARKS[tag]] += 1
        elif tag == "br":
            self.run.append((frozenset(), _BREAK))
        elif tag == "img":
            self.run.append((frozenset(), _picture(dict(attrs))))
        elif tag in _LISTS:
            self.begin_list(tag)
        elif tag == "li":
            self.begin_item()
        elif tag in _BLOCKS:
            self.flush()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "img", "hr"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.dropping:
            if tag == self.dropping[-1]:
                self.dropping.pop()
        elif tag in _MARKS:
            self.open[_MARKS[tag]] = max(self.open[_MARKS[tag]] - 1, 0)
        elif tag in _LISTS:
            self.end_list()
        elif tag in ("td", "th"):
            self.handle_data(" ")
        elif tag in _BLOCKS or tag == "li":
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            marks = frozenset(mark for mark, count in self.open.items() if count)
            self.run.append((marks, data))

    def begin_list(self, tag: str) -> None:
        self.flush()
        if len(self.lists) == MOST_LISTS:
            raise Refused(_("Its HTML is nested too deeply."))
        self.lists.append(_List(tag))

    def end_list(self) -> None:
        self.flush()
        if not self.lists:
            return
        ended = self.lists.pop()
        if ended.is_written:
            self.end_item(ended)
            self.written.append(f"</{ended.name}>")

    def begin_item(self) -> None:
        self.flush()
        if self.lists:
            self.end_item(self.lists[-1])

    def end_item(self, of: _List) -> None:
        if of.is_item_open:
            self.written.append("</li>")
        of.is_item_open = of.ends_in_words = False

    def flush(self) -> None:
        """Write the run as a paragraph, or into the item of the list it stands in."""
        words = _rendered(self.run)
        self.run = []
        if not words:
            return
        if not self.lists:
            self.written.append(f"<p>{words}</p>")
            return
        for one in self.lists:
            self.open_item(one)
        if self.lists[-1].ends_in_words:
            self.written.append(_BREAK)
        self.lists[-1].ends_in_words = True
        self.written.append(words)

    def open_item(self, of: _List) -> None:
        if not of.is_written:
            self.written.append(f"<{of.name}>")
        if not of.is_item_open:
            self.written.append("<li>")
        if of is not self.lists[-1]:
            of.ends_in_words = False
        of.is_written = of.is_item_open = True

    def finished(self) -> str:
        self.close()
        while self.lists:
            self.end_list()
        self.flush()
        return "".join(self.written)


def rewritten(html: str) -> str:
    """Paragraphs, lists, bold, italic, line breaks and pictures; the same twice."""
    writer = _Writer()
    try:
        writer.feed(_NO_TAG.sub("&lt;", _UNSEEN.sub(" ", html)))
        return writer.finished()
    except AssertionError as error:
        # What Python's parser says to a declaration it does not know.
        raise Refused(_("Its HTML cannot be read.")) from error


def escaped(text: str) -> str:
    return escape(text, quote=False)


def _picture(attrs: dict[str, str | None]) -> str:
    src, alt = (escape(" ".join((attrs.get(n) or "").split())) for n in ("src", "alt"))
    return f'<img src="{src}" alt="{alt}"/>' if src else ""


def _rendered(run: list[tuple[Marks, str]]) -> str:
    """Words with single spaces inside and none at the ends, marks well nested."""
    html: list[str] = []
    now: Marks = frozenset()
    for marks, text in _tidied(run):
        if marks != now:
            html.append(_between(now, marks))
            now = marks
        html.append(text)
    html.append(_between(now, frozenset()))
    return "".join(html)


def _between(old: Marks, new: Marks) -> str:
    closing = "".join(f"</{mark}>" for mark in "ib" if mark in old)
    return closing + "".join(f"<{mark}>" for mark in "bi" if mark in new)


def _tidied(run: list[tuple[Marks, str]]) -> list[tuple[Marks, str]]:
    kept: list[tuple[Marks, str]] = []
    # A space waits until words follow it; breaks wait likewise.
    space, breaks = False, 0
    for marks, text in run:
        if text == _BREAK:
            breaks += 1
            continue
        is_picture = text.startswith("<img ") and not marks and text.endswith("/>")
        words = text if is_picture else " ".join(text.split())
        space = space or (not is_picture and text[:1].isspace())
        if words:
            if kept and breaks:
                kept.append((frozenset(), _BREAK * min(breaks, 2)))
            elif kept and space:
                kept.append((kept[-1][0] & marks, " "))
            kept.append((marks, words if is_picture else escaped(words)))
            space, breaks = False, 0
        space = space or (not is_picture and text[-1:].isspace())
    return kept
