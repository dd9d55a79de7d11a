"""The words of a question as HTML of a few marks, and back to plain text."""

import re
from collections.abc import Callable, Mapping
from html import unescape

from django.utils.translation import gettext as _

from .drafts import MOST_LETTERS_A_TEXT, Refused
from .html import escaped, rewritten

# "a < b" is no markup and "<b>" is; a file rarely says which of them it means.
_LOOKS_MARKED = re.compile(
    r"</?(?:p|br|b|i|strong|em|u|ol|ul|li|div|span|img|a|sub|sup|code|pre|font|h[1-6]"
    r"|table|tbody|tr|td|th|blockquote|script|style|iframe|svg)(?:\s[^<>]{0,2000})?/?>"
    r"|<!--",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.I)
# What no database or XML file stores, and what GIFT's reader uses for its own marks.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,2000})\*\*|__(?=\S)([^_\n]{1,2000})__")
_ITALIC = re.compile(r"\*(?=\S)([^*\n]{1,2000})\*|\b_(?=\S)([^_\n]{1,2000})_\b")
_ITEM = re.compile(r"(?m)^[ \t]{0,8}(?:[-*+]|(\d{1,3})[.)])[ \t]+(.*)$")
_INLINE = re.compile(r"</?[bi]>")
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"/>')


def clean(html: str) -> str:
    """Only paragraphs, bold, italic, lists and pictures; nothing that acts."""
    return rewritten(_short(html))


def from_text(text: str) -> str:
    """Plain text as paragraphs: an empty line begins one, a new line stays one."""
    paragraphs = re.split(r"\n[ \t]*\n", _short(text).strip())
    lines = ([_tidy(line) for line in one.split("\n")] for one in paragraphs)
    return "".join(
        f"<p>{'<br/>'.join(escaped(line) for line in kept if line)}</p>"
        for kept in lines
        if any(kept)
    )


def from_either(text: str) -> str:
    """Text of a file that does not say whether it is HTML."""
    if _LOOKS_MARKED.search(text):
        return clean(text)
    return from_text(unescape(text) if _ENTITY.search(text) else text)


def from_markdown(text: str) -> str:
    """Emphasis and lists: what the stem can keep of Markdown."""
    marked = _BOLD.sub(r"<b>\1\2</b>", _short(text))
    marked = _ITEM.sub(_item, marked)
    marked = _ITALIC.sub(r"<i>\1\2</i>", marked)
    for kind in ("ul", "ol"):
        marked = marked.replace(f"</{kind}>\n<{kind}>", "")
    return clean(re.sub(r"\n[ \t]*\n", "\n<p>", marked))


def to_text(html: str) -> str:
    """The words without marks, on one line: for a choice, a wording, an excerpt."""
    return _tidy(unescape(_TAG.sub(" ", _INLINE.sub("", clean(html)))))


def words_of(text: str) -> str:
    """The words of a short text that may or may not be HTML."""
    text = _short(text)
    if _LOOKS_MARKED.search(text):
        return to_text(text)
    return _tidy(unescape(text) if _ENTITY.search(text) else text)


def lines_of(text: str) -> str:
    """The words of a longer text, its lines kept, whether it is HTML or not."""
    html = _INLINE.sub("", from_either(text))
    lines = (_tidy(unescape(line)) for line in re.split(r"<[^<>]*>", html))
    return "\n".join(filter(None, lines))


def as_plain(html: str, read: Callable[[str], str] = from_either) -> str | None:
    """The one line of text that `read` makes this HTML of; None if there is none."""
    inside = html.removeprefix("<p>").removesuffix("</p>")
    if not html.startswith("<p>") or "<" in inside:
        return None
    text = unescape(inside)
    return text if read(text) == html else None


def pictures_in(html: str) -> list[str]:
    """Where the pictures of cleaned HTML come from."""
    return [unescape(found.group(1)) for found in _PICTURE.finditer(html)]


def with_pictures(html: str, addresses: Mapping[str, str]) -> str:
    """The cleaned HTML with other addresses of pictures, and without all others."""

    def put(found: re.Match[str]) -> str:
        address = addresses.get(unescape(found.group(1)))
        return f'<img src="{address}" alt="{found.group(2)}"/>' if address else ""

    return rewritten(_PICTURE.sub(put, html))


def storable(text: str) -> str:
    """Without characters that cannot be stored."""
    return _UNWRITABLE.sub("", text)


def _short(text: str) -> str:
    if len(text) > MOST_LETTERS_A_TEXT:
        raise Refused(
            _("One of its texts is longer than %(most)s characters.")
            % {"most": MOST_LETTERS_A_TEXT}
        )
    return storable(text)


def _item(found: re.Match[str]) -> str:
    kind = "ol" if found.group(1) else "ul"
    return f"<{kind}><li>{found.group(2)}</li></{kind}>"


def _tidy(text: str) -> str:
    return " ".join(text.split())
