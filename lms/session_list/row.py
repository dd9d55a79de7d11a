"""One session as a list tells it, whatever file the list is."""

from dataclasses import dataclass
from datetime import date, time

MOST = 500


@dataclass(frozen=True)
class Row:
    """`number` is the line, or the place of the entry in a calendar file.

    What the list does not say is None. A `problem` is a translated sentence: then
    nothing else of the row counts, and the title only tells which one it is. `uid`
    tells a session again under another time.
    """

    number: int
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    title: str | None = None
    place: str | None = None
    link: str | None = None
    is_required: bool | None = None
    uid: str = ""
    problem: str = ""

    @property
    def said(self) -> dict[str, object]:
        """What the list says of the session, by the names of its fields."""
        named = {
            "local_date": self.on,
            "local_time": self.at,
            "minutes": self.minutes,
            "title": self.title,
            "place": self.place,
            "link": self.link,
            "is_required": self.is_required,
        }
        return {name: value for name, value in named.items() if value is not None}

    @property
    def start(self) -> tuple[date | None, time | None]:
        return self.on, self.at
