"""The text of a file in whatever alphabet it was saved, and the shelf it names."""

from django.utils.translation import gettext as _

from courses.tables.delimited import decode
from courses.tables.sheets import Unreadable

from .drafts import MOST_BYTES, MOST_LETTERS, NotThisFormat

# What Moodle writes before the shelves that somebody made.
_UPPERMOST = ("$course$", "$system$", "$cat1$", "$module$", "top")


def text_of(data: bytes | str) -> str:
    """UTF-8 or UTF-16 as marked, else UTF-8 where it fits, else Windows-1251."""
    if len(data) > MOST_BYTES:
        raise NotThisFormat(too_large())
    text = data if isinstance(data, str) else _decoded(data)
    if len(text) > MOST_LETTERS:
        raise NotThisFormat(too_large())
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def too_large() -> str:
    return _("The file is too large for a file of questions. Split it.")


def category_of(path: str) -> str:
    """`$course$/top/Foundations/Definition` is the shelf Foundations/Definition."""
    shelves = [" ".join(shelf.split()) for shelf in path.replace("//", "\0").split("/")]
    while shelves and (shelves[0].lower() in _UPPERMOST or not shelves[0]):
        shelves.pop(0)
    return "/".join(filter(None, shelves)).replace("\0", "∕")


def _decoded(data: bytes) -> str:
    try:
        return decode(data)
    except Unreadable as error:
        raise NotThisFormat(
            _("This is not a text file. Save the questions as text and try again.")
        ) from error
