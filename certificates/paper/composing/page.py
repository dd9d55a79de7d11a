"""The whole page: what stands on top, in the columns and at the foot, and how small.

Heights are known before anything is drawn, so a page that is too full is set in
smaller letters and never overlaps (CE-29).
"""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from certificates.content import Content, in_language
from certificates.paper import wording
from certificates.paper.layout import Block, blocks_of

from .foot import rows_of
from .paper import Paper
from .piece import Piece, in_its_language, in_step
from .pieces import piece_of
from .sheets import BASE, POINTS, sheet_of

SMALLEST = 0.4


def context_of(content: Content, language: str) -> dict[str, Any]:
    """What the template of the paper shows."""
    design = content["design"]
    sheet = sheet_of(design["theme"])
    papers = [Paper(content, code, sheet) for code in _languages(content, language)]
    paper = papers[0]
    top = _flow(papers, _in_area(design, "top"))
    feet = _in_area(design, "foot")
    rows, below = rows_of(papers, feet), _flow(papers, _lines(feet))
    columns = _columns(papers, _in_area(design, "middle"))
    head = max(_height(top) / POINTS, sheet.logo if _has_aside(top) else 0)
    foot = len(rows) * sheet.foot + _height(below) / POINTS
    room = sheet.height - sheet.top - sheet.bottom - head - foot - 2 * sheet.air
    tallest = max(map(_height, columns)) / POINTS
    scale = max(min(1, room / (tallest or 1)), SMALLEST)
    start = sheet.top + head + sheet.air + max(room - tallest * scale, 0) * sheet.raised
    return {
        "theme": design["theme"],
        "language": language,
        "direction": paper.direction,
        "accent": design["accent"],
        "title": paper.texts["title"],
        "issuer": paper.texts.get("issuer", ""),
        "course": in_language(content["course"], language),
        "number": content["number"],
        "draft": "" if content["number"] else paper.labels["draft"],
        "sample": paper.labels["sample"] if content.get("is_sample") else "",
        "top": top,
        "columns": [
            {
                "language": one.language,
                "direction": one.direction,
                "style": _place(paper, place, start, scale),
                "pieces": pieces,
            }
            for place, (one, pieces) in enumerate(zip(papers, columns, strict=True))
        ],
        "cells": [cell for row in rows for cell in row],
        "foot_top": f"{sheet.height - sheet.bottom - foot:.5g}",
        "below": below,
        "below_top": f"{len(rows) * sheet.foot:.5g}",
    }


def _has_aside(pieces: list[Piece]) -> bool:
    return any(piece.extra.get("is_aside") for piece in pieces)


def _place(paper: Paper, place: int, top: float, scale: float) -> SafeString:
    """A column's box; the first language is where its reader begins."""
    sheet = paper.sheet
    width = (sheet.inner - (sheet.columns - 1) * sheet.gap) / sheet.columns
    away = sheet.side + place * (width + sheet.gap)
    side = "right" if paper.is_rtl else "left"
    style = (
        f"top: {top:.5g}mm; {side}: {away:.5g}mm; width: {width:.5g}mm;"
        f" font-size: {BASE * scale:.4g}pt"
    )
    if place:
        half = sheet.gap / 2
        style += (
            f"; margin-{side}: -{half}mm; padding-{side}: {half}mm;"
            f" border-{side}: .2mm solid #c9c4b6"
        )
    return format_html('style="{}"', style)


def _languages(content: Content, language: str) -> list[str]:
    """The paper's own and, on a bilingual one, another."""
    second = content["design"].get("second_language")
    if content["design"]["theme"] != "bilingual":
        return [language]
    wanted = (second, wording.FALLBACK, "ru")
    return [language, next(code for code in wanted if code and code != language)]


def _in_area(design: Any, area: str) -> list[Block]:
    return [block for block in blocks_of(design) if block["area"] == area]


def _lines(blocks: list[Block]) -> list[Block]:
    """What stands at the foot under the row of cells."""
    return [one for one in blocks if one["type"] in ("text", "donors", "logos")]


def _flow(papers: list[Paper], blocks: list[Block]) -> list[Piece]:
    """Each block once, and once more where another language says it otherwise."""
    found = []
    for block in blocks:
        said: list[list[str]] = []
        for paper in papers:
            piece = piece_of(paper, block)
            if piece and piece.lines not in said:
                is_first = not said and paper is papers[0]
                said.append(piece.lines)
                found.append(piece if is_first else in_its_language(piece, paper))
    return found


def _columns(papers: list[Paper], blocks: list[Block]) -> list[list[Piece]]:
    if len(papers) == 1:
        return [_flow(papers, blocks)]
    pairs = [in_step(*(piece_of(paper, block) for paper in papers)) for block in blocks]
    return [[pair[place] for pair in pairs if pair] for place in (0, 1)]


def _height(pieces: list[Piece]) -> float:
    """Points; the first has nothing to stand away from."""
    if not pieces:
        return 0
    return sum(one.height for one in pieces) - pieces[0].above
