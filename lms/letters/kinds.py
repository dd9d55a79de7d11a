"""Kinds of letters, declared: what each may say, and when it is no longer needed.

An app above `lms` registers its own, so that `lms` knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.mime.text import MIMEText

from lms.models import Message

from .about import About

Words = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Placeholder:
    """A name in braces: what an editor reads about it, and where its value is from."""

    name: str
    words: str
    sample: str
    value: Callable[[About], str]


@dataclass(frozen=True)
class Kind:
    """A letter. `key` is also its template: KEY.txt and KEY_subject.txt.

    `why_not` are asked one after the other when the letter is sent: the first answer
    drops it (CM-02). `words` gives the texts of a letter that staff wrote themselves,
    by language. `on_paper`: printed for whoever has no address. `most_a_week`: so many
    to one address within a week, and `most_a_day` by one sender (CM-10).
    """

    key: str
    title: str
    placeholders: tuple[Placeholder, ...]
    why_not: tuple[Callable[[About], Message.Dropped | None], ...] = ()
    attachments: Callable[[About], list[MIMEText]] = lambda about: []
    words: Callable[[About], Words] | None = None
    on_paper: bool = False
    most_a_week: int | None = None
    most_a_day: int | None = None

    @property
    def names(self) -> list[str]:
        return [placeholder.name for placeholder in self.placeholders]

    @property
    def samples(self) -> dict[str, str]:
        return {one.name: str(one.sample) for one in self.placeholders}

    @property
    def is_written_by_staff(self) -> bool:
        return self.words is not None


class UnknownKind(LookupError):
    """Nobody registered a letter of this name."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Let letters of this kind be queued; a second of one key replaces the first."""
    _kinds[kind.key] = kind
    return kind


def kind_of(key: str) -> Kind:
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(key) from None


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.key)
