"""Figures as a page of ours writes them, in the reader's language."""

from fractions import Fraction

from django import template

from lms.reports.counting import tenths
from lms.reports.item_tables import language_name
from lms.reports.words import cell

register = template.Library()


@register.filter
def percent(number: float | None) -> str:
    """A number of percents; "–" where there is none."""
    return cell(number, "percent")


@register.filter
def share(part: Fraction) -> str:
    """A share of one as percents."""
    return cell(tenths(part * 100), "percent")


@register.filter
def language_word(code: str) -> str:
    return language_name(code)
