"""Everything a certificate says, as it was at issue: the shape of Certificate.content.

Rendering and verification read this and nothing else, in every language (CE-03,
CE-04). Days are ISO text, images names of files in the private storage.
"""

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from certificates.paper.layout import Block
from certificates.paper.wording import FALLBACK

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
    blocks: NotRequired[list[Block]]
    second_language: NotRequired[str]


class Attended(TypedDict):
    """What somebody attended, or taught; numbers with a tenth are text ("4.5").

    `percent` is empty for who taught.
    """

    sessions: int
    sessions_attended: str
    minutes: int
    percent: str


class Content(TypedDict):
    """`language` is the paper's own; what is by language has all that are known.

    What may be missing was not frozen yet when the oldest certificates were issued.
    `holder_secret` hides the name in the credential: it is in the holder's own file
    and on no page (`certificates.credential.holder`).
    `is_public`: whoever checks it sees the holder's whole name (CE-12).
    """

    language: str
    holder: str
    holder_latin: str
    holder_secret: str
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
    # Sealed with a development key: the paper says so in every language.
    is_sample: NotRequired[bool]
    is_public: NotRequired[bool]
    attended: NotRequired[Attended]
    score_band: NotRequired[Words]
    topics: NotRequired[dict[str, list[str]]]
    kind: NotRequired[str]


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
    for topics in content.get("topics", {}).values():
        yield from topics
    yield from content.get("score_band", {}).values()
    for block in content["design"].get("blocks", []):
        yield from block["value"].get("words", {}).values()
    for signature in content["signatories"]:
        yield signature["name"]
        yield from signature["titles"].values()
