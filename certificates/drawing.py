"""Pictures drawn once and replayed: what makes the hundredth certificate cheap."""

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
