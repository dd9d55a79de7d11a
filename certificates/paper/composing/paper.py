"""One certificate in one language: the values its blocks and placeholders say."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from certificates.content import Content, Words, in_language, texts_in
from certificates.paper import bidi, wording
from certificates.paper.layout import fill

from .sheets import Sheet


@dataclass(frozen=True)
class Paper:
    """What is not known is an empty text and leaves no label (CE-30)."""

    content: Content
    language: str
    sheet: Sheet

    @cached_property
    def is_rtl(self) -> bool:
        return wording.is_right_to_left(self.language)

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"

    @property
    def comma(self) -> str:
        return "، " if self.is_rtl else ", "

    @cached_property
    def texts(self) -> dict[str, str]:
        return texts_in(self.content, self.language)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Frozen with the texts; a label newer than the certificate is today's."""
        return wording.labels(self.language) | self.texts

    def words(self, name: str) -> str:
        """A value of the content that is by language."""
        words: Words = self.content.get(name) or {}  # type: ignore[assignment]
        return in_language(words, self.language)

    def filled(self, text: str) -> str:
        return fill(text, self.values)

    @cached_property
    def values(self) -> dict[str, str]:
        """What each placeholder stands for, isolated from its sentence."""
        content, language = self.content, self.language
        known = {
            "holder": content["holder"],
            "course": self.words("course"),
            "level": self.words("level"),
            "hours": wording.hours(content["minutes"], language),
            "days": self.days,
            "place": content["place"],
            "cohort": content["cohort"],
            "score_band": self.words("score_band"),
            "awarded_on": self.day("awarded_on"),
            "issued_on": self.day("issued_on"),
            "valid_until": self.day("valid_until"),
            "number": content["number"],
            **self.attended,
        }
        return {name: bidi.isolate(value) for name, value in known.items()}

    @cached_property
    def attended(self) -> dict[str, str]:
        found = self.content.get("attended")
        if not found:
            return {}
        language = self.language
        return {
            "sessions": wording.number(str(found["sessions"] or ""), language),
            "sessions_attended": wording.number(found["sessions_attended"], language),
            "hours_attended": wording.hours(found["minutes"], language),
            "percent": wording.percent(found["percent"], language),
        }

    @property
    def days(self) -> str:
        starts, ends = self.content["starts_on"], self.content["ends_on"]
        if not starts or not ends:
            return ""
        return wording.days(
            date.fromisoformat(starts), date.fromisoformat(ends), self.language
        )

    def day(self, name: str) -> str:
        value: str | None = self.content[name]  # type: ignore[literal-required]
        return wording.day(date.fromisoformat(value), self.language) if value else ""

    @property
    def dates(self) -> list[str]:
        """Label and day; the issue day only where it is another one (CE-06)."""
        names = [("awarded", "awarded_on"), ("valid_until", "valid_until")]
        if self.content["issued_on"] != self.content["awarded_on"]:
            names.insert(1, ("issued", "issued_on"))
        return [
            f"{self.labels[label]} {self.values[name]}"
            for label, name in names
            if self.values[name]
        ]
