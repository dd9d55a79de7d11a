"""The blocks of the top and the middle, each as lines of known size and height."""

from collections.abc import Callable
from typing import Any

from certificates.content import in_language
from certificates.paper import bidi, fitting, glyphs, wording
from certificates.paper.layout import Block

from .paper import Paper
from .piece import Piece
from .sheets import POINTS, Face

DOT = " · "
ARABIC_NAME = 1.2
# Two lines at most; from the second number of points down they are broken.
COURSE_LINES = 2
TOPIC_LINES = 4
SMALLEST_TOPICS = 6


def piece_of(paper: Paper, block: Block) -> Piece | None:
    """The block as it is set; none when there is nothing to say."""
    return _MAKERS[block["type"]](paper, block)


def _face(paper: Paper, name: str) -> tuple[Face, float, float]:
    """The letters of this name, their size in this script, by how much it is grown."""
    face = paper.sheet.faces[name]
    grown = face.arabic if paper.is_rtl else 1
    return face, face.size * grown, grown


def _wrapped(paper: Paper, kind: str, text: str, face_name: str) -> Piece | None:
    if not text:
        return None
    face, size, grown = _face(paper, face_name)
    across = paper.sheet.measure
    if face_name == "issuer":
        # The whole width, or half of it beside the logos.
        across = paper.sheet.inner * POINTS * (0.5 if paper.sheet.is_aside else 0.95)
    lines = fitting.wrap(text, across, size, bold=face.bold, sans=face.sans)
    return Piece(kind, face_name, face, lines, size, grown)


def _title(paper: Paper, block: Block) -> Piece | None:
    """In capitals, spaced, where the script has capitals."""
    face, size, grown = _face(paper, "title")
    text = paper.filled(paper.texts["title"])
    if paper.is_rtl or not face.sans:
        return _wrapped(paper, "title", text, "title")
    # Set in capitals with a third of a letter between: wider by about so much.
    lines = fitting.wrap(text.upper(), paper.sheet.measure / 1.5, size, sans=True)
    return Piece("title", "title", face, lines, size, grown) if text else None


def _name(paper: Paper, block: Block) -> Piece:
    content, face = paper.content, paper.sheet.faces["name"]
    largest, one_line = paper.sheet.name
    name, latin = content["holder"], content["holder_latin"]
    if paper.sheet.columns > 1:
        name = latin if latin and paper.language in wording.LATIN else name
        latin = ""
    grown = ARABIC_NAME if glyphs.has_arabic(name) else 1
    box = fitting.Box(paper.sheet.measure, largest * grown, one_line * grown)
    lines, size = fitting.fit(name, box)
    small = paper.sheet.faces["latin"]
    latin = "" if latin == name else latin
    below = fitting.wrap(latin, paper.sheet.measure, small.size) if latin else []
    room = (small.above + len(below) * small.leading * small.size) if below else 0
    extra = {"latin": bidi.under_each_other(below)}
    return Piece("name", "name", face, lines, size, grown, more=room, extra=extra)


def _text(paper: Paper, block: Block) -> Piece | None:
    value = block["value"]
    name = value.get("text", "")
    own = in_language(value.get("words", {}), paper.language)
    text = paper.filled(paper.texts.get(name, "") if name else own)
    if name == "issuer":
        return _wrapped(paper, "text", text, "issuer")
    is_small = value.get("style") == "small"
    return _wrapped(paper, "text", text, "small" if is_small else "text")


def _course(paper: Paper, block: Block) -> Piece | None:
    course = paper.words("course")
    if not course:
        return None
    face, size, grown = _face(paper, "course")
    lines = fitting.wrap(course, paper.sheet.measure, size, bold=face.bold)
    if len(lines) > COURSE_LINES:
        box = fitting.Box(paper.sheet.measure, size, size)
        lines, size = fitting.fit(course, box, bold=face.bold)
    return Piece("course", "course", face, lines, size, grown)


