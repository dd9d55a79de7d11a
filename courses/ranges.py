"""A part of a file, as players of films ask for it."""

import re

from django.core.files import File
from django.http import HttpRequest, HttpResponse

# A part in memory at a time: players ask for the next one when they need it.
LARGEST = 2 * 1024 * 1024
ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def part_of(
    request: HttpRequest, file: File, *, content_type: str
) -> HttpResponse | None:
    """The range asked for, or its beginning; 416 for one the file has not.

    None when no range is asked for, or one that nobody understands.
    """
    asked = ASKED.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return None
    first, last = _bounds(asked, file.size)
    if first > last:
        told = {"Content-Range": f"bytes */{file.size}"}
        return HttpResponse(status=416, headers=told)
    with file.open("rb") as opened:
        opened.seek(first)
        content = opened.read(last - first + 1)
    response = HttpResponse(content, status=206, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return response


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; the first lies behind the last when there are none."""
    start, end = asked.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(start), int(end) if end else size - 1
    return first, min(last, size - 1, first + LARGEST - 1)
