"""The foot: signatures, the seal's place, and what a stranger needs to check it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from certificates import codes
from certificates.content import in_language
from certificates.paper import bidi
from certificates.paper.layout import Block

from .paper import Paper

# Millimetres.
SIGNATURE, SEAL, QR, WORDS, GAP = 43.0, 32.0, 25.0, 63.0, 4.0
RECORD = ("number", "dates", "qr")


class Cell(NamedTuple):
    """Something in the row at the foot; `width` in millimetres."""

    kind: str
    width: float
    extra: dict[str, Any]
    left: float = 0
    top: float = 0
    is_rtl: bool = False

    @property
    def template(self) -> str:
        return f"certificates/print/blocks/{self.kind}.html"

    @property
    def style(self) -> SafeString:
        side = "right" if self.is_rtl else "left"
        return format_html(
            'style="{}: {}mm; top: {}mm; width: {}mm"',
            side,
            *(f"{length:.5g}" for length in (self.left, self.top, self.width)),
        )


def rows_of(papers: list[Paper], blocks: list[Block]) -> list[list[Cell]]:
    """Cells from the start to the end of the line, in as few rows as they need."""
    paper = papers[0]
    inner, height = paper.sheet.inner, paper.sheet.foot
    rows: list[list[Cell]] = []
    for cell in _cells(papers, blocks):
        used = sum(one.width + GAP for one in rows[-1]) if rows else inner
        if rows and used + cell.width <= inner:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [_spread(row, n * height, paper) for n, row in enumerate(rows)]


def _spread(row: list[Cell], top: float, paper: Paper) -> list[Cell]:
    """The first at the start, the last at the end, equal room between."""
    inner = paper.sheet.inner
    if len(row) == 1:
        only = row[0]
        width = inner if only.kind == "record" else only.width
        extra = only.extra | {"is_wide": True}
        return [only._replace(width=width, top=top, is_rtl=paper.is_rtl, extra=extra)]
    space = (inner - sum(cell.width for cell in row)) / (len(row) - 1)
    left, found = 0.0, []
    for cell in row:
        found.append(cell._replace(left=left, top=top, is_rtl=paper.is_rtl))
        left += cell.width + space
    if not paper.sheet.is_centred:
        return found
    return [_centred(found, n, inner) for n in range(len(found))]


def _centred(row: list[Cell], place: int, inner: float) -> Cell:
    """The seal in the very middle of the sheet, where its neighbours leave it room."""
    cell = row[place]
    if cell.kind != "seal":
        return cell
    is_last = place == len(row) - 1
    before = row[place - 1].left + row[place - 1].width + GAP if place else 0
    after = (inner if is_last else row[place + 1].left - GAP) - cell.width
    middle = (inner - cell.width) / 2
    return cell._replace(left=middle) if before <= middle <= after else cell


def _cells(papers: list[Paper], blocks: list[Block]) -> Iterator[Cell]:
    """Neighbours among number, dates and code are one cell."""
    record: list[str] = []
    for block in blocks:
        kind = block["type"]
        if kind in RECORD:
            record.append(kind)
            continue
        if record:
            yield _record(papers, record)
            record = []
        if kind == "signatories":
            yield from _signatures(papers)
        elif kind == "seal":
            yield Cell("seal", SEAL, {"words": _each(papers, "seal")})
    if record:
        yield _record(papers, record)


def _signatures(papers: list[Paper]) -> Iterator[Cell]:
    for signature in papers[0].content["signatories"]:
        titles = [in_language(signature["titles"], paper.language) for paper in papers]
        extra = {
            "name": signature["name"],
            "name_html": bidi.value_html(signature["name"]),
            "image": signature["image"],
            "titles": [
                bidi.value_html(title) for title in dict.fromkeys(titles) if title
            ],
        }
        yield Cell("signature", SIGNATURE, extra)


def _record(papers: list[Paper], kinds: list[str]) -> Cell:
    """Words stand before the code, or after it where it is moved to the front."""
    content = papers[0].content
    has_code = "qr" in kinds
    extra = {
        "number": "",
        "dates": [],
        "checks": [],
        "is_first": has_code and kinds[0] == "qr" and len(kinds) > 1,
        "verify_url": content["verify_url"] if has_code else "",
    }
    if "number" in kinds and content["number"]:
        label = DOT.join(map(bidi.isolate, _each(papers, "number")))
        number = f"{label} {papers[0].values['number']}"
        extra["number"] = bidi.as_html([number])[0]
    if "dates" in kinds:
        extra["dates"] = [
            {
                "language": paper.language,
                "direction": paper.direction,
                "lines": bidi.as_html(paper.dates),
            }
            for paper in papers
        ]
    if has_code:
        extra["checks"] = [
            {
                "language": paper.language,
                "direction": paper.direction,
                "words": paper.labels["check"],
            }
            for paper in papers
        ]
        extra["address"] = content["verify_url"].partition("://")[2].rpartition("/")[0]
        extra["code"] = codes.grouped(content["code"])
    width = (WORDS + GAP + QR) if has_code else WORDS
    return Cell("record", width, extra)


def _each(papers: list[Paper], label: str) -> list[str]:
    """The label in each language, once where they are the same."""
    return list(dict.fromkeys(paper.labels[label] for paper in papers))


DOT = " · "
