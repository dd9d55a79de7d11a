"""A badge's picture that carries its credential, as Open Badges 3.0, 5.3 bakes them."""

import json
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

KEYWORD = "openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PNG = b"\x89PNG\r\n\x1a\n"
# Ours have 40,000 bytes; reading a larger file would only cost time.
MOST_BYTES = 1024 * 1024


def bake_png(picture: bytes, credential: str) -> bytes:
    """The text in an iTXt chunk, not compressed."""
    chunks, written = PngInfo(), BytesIO()
    chunks.add_itxt(KEYWORD, credential)
    with Image.open(BytesIO(picture)) as image:
        image.save(written, "PNG", pnginfo=chunks)
    return written.getvalue()


def bake_svg(picture: str, credential: str) -> str:
    """The text in an element of its own, the first of the picture."""
    start = picture.index(">") + 1
    opening = picture[: start - 1]
    return (
        f'{opening} xmlns:openbadges="{NAMESPACE}">'
        f"<openbadges:credential>{escape(credential)}</openbadges:credential>"
        f"{picture[start:]}"
    )


def credential_in(file: bytes) -> dict[str, Any] | None:
    """Out of a picture or plain JSON, whoever made it; None where there is none."""
    if len(file) > MOST_BYTES:
        return None
    try:
        found = json.loads(_text_in(file))
    except (ValueError, LookupError, RecursionError, ElementTree.ParseError):
        return None
    return found if isinstance(found, dict) and "proof" in found else None


def _text_in(file: bytes) -> bytes | str:
    if file.startswith(PNG):
        return _in_png(file)
    return _in_svg(file) if file.lstrip().startswith(b"<") else file


def _in_png(file: bytes) -> bytes:
    """Chunk by chunk, so that no picture is unpacked."""
    at = len(PNG)
    while at < len(file):
        body = at + 8
        end = body + int.from_bytes(file[at : at + 4], "big")
        keyword, _, rest = file[body:end].partition(b"\0")
        if file[at + 4 : body] == b"iTXt" and keyword == KEYWORD.encode():
            # Two bytes say how it is packed; the language and the keyword in it follow.
            return rest[2:].split(b"\0", 2)[2]
        at = end + 4
    return b""


def _in_svg(file: bytes) -> str:
    root = ElementTree.fromstring(file, forbid_dtd=True)
    return root.findtext(f"{{{NAMESPACE}}}credential", "")
