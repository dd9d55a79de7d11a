"""Everything a certificate says, as it was at issue: the shape of Certificate.content.

Rendering and verification read this and nothing else, in every language (CE-03,
CE-04). Days are ISO text, images names of files in the private storage.
"""

from collections.abc import Iterator
from typing import TypedDict

from .wording import FALLBACK

Words = dict[str, str]


class Signature(TypedDict):
    """Who signs; titles by language."""

    name: str
    titles: Words
    image: str


class Design(TypedDict):
    """Which template version it was and what it looks like."""

    template: str
    version: int
    theme: str
    accent: str
    logos: list[str]


class Content(TypedDict):
    """`course`, `level` and `texts` are by language; `language` is the paper's own."""

    language: str
    holder: str
    holder_latin: str
    course: Words
    level: Words
    minutes: int
    cohort: str
    edition: int
    place: str
    starts_on: str | None
    ends_on: str | None
    awarded_on: str
    issued_on: str
    valid_until: str | None
    signatories: list[Signature]
    donors: list[str]
    number: str
    code: str
    verify_url: str
    design: Design
    texts: dict[str, Words]


def in_language(words: Words, language: str) -> str:
    """The words in this language, or else in one that has them."""
    wanted = (language, FALLBACK, *words)
    return next((words[code] for code in wanted if words.get(code)), "")


def texts_in(content: Content, language: str) -> Words:
    """The paper's own sentences and labels."""
    texts = content["texts"]
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()))


def printed(content: Content) -> Iterator[str]:
    """Every text that may come to stand on the paper, in whatever language."""
    yield content["holder"]
    yield content["holder_latin"]
    yield content["place"]
    yield from content["donors"]
    for words in (content["course"], content["level"], *content["texts"].values()):
        yield from words.values()
    for signature in content["signatories"]:
        yield signature["name"]
        yield from signature["titles"].values()
