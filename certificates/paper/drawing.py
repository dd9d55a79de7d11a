"""Pictures drawn once and repeated: what makes the hundredth certificate cheap."""

import zlib
from collections.abc import Iterable
from itertools import groupby
from typing import BinaryIO

import pydyf
from PIL import Image

from certificates.paper.ornament.lines import UNIT, Figure, operators

PIXELS = 96 / 25.4


class Drawing:
    """A figure that WeasyPrint takes as an image.

    Its operators are written and packed once; each certificate gets the same bytes as
    a form of its own.
    """

    def __init__(self, figure: Figure):
        self._width, self._height = figure.width, figure.height
        packed = zlib.compress(operators(figure), 9)
        head = (
            f"<</Type /XObject/Subtype /Form/BBox [0 0 {figure.width * UNIT:.0f}"
            f" {figure.height * UNIT:.0f}]/Resources <<>>/Filter /FlateDecode"
            f"/Length {len(packed)}>>\nstream\n"
        )
        self._data = head.encode() + packed + b"\nendstream"

    def get_intrinsic_size(self, resolution, font_size):
        width, height = self._width * PIXELS, self._height * PIXELS
        return width, height, width / height

    def draw(self, stream, concrete_width, concrete_height, style):
        forms = stream._resources["XObject"]
        name = f"f{len(forms)}"
        forms[name] = _Packed(self._data)
        stream.push_state()
        stream.transform(
            a=concrete_width / self._width / UNIT,
            d=concrete_height / self._height / UNIT,
        )
        stream.draw_x_object(name)
        stream.pop_state()


class _Packed(pydyf.Stream):
    """A stream whose bytes are ready."""

    def __init__(self, data: bytes):
        super().__init__()
        self._data = data

    @property
    def data(self):
        return self._data


class Picture:
    """A logo or a signature, unpacked and packed once; what is clear in it stays so."""

    def __init__(self, file: BinaryIO):
        with Image.open(file) as opened:
            picture = opened.convert("RGBA")
        self._size = picture.size
        alpha = picture.getchannel("A")
        self._colours = zlib.compress(picture.convert("RGB").tobytes(), 9)
        is_clear = alpha.getextrema() != (255, 255)
        self._alpha = zlib.compress(alpha.tobytes(), 9) if is_clear else b""

    def get_intrinsic_size(self, resolution, font_size):
        width, height = self._size
        return width / resolution, height / resolution, width / height

    def draw(self, stream, concrete_width, concrete_height, style):
        forms = stream._resources["XObject"]
        name = f"f{len(forms)}"
        forms[name] = self._image(self._colours, "/DeviceRGB")
        if self._alpha:
            forms[name].extra["SMask"] = self._image(self._alpha, "/DeviceGray")
        stream.transform(concrete_width, 0, 0, -concrete_height, 0, concrete_height)
        stream.draw_x_object(name)

    def _image(self, packed: bytes, colours: str) -> pydyf.Stream:
        width, height = self._size
        extra = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": width,
            "Height": height,
            "ColorSpace": colours,
            "BitsPerComponent": 8,
            "Interpolate": "false",
            "Filter": "/FlateDecode",
        }
        return pydyf.Stream([packed], extra)


class Squares:
    """A QR code as rectangles, one for each run of dark modules in a row."""

    def __init__(self, rows: Iterable[Iterable[int]]):
        self._rows = [bytearray(row) for row in rows]

    def get_intrinsic_size(self, resolution, font_size):
        return len(self._rows), len(self._rows), 1

    def draw(self, stream, concrete_width, concrete_height, style):
        count = len(self._rows)
        stream.push_state()
        stream.transform(a=concrete_width / count, d=concrete_height / count)
        stream.set_color_rgb(0, 0, 0)
        for y, row in enumerate(self._rows):
            x = 0
            for is_dark, run in groupby(row):
                length = len(list(run))
                if is_dark:
                    stream.rectangle(x, y, length, 1)
                x += length
        stream.fill()
        stream.pop_state()
