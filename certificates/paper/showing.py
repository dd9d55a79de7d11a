"""A page of PDF as a picture for the screen, and one at a time."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

# Pixels across; sharp on a screen of two dots a point, light on a slow line.
ACROSS = 1200
PATIENCE = 10.0
WHITE = (255, 255, 255, 255)

# PDFium keeps state of the process.
_one_at_a_time = threading.Lock()
_one_preview = threading.Lock()


class Busy(Exception):
    """Somebody else's preview takes longer than anybody waits."""


@contextmanager
def in_turn() -> Iterator[None]:
    """One preview is drawn at a time, so that typing in ten windows stops nobody.

    Raises Busy for whoever would wait longer than PATIENCE seconds.
    """
    if not _one_preview.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _one_preview.release()


def as_png(
    pdf: bytes, *, across: int = ACROSS, ground: tuple[int, int, int, int] = WHITE
) -> bytes:
    """The first page, this many pixels wide, on a ground of red, green, blue, alpha."""
    data = io.BytesIO()
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            bitmap = page.render(scale=across / page.get_width(), fill_color=ground)
            bitmap.to_pil().save(data, format="PNG", optimize=False)
        finally:
            document.close()
    return data.getvalue()
