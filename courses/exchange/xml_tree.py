"""XML read without entities, document types or a look outside; with line numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .drafts import MOST_BYTES, NotThisFormat
from .texts import too_large

MOST_DEPTH = 30
MOST_ELEMENTS = 200_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


@dataclass
class Node:
    """An element, with the line on which it begins."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str) -> Iterator["Node"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Node | None":
        return next(self.all(tag), None)

    def words(self, *path: str) -> str:
        """The text of the first element on this path; "" where there is none."""
        node: Node | None = self
        for tag in path:
            node = node.first(tag) if node else None
        return node.text if node else ""


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.top = Node("", 0)
        self.path = [self.top]
        self.elements = 0
        self.locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:
        self.locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.elements += 1
        if len(self.path) > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            raise NotThisFormat(
                _("This file is nested too deeply, or has too many elements.")
            )
        line = self.locator.getLineNumber() if self.locator else 0
        node = Node(name, line or 0, dict(attrs.items()))
        self.path[-1].children.append(node)
        self.path.append(node)

    def endElement(self, name: str) -> None:
        self.path.pop()

    def characters(self, content: str) -> None:
        self.path[-1].pieces.append(content)


def parse(data: bytes | str) -> Node:
    """The outermost element; `NotThisFormat` for what is no safe XML."""
    if len(data) > MOST_BYTES:
        raise NotThisFormat(too_large())
    if isinstance(data, str):
        data = _DECLARATION.sub("", data).encode("utf-8", "replace")
    elif data.lstrip().startswith(b"<?xml"):
        data = data.lstrip()
    builder = _Builder()
    try:
        defusedxml.sax.parseString(data, builder, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotThisFormat(
            _(
                "This file has a document type, entities or references to other files."
                " They are not followed: take them out and try again."
            )
        ) from error
    except (SAXException, LookupError, ValueError) as error:
        raise NotThisFormat(_broken(error)) from error
    return builder.top.children[0]


def _broken(error: Exception) -> str:
    if isinstance(error, SAXParseException):
        return _(
            "This is no whole XML file: it cannot be read from line %(line)s on."
        ) % {"line": error.getLineNumber()}
    return _("This XML file is broken.")
