"""Numbers of a file, as far as the bank can keep them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from courses.marking import read_number

from .drafts import Refused

MOST = Decimal(10) ** 12
FINEST = Decimal("0.000001")


def number_of(text: str) -> Decimal:
    """The number; refused when it is none, or larger or finer than is kept."""
    number = read_number(text)
    if number is None:
        raise Refused(
            _("“%(text)s” is not a number.") % {"text": " ".join(text.split())[:60]}
        )
    if abs(number) >= MOST or number % FINEST:
        raise Refused(
            _("“%(text)s” has too many digits: twelve, and six after the point.")
            % {"text": text.strip()[:60]}
        )
    return number


def plain(number: Decimal) -> str:
    """The same number is always the same text: 5, 5.0 and 5.000 are "5"."""
    return format(number.normalize(), "f") if number else "0"
