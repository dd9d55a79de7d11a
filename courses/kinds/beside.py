"""What questions share in which something has a list beside it to choose from."""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, ClassVar

from .base import Accepted, Answer, Body, Key, Kind, NotAnAnswer, Posed, share_of
from .pieces import Option, Row, Rows, help_of, paired


class Beside(Kind):
    """Rows, each answered with one of the options it offers."""

    fields: ClassVar[tuple[str, ...]] = ("parts", "is_all_or_nothing")
    holds = "pairs"
    sheet_template = "courses/kinds/rows.html"
    review_template = "courses/kinds/rows_review.html"

    @abstractmethod
    def _offered(self, key: Key) -> Mapping[str, Collection[str]]:
        """The rows by id, and the ids of what each offers."""

    @abstractmethod
    def _right(self, key: Key, row: str) -> str:
        """The option that belongs to the row."""

    @abstractmethod
    def _texts(self, body: Body) -> Mapping[str, str]:
        """The words of the rows."""

    def _before(self, body: Body) -> str:
        """What one reads first."""
        return ""

    def asked(self, posed: Posed) -> Rows:
        given, texts = dict(paired(posed.values)), posed.body["options"]
        rows = [
            self._row(
                posed,
                row,
                [
                    Option(f"{row}:{one}", texts.get(one, ""), given.get(row) == one)
                    for one in posed.order
                    if one in offered
                ],
            )
            for row, offered in self._offered(posed.key).items()
        ]
        return Rows(rows, help_of(posed.key), self._before(posed.body))

    def _row(self, posed: Posed, row: str, options: list[Option], **judged: Any) -> Row:
        return Row(row, self._texts(posed.body).get(row, ""), options, **judged)

    def _read(self, key: Key, values: list[str]) -> Answer:
        pairs, offered = dict(paired(values)), self._offered(key)
        if len(pairs) != len(values) or any(
            one not in offered.get(row, ()) for row, one in pairs.items()
        ):
            raise NotAnAnswer("An option that was not offered, or two of a row.")
        return {"pairs": pairs}

    def _written(self, held: Any) -> list[str]:
        return [f"{row}:{one}" for row, one in held.items()]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        pairs, rows = answer["pairs"], self._offered(key)
        right = sum(pairs.get(row) == self._right(key, row) for row in rows)
        return share_of(right, len(rows), key)

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Rows:
        given = dict(paired(posed.values))
        rows = [
            self._judged(posed, row, given.get(row, ""), shows_right)
            for row in self._offered(posed.key)
        ]
        return Rows(rows, before=self._before(posed.body))

    def _judged(self, posed: Posed, row: str, given: str, shows_right: bool) -> Row:
        right, texts = self._right(posed.key, row), posed.body["options"]
        return self._row(
            posed,
            row,
            [],
            given=texts.get(given, ""),
            is_right=given == right if given or shows_right else None,
            right=texts.get(right, "") if shows_right else "",
        )
