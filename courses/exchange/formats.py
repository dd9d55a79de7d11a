"""The formats of questions. A new one is one module with `read`, and a line here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import aiken, gift, moodle_xml, table
from .drafts import MOST_BYTES, NotThisFormat, QuestionDraft, Reading, Writing
from .texts import text_of, too_large

Write = Callable[[Iterable[QuestionDraft]], Writing]


@dataclass(frozen=True)
class Format:
    """How a format is called, told from others by what it holds, read and written."""

    key: str
    label: str | Promise
    suffix: str
    content_type: str
    looks_like: Callable[[str], bool]
    read: Callable[[bytes | str], Reading]
    write: Write | None = None


# In the order in which they are asked whether a file is theirs.
FORMATS = (
    Format(
        "moodle_xml",
        "Moodle XML",
        "xml",
        "application/xml",
        moodle_xml.looks_like,
        moodle_xml.read,
        moodle_xml.write,
    ),
    Format(
        "table",
        gettext_lazy("Table (CSV or XLSX)"),
        "csv",
        "text/csv",
        table.looks_like,
        table.read,
    ),
    Format(
        "aiken",
        "Aiken",
        "txt",
        "text/plain",
        aiken.looks_like,
        aiken.read,
        aiken.write,
    ),
    Format(
        "gift", "GIFT", "gift", "text/plain", gift.looks_like, gift.read, gift.write
    ),
)
WRITABLE = {one.key: one for one in FORMATS if one.write}


def format_of(data: bytes | str) -> Format:
    """Told by what the file holds, whatever its name; refused when it is none."""
    if not data.strip():
        raise NotThisFormat(_("There is nothing in it."))
    if len(data) > MOST_BYTES:
        raise NotThisFormat(too_large())
    if isinstance(data, bytes) and data.startswith(table.WORKBOOK):
        return next(one for one in FORMATS if one.key == "table")
    text = _beginning(data)
    for one in FORMATS:
        if one.looks_like(text):
            return one
    raise NotThisFormat(
        _(
            "No questions are recognised in it. Known are GIFT, Aiken, Moodle XML, and"
            " tables with a line of headings: Question; Choice 1; Choice 2; Right."
        )
    )


def read(data: bytes | str) -> tuple[Format, Reading]:
    """The format and the questions; `NotThisFormat` where the whole is refused."""
    found = format_of(data)
    reading = found.read(data)
    if not reading.drafts and not reading.refusals:
        raise NotThisFormat(_("There is no question in it."))
    return found, reading


def _beginning(data: bytes | str) -> str:
    """As text; XML with pictures is longer than any text may be, and says its own."""
    is_xml = isinstance(data, bytes) and data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
    if isinstance(data, bytes) and is_xml:
        return data[:4_000].decode("utf-8", "replace")
    return text_of(data) if isinstance(data, bytes) else data
