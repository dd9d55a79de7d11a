"""A photo or a scan of a paper, made fit to keep: small, upright, without a place.

Phones write into a photo where it was taken; what is kept has nothing of it.
"""

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


class UnreadableScan(ValueError):
    """This is no picture and no PDF, or too large; the text is translated."""


@dataclass(frozen=True)
class Scan:
    data: bytes
    extension: str


def clean_scan(data: bytes) -> Scan:
    """A picture as a new JPEG, a PDF as it is. Raises UnreadableScan."""
    if len(data) > MOST_BYTES:
        raise UnreadableScan(
            _("The file is larger than %(most)s MB. Take a smaller photo.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    if data.startswith(b"%PDF-"):
        return Scan(data, "pdf")
    return Scan(_as_jpeg(data), "jpg")


def _as_jpeg(data: bytes) -> bytes:
    kept = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_size(picture)
            picture = ImageOps.exif_transpose(picture).convert("RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        picture.save(kept, "JPEG", quality=85)
    except UnreadableScan:
        raise
    # Whatever a broken picture raises in Pillow's many decoders.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableScan(
            _("This is neither a photo (JPEG, PNG, WebP) nor a PDF.")
        ) from error
    return kept.getvalue()


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise UnreadableScan(_("The photo has too many pixels. Take a smaller one."))
