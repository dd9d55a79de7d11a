"""Many papers bound into one PDF to print, of which one at a time is in memory.

Written from the front to the back. A frame or a font that many papers share is written
once: what looks the same, byte for byte, is the same object.
"""

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import IO, Any

import pikepdf

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# The numbers of what is written last.
CATALOG, PAGES, INFO = 1, 2, 3
# A field of a signature that signs nothing would look like a broken seal; what goes
# with the tags of the whole paper says nothing of a page alone.
LEFT_OUT = ("/Annots", "/AF", "/StructParents", "/Parent")
BLANK = b"<</Type /Page/Parent %d 0 R/MediaBox [0 0 595 842]>>" % PAGES
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def bind(papers: Iterable[bytes], file: IO[bytes], *, title: str) -> None:
    """All their pages in order, into an empty file; of no paper, a blank page."""
    whole = _Binding(file)
    for paper in papers:
        with pikepdf.open(BytesIO(paper)) as opened:
            whole.add(opened)
    whole.close(title)


class _Binding:
    """The file so far: where its objects begin, and which are there already."""

    def __init__(self, file: IO[bytes]):
        self.file, self.at = file, 0
        self.places: dict[int, int] = {}
        self.known: dict[bytes, int] = {}
        self.pages: list[int] = []
        self.last = INFO
        self.numbers: dict[tuple[int, int], int] = {}
        self._write(HEAD)

    def add(self, paper: pikepdf.Pdf) -> None:
        self.numbers = {}
        for page in paper.pages:
            said = dict(page.obj.items())
            for name in INHERITED:
                if (value := _inherited(page.obj, name)) is not None:
                    said[name] = value
            for name in LEFT_OUT:
                said.pop(name, None)
            body = self._dictionary(said, b"/Parent %d 0 R" % PAGES)
            self.pages.append(self._next())
            self._object(self.pages[-1], body)

    def close(self, title: str) -> None:
        if not self.pages:
            # Viewers take a file without pages for a broken one.
            self.pages.append(self._next())
            self._object(self.pages[-1], BLANK)
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        pages = b"<</Type /Pages/Count %d/Kids [%s]>>" % (len(self.pages), kids)
        self._object(PAGES, pages)
        self._object(
            CATALOG,
            b"<</Type /Catalog/Pages %d 0 R"
            b"/ViewerPreferences <</DisplayDocTitle true>>>>" % PAGES,
        )
        self._object(INFO, b"<</Title %s>>" % pikepdf.String(title).unparse())
        start, size = self.at, self.last + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for number in range(1, size):
            self._write(b"%010d 00000 n \n" % self.places[number])
        self._write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, CATALOG, INFO, start)
        )

    def _written(self, value: Any) -> bytes:
        """As it stands in a file; what it refers to is written before."""
        if isinstance(value, pikepdf.Object):
            if value.is_indirect:
                return b"%d 0 R" % self._number(value)
            return self._whole(value)
        # Numbers and truths are Python's own.
        return pikepdf.Array([value]).unparse()[1:-1].strip()

    def _whole(self, value: pikepdf.Object) -> bytes:
        if isinstance(value, pikepdf.Stream):
            data = value.read_raw_bytes()
            said = dict(value.items())
            said.pop("/Length", None)
            body = self._dictionary(said, b"/Length %d" % len(data))
            return b"%s\nstream\n%s\nendstream" % (body, data)
        if isinstance(value, pikepdf.Dictionary):
            return self._dictionary(dict(value.items()))
        if isinstance(value, pikepdf.Array):
            return b"[%s]" % b" ".join(self._written(one) for one in value)
        return value.unparse()

    def _dictionary(self, said: Mapping[str, Any], own: bytes = b"") -> bytes:
        parts = (
            pikepdf.Name(name).unparse() + b" " + self._written(value)
            for name, value in said.items()
        )
        return b"<<%s%s>>" % (b"".join(parts), own)

    def _number(self, value: pikepdf.Object) -> int:
        """The number it has here; the same object of another paper has the same."""
        if value.objgen not in self.numbers:
            body = self._whole(value)
            digest = hashlib.sha256(body).digest()
            if digest not in self.known:
                self.known[digest] = self._next()
                self._object(self.known[digest], body)
            self.numbers[value.objgen] = self.known[digest]
        return self.numbers[value.objgen]

    def _next(self) -> int:
        self.last += 1
        return self.last

    def _object(self, number: int, body: bytes) -> None:
        self.places[number] = self.at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self.file.write(data)
        self.at += len(data)


def _inherited(page: pikepdf.Object, name: str) -> Any:
    """Of the page, or of what it stands under."""
    place: Any = page
    while place is not None:
        if name in place:
            return place[name]
        place = place.get("/Parent")
    return None
