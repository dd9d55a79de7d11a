"""From the bytes of a file to lines of cells, or one sentence why not."""

from itertools import chain

from django.utils.translation import gettext as _

from courses.tables.delimited import read_text
from courses.tables.sheets import MOST_BYTES, Sheet, Unreadable
from courses.tables.workbook import read_workbook

from .lost import lost_word, twice_encoded_word

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read(data: bytes) -> list[Sheet]:
    """The sheets of a list; `Unreadable` for a file that is none or lost letters."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than %(most)s MB. Is it the right file?")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(
            _(
                "This is an old Excel file (.xls) or one with a password. Open it, "
                "save it as .xlsx without a password and choose that file."
            )
        )
    sheets = read_workbook(data) if data.startswith(_ZIP) else read_text(data)
    if not any(sheet.lines for sheet in sheets):
        raise Unreadable(_("The file is empty: no line of it holds anything."))
    _check_letters(sheets)
    return sheets


def _check_letters(sheets: list[Sheet]) -> None:
    lost = lost_word(chain.from_iterable(sheet.lines for sheet in sheets))
    if lost:
        raise Unreadable(
            _(
                "Letters are lost in this file: line %(line)s has “%(word)s”, with a "
                "question mark where a letter stood. It was saved in an encoding "
                "without these letters (such as Windows-1251, which has no ғ ӣ қ ӯ ҳ "
                "ҷ) and they cannot be brought back. Nobody was enrolled. Save the "
                "original list as .xlsx or as “CSV UTF-8” and choose that file."
            )
            % {"line": lost[0], "word": lost[1]}
        )
    twice = twice_encoded_word(chain.from_iterable(sheet.lines for sheet in sheets))
    if twice:
        raise Unreadable(
            _(
                "The letters in this file are garbled: line %(line)s has “%(word)s”. "
                "It was opened in the wrong encoding and saved again. Nobody was "
                "enrolled. Save the original list as .xlsx or as “CSV UTF-8”."
            )
            % {"line": twice[0], "word": twice[1]}
        )
