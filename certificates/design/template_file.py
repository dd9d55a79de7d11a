"""A template as one file to carry to another site: a ZIP of words and pictures. Pure.

`template.json` says what a version says; pictures lie under `images/` by the hash of
their bytes. What comes in is trusted in nothing: see `unpack`.
"""

import io
import json
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from certificates.design import pictures, template_schema

SCHEMA = "ustod-certificate-template"
VERSION = 1
WORDS = "template.json"
MOST_BYTES = 8 * 1024 * 1024
MOST_WORDS = 256 * 1024
MOST_PICTURE = 4 * 1024 * 1024
MOST_LOGOS = 3
# The same design is the same bytes, whenever it is packed.
NO_TIME = (1980, 1, 1, 0, 0, 0)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,
    struct.error,
)


class BadFile(ValueError):
    """This cannot be taken in; the text is translated and says why."""


@dataclass(frozen=True)
class Carried:
    """A template on its way; `design` is a version's content without its pictures."""

    title: str
    kind: str
    design: dict[str, Any]
    logos: list[bytes]


def pack(carried: Carried) -> bytes:
    """The file. Packed twice it is the same, byte for byte."""
    names = [f"images/{pictures.named(logo)}.png" for logo in carried.logos]
    words = {
        "schema": SCHEMA,
        "version": VERSION,
        "title": carried.title,
        "kind": carried.kind,
        "design": carried.design,
        "logos": names,
    }
    text = json.dumps(words, ensure_ascii=False, indent=1, sort_keys=True)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, WORDS, text.encode())
        for name, logo in dict(zip(names, carried.logos, strict=True)).items():
            _write(archive, name, logo)
    return data.getvalue()


def unpack(data: bytes) -> Carried:
    """What the file says, when all of it is sound. Raises BadFile.

    Nothing is unpacked to a disk, no name in the archive is followed anywhere, sizes
    are limited while reading (a bomb's head lies) and pictures are drawn anew.
    """
    if len(data) > MOST_BYTES:
        _refuse(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES >> 20})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive)
            words = _words(_read(archive, WORDS, MOST_WORDS))
            logos = [_logo(archive, name) for name in words["logos"]]
    except KeyError as error:
        raise BadFile(
            _("“%(name)s” is missing in the file.") % {"name": _name_in(error)}
        ) from error
    # Whatever a broken or an encrypted archive raises in zipfile and what unpacks.
    except (*BROKEN, ValueError) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(_("This is no template file, or it is broken.")) from error
    return Carried(words["title"], words["kind"], words["design"], logos)


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _check_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(names) > MOST_LOGOS + 1 or len(set(names)) != len(names):
        _refuse(_("There is more in the file than a template has."))
    for name in names:
        if name != WORDS and not template_schema.is_picture(name):
            _refuse(_("“%(name)s” does not belong in a template.") % {"name": name})


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as entry:
        data = entry.read(most + 1)
    if len(data) > most:
        _refuse(_("“%(name)s” is too large.") % {"name": name})
    return data


def _words(data: bytes) -> dict[str, Any]:
    try:
        words = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFile(_("“%(name)s” is no JSON.") % {"name": WORDS}) from error
    if not isinstance(words, dict) or words.get("schema") != SCHEMA:
        _refuse(_("This is a file of something else, not of a template."))
    if words.get("version") != VERSION:
        _refuse(_("The file was written by another version of the system."))
    found = template_schema.faults(words)
    if found:
        _refuse(" ".join(found[:5]))
    return words


def _logo(archive: zipfile.ZipFile, name: str) -> bytes:
    data = _read(archive, name, MOST_PICTURE)
    if name != f"images/{pictures.named(data)}.png":
        _refuse(_("The picture “%(name)s” was changed.") % {"name": name})
    try:
        return pictures.clean(data)
    except pictures.UnfitPicture as error:
        raise BadFile(str(error)) from error


def _name_in(error: KeyError) -> str:
    """What zipfile says is "There is no item named '…' in the archive"."""
    text = str(error.args[0]) if error.args else ""
    return text.split("'")[1] if text.count("'") >= 2 else text


def _refuse(text: str) -> NoReturn:
    raise BadFile(text)
