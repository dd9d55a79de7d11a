"""Pictures of a file: looked at, then drawn anew, so that only a picture is kept."""

import base64
import binascii
import hashlib
import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image

from .drafts import Picture, Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 20_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def picture_of(encoded: str, name: str) -> Picture:
    """The picture without anything else its file may hold; refused when it is none."""
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(_unreadable(name)) from error
    if len(data) > MOST_BYTES:
        raise Refused(
            _("The picture “%(name)s” is larger than %(most)s MB.")
            % {"name": name[:60], "most": MOST_BYTES // 1024 // 1024}
        )
    return drawn_anew(data, name)


def drawn_anew(data: bytes, name: str) -> Picture:
    """Named by what it holds, so that its name tells nothing."""
    drawn, suffix = _drawn(data, name)
    return Picture(f"{hashlib.sha256(drawn).hexdigest()[:16]}.{suffix}", drawn)


def _drawn(data: bytes, name: str) -> tuple[bytes, str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                return _saved(image, name)
    except Refused:
        raise
    # A broken picture can fail in any way inside the library that reads it.
    except Exception as error:
        raise Refused(_unreadable(name)) from error


def _saved(image: Image.Image, name: str) -> tuple[bytes, str]:
    if image.width * image.height > MOST_PIXELS:
        raise Refused(
            _("The picture “%(name)s” has too many points.") % {"name": name[:60]}
        )
    file = io.BytesIO()
    if image.format == "JPEG":
        image.convert("RGB").save(file, "JPEG", quality=90)
        return file.getvalue(), "jpg"
    image.convert("RGBA").save(file, "PNG")
    return file.getvalue(), "png"


def _unreadable(name: str) -> str:
    return _(
        "The picture “%(name)s” cannot be read. PNG, JPEG, WebP and GIF are kept; SVG"
        " and other files are not."
    ) % {"name": name[:60]}