def _hours(paper: Paper, block: Block) -> Piece | None:
    names = ("hours", "level", "days", "place")
    return _dotted(paper, "hours", [paper.values[name] for name in names])


def _dotted(paper: Paper, kind: str, parts: list[str]) -> Piece | None:
    """What is known, with dots between."""
    found = [part for part in parts if part]
    if not found:
        return None
    face, size, grown = _face(paper, kind)
    lines = fitting.wrap_parts(found, DOT, paper.sheet.measure, size, sans=face.sans)
    return Piece(kind, kind, face, lines, size, grown)


def _topics(paper: Paper, block: Block) -> Piece | None:
    """As large as keeps them on a few lines, down to small print."""
    topics = paper.content.get("topics") or {}
    found = topics.get(paper.language) or next(iter(topics.values()), [])
    if not found:
        return None
    face, size, grown = _face(paper, "topics")
    first, *others = map(bidi.isolate, found)
    parts = [f"{paper.labels['topics']} {first}", *others]

    def set_in(size: float) -> list[str]:
        return fitting.wrap_parts(parts, DOT, paper.sheet.measure, size, sans=True)

    lines = set_in(size)
    while len(lines) > TOPIC_LINES and size > SMALLEST_TOPICS:
        size -= 0.5
        lines = set_in(size)
    return Piece("topics", "topics", face, lines, size, grown)


def _score(paper: Paper, block: Block) -> Piece | None:
    band = paper.values["score_band"]
    return _wrapped(
        paper, "score", f"{paper.labels['result']} {band}" if band else "", "score"
    )


def _dates(paper: Paper, block: Block) -> Piece | None:
    return _dotted(paper, "dates", paper.dates)


def _donors(paper: Paper, block: Block) -> Piece | None:
    names = paper.comma.join(map(bidi.isolate, paper.content["donors"]))
    text = f"{paper.labels['donors']} {names}" if names else ""
    return _wrapped(paper, "donors", text, "donors")


def _logos(paper: Paper, block: Block) -> Piece | None:
    logos = paper.content["design"]["logos"]
    if not logos:
        return None
    face = paper.sheet.faces["logos"]
    extra: dict[str, Any] = {"logos": logos, "alt": paper.labels["logo"]}
    is_aside = paper.sheet.is_aside and block["area"] == "top"
    extra["is_aside"] = is_aside
    room = 0 if is_aside else paper.sheet.logo * POINTS
    return Piece("logos", "logos", face, [], face.size, more=room, extra=extra)


def _number(paper: Paper, block: Block) -> Piece | None:
    number = paper.values["number"]
    text = f"{paper.labels['number']} {number}" if number else ""
    return _wrapped(paper, "number", text, "issuer")


def _attendance(paper: Paper, block: Block) -> Piece | None:
    """A table of what is known: what was held beside what was attended."""
    said = paper.values
    rows = [
        ("days", said["days"]),
        ("place", said["place"]),
        ("hours", said["hours"]),
        ("sessions", said.get("sessions", "")),
        ("attended", said.get("sessions_attended", "")),
        ("hours_attended", said.get("hours_attended", "")),
        ("share", said.get("percent", "")),
    ]
    found = [
        (paper.labels[label], bidi.as_html([value])[0])
        for label, value in rows
        if value
    ]
    if not found:
        return None
    face, size, grown = _face(paper, "attendance")
    room = len(found) * (face.leading * size + ROW)
    return Piece(
        "attendance",
        "attendance",
        face,
        [],
        size,
        grown,
        more=room,
        extra={"rows": found},
    )


# Points above and below the words of a row of a table, with its line.
ROW = 9.0

_MAKERS: dict[str, Callable[[Paper, Block], Piece | None]] = {
    "title": _title,
    "name": _name,
    "text": _text,
    "course": _course,
    "hours": _hours,
    "topics": _topics,
    "attendance": _attendance,
    "score": _score,
    "dates": _dates,
    "donors": _donors,
    "logos": _logos,
    "number": _number,
}
