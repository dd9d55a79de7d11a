"""A piece of the page: lines of known size and height, and two of them in step."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from certificates.paper import bidi, glyphs
from lms.paper_words import direction_of

from .paper import Paper
from .sheets import BASE, Face

# Lines of Arabic letters, in sizes; and by how much they grow beside Latin ones.
ARABIC, LOWER = 1.42, 0.17


@dataclass(frozen=True)
class Piece:
    """Something that stands under the piece before it.

    `rows` may be more than its lines, so that both columns of a bilingual paper keep
    step; `more` is room in points for what else it holds.
    """

    kind: str
    face_name: str
    face: Face
    lines: list[str]
    size: float
    # By how much its letters are larger than Latin ones, to look as large.
    grown: float = 1
    # Said where it is another one than the page's.
    language: str = ""
    direction: str = ""
    rows: int = 0
    least: float = 0
    tallest: float = 0
    more: float = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"certificates/print/blocks/{self.kind}.html"

    @property
    def html(self) -> SafeString:
        return bidi.under_each_other(self.lines)

    @property
    def direction_within(self) -> str:
        """Of a name or a title in a text of whatever direction."""
        return direction_of("".join(self.lines))

    @property
    def leading(self) -> float:
        """Arabic letters reach further up and down than a line set for Latin ones."""
        return max(self.face.leading, self.least, ARABIC if self.has_arabic else 0)

    @property
    def row(self) -> float:
        """What a line takes: letters of a second font stand a little lower."""
        return max(self.tallest, self.leading + (LOWER if self.has_arabic else 0))

    @cached_property
    def has_arabic(self) -> bool:
        return any(map(glyphs.has_arabic, self.lines))

    @property
    def height(self) -> float:
        lines = max(self.rows, len(self.lines))
        return self.above + self.below + lines * self.row * self.size + self.more

    @property
    def above(self) -> float:
        return self.face.above * self._share

    @property
    def below(self) -> float:
        return self.face.below * self._share

    @property
    def _share(self) -> float:
        """How much smaller than it is meant to be; the white grows with no letters."""
        return self.size / self.grown / self.face.size

    @property
    def style(self) -> SafeString:
        """What differs from the style sheet's own measure of this face."""
        rules = []
        if self.size != self.face.size:
            rules.append(f"font-size: {self.size / BASE:.4g}em")
        if self.grown != 1:
            rules.append(f"margin-top: {self.above / self.size:.4g}em")
            rules.append(f"padding-bottom: {self.below / self.size:.4g}em")
        if self.leading != self.face.leading:
            rules.append(f"line-height: {self.leading:.4g}")
        if self.rows:
            rules.append(f"min-height: {self.rows * self.row:.4g}em")
        style = format_html(' style="{}"', "; ".join(rules)) if rules else ""
        if not self.language:
            return format_html("{}", style)
        return format_html(
            '{} lang="{}" dir="{}"', style, self.language, self.direction
        )


def in_its_language(piece: Piece, paper: Paper) -> Piece:
    """Among words of another language."""
    return replace(piece, language=paper.language, direction=paper.direction)


def in_step(first: Piece | None, second: Piece | None) -> tuple[Piece, Piece] | None:
    """Two pieces of the same rows, as large to the eye: neither language is smaller."""
    first, second = first or _empty(second), second or _empty(first)
    if first is None or second is None:
        return None
    base = min(one.size / one.grown for one in (first, second))
    both = [replace(one, size=base * one.grown) for one in (first, second)]
    rows = max(len(one.lines) for one in both)
    leading = max(one.leading * one.size for one in both)
    tallest = max(one.row * one.size for one in both)
    made = [
        replace(one, rows=rows, least=leading / one.size, tallest=tallest / one.size)
        for one in both
    ]
    return made[0], made[1]


def _empty(piece: Piece | None) -> Piece | None:
    return piece and replace(piece, lines=[], extra={})
