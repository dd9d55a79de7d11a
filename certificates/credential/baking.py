"""A badge's picture that carries its credential, as Open Badges 3.0, 5.3 bakes them."""

from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image
from PIL.PngImagePlugin import PngInfo

KEYWORD = "openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


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
