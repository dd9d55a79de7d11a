"""Years and quarters as the donors count them."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """The quarter, 1 to 4, of a calendar year."""
        following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
        return cls(date(year, quarter * 3 - 2, 1), following - timedelta(days=1))

    def quarters(self) -> list["Period"]:
        """The calendar quarters it touches, each cut to this period."""
        found = []
        year, quarter = self.first.year, (self.first.month + 2) // 3
        while (part := Period.quarter(year, quarter)).first <= self.last:
            found.append(Period(max(part.first, self.first), min(part.last, self.last)))
            year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
        return found
