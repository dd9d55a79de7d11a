"""A GIFT file cut into its questions, escapes masked, comments read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Each escaped letter becomes one that no text may hold, so that it is no mark.
ESCAPED = "~=#{}:\\n"
_MASKS = {letter: chr(0xFDD0 + place) for place, letter in enumerate(ESCAPED)}
_MEANT = str.maketrans(
    {mask: "\n" if letter == "n" else letter for letter, mask in _MASKS.items()}
)
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_LABEL = re.compile(r"\[(tag):((?:[^\[\]\\]|\\.){1,200})\]")
_CATEGORY = "$CATEGORY:"
_LOOKED_AHEAD = 50


@dataclass
class Block:
    """The lines of one question, where they begin and what stood above them."""

    line: int
    category: str = ""
    tags: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    is_open: bool = False
    closed_after: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def add(self, line: str) -> None:
        self.lines.append(line)
        for mark in re.findall("[{}]", line):
            self.is_open = mark == "{"
            if not self.is_open:
                self.closed_after = len(self.lines)

    def is_followed_by(self, line: str) -> bool:
        """The answers are closed, and here another question begins."""
        if self.is_open or not self.closed_after:
            return False
        return line.lstrip().startswith("::") or "{" in line


def mask(text: str) -> str:
    return _ESCAPE.sub(lambda found: _MASKS[found.group(1)], text)


def unmask(text: str) -> str:
    """The text that was meant."""
    return text.translate(_MEANT)


def escape(text: str) -> str:
    """The text with a backslash before every letter that would be a mark."""
    escaped = re.sub(r"([~=#{}:\\])", r"\\\1", text)
    return escaped.replace("\n", "\\n")


def blocks(text: str) -> Iterator[Block]:
    """The questions of a file; those without an empty line between them, too."""
    lines = mask(text).split("\n")
    block, category = Block(1), ""
    tags: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare.startswith("//"):
            tags += tuple(found.group(2) for found in _LABEL.finditer(bare))
            continue
        is_category = not block.is_open and bare.upper().startswith(_CATEGORY)
        if is_category or (not bare and not _goes_on(block, lines, number)):
            yield from _filled(block)
            block = Block(number)
        elif block.is_followed_by(line):
            first, block = _parted(block, number)
            yield from _filled(first)
        if is_category:
            category = unmask(bare[len(_CATEGORY) :]).strip()
            continue
        if bare and not block.lines:
            block, tags = Block(number, category, tags), ()
        if block.lines or bare:
            block.add(line)
    yield from _filled(block)


def _filled(block: Block) -> list[Block]:
    return [block] if block.text else []


def _goes_on(block: Block, lines: list[str], number: int) -> bool:
    """An empty line within braces: are they closed below, before anything else?"""
    if not block.is_open:
        return False
    for line in lines[number : number + _LOOKED_AHEAD]:
        found = re.search(r"^\s*::|^\s*\$CATEGORY|[{}]", line)
        if found:
            return found.group() == "}"
    return False


def _parted(block: Block, number: int) -> tuple[Block, Block]:
    """The block up to its answers, and the lines after them as the next one's."""
    own, rest = block.lines[: block.closed_after], block.lines[block.closed_after :]
    first = Block(block.line, block.category, block.tags, own)
    begins = number - len(rest)
    return first, Block(begins, block.category, (), rest)
