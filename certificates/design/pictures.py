"""A logo or a scanned signature made fit for paper: small, upright, one frame, PNG.

Whatever came with the file (where a photo was taken, further frames, a colour profile
of a press) stays behind. An SVG is refused: it is a program as much as a picture.
"""

import hashlib
import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# Wide enough for 45 mm at 400 dots an inch.
LARGEST = (720, 720)
# Where an SVG says that it is one.
HEAD = 4096
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")


class UnfitPicture(UnidentifiedImageError):
    """This cannot stand on paper; the text is translated and says why."""


def clean(data: bytes) -> bytes:
    """The picture as a new PNG; size is read from the head before anything is decoded.

    Raises UnfitPicture for all that is no picture, too large or broken.
    """
    if len(data) > MOST_BYTES:
        raise UnfitPicture(
            _("The picture is larger than %(most)s MB. Take a smaller one.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    if b"<svg" in data[:HEAD].lower():
        raise UnfitPicture(
            _("An SVG can hold a program, so none is taken. Save the picture as PNG.")
        )
    kept = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as whole:
                _check_pixels(whole)
                whole.verify()
            # What was verified cannot be read any more.
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _upright(picture).save(kept, format="PNG")
    except UnfitPicture:
        raise
    # Whatever a broken picture raises in Pillow's many decoders.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnfitPicture(
            _("This is no picture that can be read. PNG, JPEG and WebP are.")
        ) from error
    return kept.getvalue()


def named(content: bytes) -> str:
    """The hash of the bytes, under which they are kept."""
    return hashlib.sha256(content).hexdigest()


def _check_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise UnfitPicture(
            _("The picture has more than %(most)s million pixels. Take a smaller one.")
            % {"most": MOST_PIXELS // 1_000_000}
        )


def _upright(picture: Image.Image) -> Image.Image:
    """Of moving pictures this is the first."""
    picture.draft("RGB", LARGEST)
    turned = ImageOps.exif_transpose(picture.convert("RGBA"))
    turned.thumbnail(LARGEST)
    # A new one, so that nothing but colours is written.
    plain = Image.new("RGBA", turned.size)
    plain.paste(turned)
    return plain
