"""What a person marks by: criteria, and the levels of each."""

from collections.abc import Mapping
from dataclasses import dataclass

# By criterion, the place of the level that its marker chose.
Levels = Mapping[str, int]


@dataclass(frozen=True)
class Level:
    """`points` is the percent of the marks that it earns."""

    points: str
    words: str
    is_reached: bool = False


@dataclass(frozen=True)
class Criterion:
    id: str
    name: str
    levels: list[Level]
