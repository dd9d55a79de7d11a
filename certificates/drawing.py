"""Pictures drawn once and replayed: what makes the hundredth certificate cheap."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree

import pydyf
from weasyprint.svg import SVG


class Drawing:
    """An SVG of plain shapes that WeasyPrint takes as an image.

    The first drawing at a size is kept as PDF operators; later ones repeat them.
    Everything a plain shape needs besides is the two alpha states named in them.
    """

    def __init__(self, svg: str):
        self._svg = SVG(ElementTree.fromstring(svg), None, None, None)  # noqa: S314
        self._kept: dict[tuple[float, float], tuple[list, dict]] = {}

    def get_intrinsic_size(self, resolution, font_size):
        width, height = self._svg.get_intrinsic_size(font_size)
        return width, height, width / height

    def draw(self, stream, concrete_width, concrete_height, style):
        size = (concrete_width, concrete_height)
        if size not in self._kept:
            self._kept[size] = self._record(stream, *size)
        operators, states = self._kept[size]
        stream.push_state()
        stream.stream.extend(operators)
        for key, state in states.items():
            stream._resources["ExtGState"].setdefault(key, pydyf.Dictionary(state))
        stream.pop_state()

    def _record(self, stream, width, height):
        paper = stream.clone(
            resources=pydyf.Dictionary({"ExtGState": pydyf.Dictionary()})
        )
        self._svg.draw(paper, width, height, None, None)
        self._svg.stream = None
        states = paper._resources["ExtGState"]
        return list(paper.stream), {key: dict(state) for key, state in states.items()}


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
