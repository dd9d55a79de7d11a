"""Figures as a page of ours writes them, in the reader's language."""

from fractions import Fraction

from django import template

from lms.reports.counting import tenths
from lms.reports.item_tables import language_name
from lms.reports.words import cell

register = template.Library()


@register.filter
def percent(number: float | Fraction | None) -> str:
    """A number of percents, cut to a tenth; "–" where there is none."""
    exact = tenths(number) if isinstance(number, Fraction) else number
    return cell(exact, "percent")


@register.filter
def share(part: Fraction) -> str:
    """A share of one as percents."""
    return percent(Fraction(part) * 100)


@register.filter
def points(number: Fraction) -> str:
    """A difference of percents, with its sign."""
    text = cell(round(float(number), 1), "points")
    return f"+{text}" if number > 0 else text.replace("-", "−")


@register.filter
def language_word(code: str) -> str:
    return language_name(code)
