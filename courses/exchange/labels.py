"""Facts of a question that formats have no place for, said by its tags.

`topic:consent`, `difficulty:hard` and `country:TJ` stand among the plain tags of a
Moodle XML or GIFT file; a lone plain tag is the topic.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

DIFFICULTIES = {1: "easy", 2: "middle", 3: "hard"}
COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_WORDS = {
    "1": 1,
    "easy": 1,
    "лёгкий": 1,
    "легкий": 1,
    "осон": 1,
    "2": 2,
    "middle": 2,
    "medium": 2,
    "средний": 2,
    "миёна": 2,
    "3": 3,
    "hard": 3,
    "difficult": 3,
    "сложный": 3,
    "трудный": 3,
    "душвор": 3,
}


@dataclass(frozen=True)
class Labels:
    """0 and "" where nothing is said."""

    topic: str = ""
    difficulty: int = 0
    country: str = ""
    tags: tuple[str, ...] = ()


def read(tags: Iterable[str]) -> Labels:
    """What the tags say; a label that says nothing known stays a plain tag."""
    topic, difficulty, country = "", 0, ""
    plain: list[str] = []
    for tag in dict.fromkeys(tags):
        name, colon, value = (part.strip() for part in tag.partition(":"))
        name = name.casefold() if colon else ""
        if name == "topic" and value:
            topic = value
        elif name == "difficulty" and difficulty_of(value):
            difficulty = difficulty_of(value)
        elif name == "country" and country_of(value):
            country = country_of(value)
        else:
            plain.append(tag)
    if not topic and len(plain) == 1:
        topic = plain.pop()
    return Labels(topic, difficulty, country, tuple(plain))


def written(labels: Labels) -> tuple[str, ...]:
    """The tags that `read` understands; the usual difficulty goes without saying."""
    topic = f"topic:{labels.topic}" if labels.tags else labels.topic
    said = [topic] if labels.topic else []
    if labels.difficulty > 1:
        said.append(f"difficulty:{DIFFICULTIES[labels.difficulty]}")
    if labels.country:
        said.append(f"country:{labels.country}")
    return (*said, *labels.tags)


def difficulty_of(text: str) -> int:
    """1 to 3 for a number or a word in English, Russian or Tajik; else 0."""
    return _WORDS.get(text.strip().casefold(), 0)


def country_of(text: str) -> str:
    """Its letters as they are kept; empty for anything else."""
    code = text.strip().upper()
    return code if COUNTRY.fullmatch(code) else ""
