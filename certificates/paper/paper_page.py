"""The page of a paper, read and dressed with no more than such a page needs.

WeasyPrint's own style sheet for HTML gives each element six pseudo-elements, notes
and markers that no paper has: half of the work of dressing one.
"""

from typing import Any
from xml.etree import ElementTree

import cssselect2
from weasyprint import CSS, HTML

# Control characters, halves of pairs, and what is no character.
_NO_XML = dict.fromkeys(
    {*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {9, 10, 13}
)
# What the templates of a paper use of HTML, as CSS 2.2 and WeasyPrint have it.
BARE = """
head, title, meta { display: none }
html, body, header, main, footer, div, p, h1 { display: block }
table { display: table; border-spacing: 2px; border-collapse: separate;
  box-sizing: border-box; text-indent: initial }
tbody { display: table-row-group; vertical-align: middle }
tr { display: table-row; vertical-align: inherit }
td, th { display: table-cell; vertical-align: inherit; padding: 1px }
th, h1 { font-weight: bold }
h1 { font-size: 2em; margin: .67em 0; bookmark-level: 1; bookmark-label: content(text) }
p { margin: 1em 0 }
img { overflow: hidden }
br::before { content: "\\A"; white-space: pre-line }
[dir=ltr] { direction: ltr }
[dir=rtl] { direction: rtl }
"""


class PaperPage(HTML):
    """A page written as XML, which is read in a twentieth of the time.

    Texts in it are escaped; what XML cannot hold at all is left out.
    """

    def __init__(self, page: str, fetcher: Any):
        self.base_url, self.media_type = "paper:", "print"
        self.url_fetcher = fetcher
        root = ElementTree.fromstring(page.translate(_NO_XML))  # noqa: S314 - ours
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            root, content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [SHEET]

    def _ua_counter_style(self) -> list[dict]:
        return []

    def _ph_stylesheets(self) -> list[CSS]:
        return []


SHEET = CSS(string=BARE)
