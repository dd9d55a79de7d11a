"""The measures of each theme: the sheet, its margins and its letters. Pure.

The style sheet is written from these numbers, and so are the heights by which a full
page is made to fit: one table for both, so that they cannot disagree.
"""

from typing import NamedTuple

POINTS = 72 / 25.4
# Sizes are set in shares of this one, so that a whole page can be made smaller.
BASE = 11.0


class Face(NamedTuple):
    """Letters in points: their size, lines in sizes, room above and below."""

    size: float
    leading: float = 1.35
    above: float = 0
    below: float = 0
    bold: bool = False
    sans: bool = False
    # Arabic letters are smaller in their square and reach further down.
    arabic: float = 1.0

    @property
    def in_shares(self) -> dict[str, str | float | bool]:
        """As the style sheet writes it: a share of its own or the page's letters."""
        return {
            "font": "Plain" if self.sans else "Deed",
            "bold": self.bold,
            "size": f"{self.size / BASE:.4g}",
            "leading": self.leading,
            "above": f"{self.above / self.size:.4g}",
            "below": f"{self.below / self.size:.4g}",
        }


class Sheet(NamedTuple):
    """Millimetres; `across` is the widest line of text and `column` of a column's."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    across: float
    faces: dict[str, Face]
    # The name is set between these sizes on one line, and below on two.
    name: tuple[float, float]
    columns: int = 1
    gap: float = 0
    is_centred: bool = True
    foot: float = 34
    # White between the top, the middle and the foot.
    air: float = 4
    # How far down the middle begins in the room it does not need: a little less than
    # half looks centred, a letter begins near its top.
    raised: float = 0.46
    logo: float = 13
    # Logos stand at the end of the first line instead of in a line of their own.
    is_aside: bool = False

    @property
    def measure(self) -> float:
        """The widest line in points."""
        return self.across * POINTS

    @property
    def inner(self) -> float:
        return self.width - 2 * self.side


# By how much Arabic letters grow to look as large as Latin ones that are small.
SMALL = 1.16
_SMALL = Face(8.2, 1.4, 5, sans=True, arabic=SMALL)
_GUILLOCHE = {
    "issuer": Face(9.5, 1.35, 5, sans=True, arabic=SMALL),
    "title": Face(18, 1.3, 0, below=21, sans=True, arabic=1.35),
    "text": Face(11, 1.4, 8, arabic=1.1),
    "name": Face(38, 1.16, 8),
    "latin": Face(13, 1.3, 3),
    "course": Face(18, 1.25, 5, bold=True, arabic=1.1),
    "hours": Face(10.5, 1.45, 10, sans=True, arabic=SMALL),
    "score": Face(10.5, 1.45, 3, sans=True, arabic=SMALL),
    "dates": Face(9.5, 1.45, 5, sans=True, arabic=SMALL),
    "topics": Face(9, 1.45, 6, sans=True, arabic=SMALL),
    "donors": Face(8.5, 1.4, 7, sans=True, arabic=SMALL),
    "small": _SMALL,
    "logos": Face(11, 1, 0),
    "attendance": Face(9.5, 1.5, 8, sans=True, arabic=SMALL),
}
_PLAIN = _GUILLOCHE | {
    "issuer": Face(9.5, 1.4, 3, sans=True, arabic=SMALL),
    "title": Face(12, 1.4, 0, below=24, sans=True, arabic=1.6),
    "text": Face(11.5, 1.45, 9, arabic=1.1),
    "name": Face(42, 1.14, 5),
    "latin": Face(14, 1.3, 4),
    "course": Face(20, 1.25, 4, arabic=1.1),
    "hours": Face(10.5, 1.45, 13, sans=True, arabic=SMALL),
}
_BILINGUAL = _GUILLOCHE | {
    "title": Face(15, 1.3, 0, below=14, sans=True, arabic=1.35),
    "text": Face(10.5, 1.4, 7, arabic=1.1),
    "name": Face(25, 1.2, 6),
    "course": Face(14, 1.28, 4, bold=True, arabic=1.1),
    "hours": Face(9.5, 1.45, 9, sans=True, arabic=SMALL),
    "score": Face(9.5, 1.45, 3, sans=True, arabic=SMALL),
    "dates": Face(9, 1.45, 7, sans=True, arabic=SMALL),
    "topics": Face(8.2, 1.45, 6, sans=True, arabic=SMALL),
    "donors": Face(8, 1.4, 6, sans=True, arabic=SMALL),
}
_STATEMENT = _GUILLOCHE | {
    "issuer": Face(9.5, 1.4, 3, sans=True, arabic=SMALL),
    "title": Face(22, 1.25, 0, below=16, arabic=1.1),
    "text": Face(11.5, 1.5, 9, arabic=1.1),
    "name": Face(25, 1.2, 6),
    "latin": Face(12, 1.3, 2),
    "course": Face(15, 1.3, 4, bold=True, arabic=1.1),
    "attendance": Face(10, 1.4, 18, sans=True, arabic=SMALL),
    "topics": Face(9.5, 1.5, 12, sans=True, arabic=SMALL),
    "donors": Face(9, 1.4, 12, sans=True, arabic=SMALL),
    "small": Face(8.5, 1.45, 10, sans=True, arabic=SMALL),
    "dates": Face(9.5, 1.45, 10, sans=True, arabic=SMALL),
}

SHEETS = {
    "guilloche": Sheet(
        297, 210, side=33, top=27.5, bottom=28, across=208, faces=_GUILLOCHE,
        name=(38, 26),
    ),
    "plain": Sheet(
        297, 210, side=33, top=24, bottom=22, across=218, faces=_PLAIN, name=(42, 28),
        is_centred=False, is_aside=True, air=7,
    ),
    "bilingual": Sheet(
        297, 210, side=26, top=26, bottom=27, across=107, faces=_BILINGUAL,
        name=(25, 17), columns=2, gap=18, air=5,
    ),
    "statement": Sheet(
        210, 297, side=28, top=27, bottom=21, across=154, faces=_STATEMENT,
        name=(25, 17), is_centred=False, is_aside=True, air=9, raised=0.14,
    ),
}  # fmt: skip


def theme_of(name: str) -> str:
    """Certificates from before there were four themes say "adras": it was the first."""
    return name if name in SHEETS else "guilloche"


def is_upright(theme: str) -> bool:
    sheet = sheet_of(theme)
    return sheet.height > sheet.width


def sheet_of(theme: str) -> Sheet:
    return SHEETS[theme_of(theme)]
