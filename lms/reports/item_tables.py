"""Item analysis as tables for a file; percents, and correlations from -1 to 1."""

from collections.abc import Iterable
from fractions import Fraction

from django.conf import settings
from django.utils.translation import gettext

from .counting import tenths
from .dataset import Column, Row, Table
from .items import Option, ShownItem


def tables(shown: list[ShownItem]) -> list[Table]:
    """By question, by answer and by language."""
    return [_of_items(shown), _of_answers(shown), _of_languages(shown)]


def _percent(share: Fraction | None) -> float | None:
    return tenths(None if share is None else share * 100)


def _of_items(shown: list[ShownItem]) -> Table:
    rows = [
        {
            "label": one.words,
            "version": one.item.version,
            "n": one.item.n,
            "facility": _percent(one.item.facility),
            "discrimination": _rounded(one.item.discrimination),
            "lower": _percent(next(iter(one.item.thirds), None)),
            "upper": _percent(next(iter(one.item.thirds[-1:]), None)),
            "check": _hints(one),
        }
        for one in shown
    ]
    columns = [
        *_first_columns(),
        Column("facility", gettext("Facility"), "percent"),
        Column("discrimination", gettext("Discrimination"), "points"),
        Column("lower", gettext("Lower third"), "percent"),
        Column("upper", gettext("Upper third"), "percent"),
        Column("check", gettext("To check")),
    ]
    return Table(
        "questions", gettext("By question"), columns, _rows(rows), definition()
    )


def _of_answers(shown: list[ShownItem]) -> Table:
    rows = [
        {
            "label": one.words,
            "version": one.item.version,
            "n": option.n,
            "answer": option.words,
            "right": _right(option),
            "share": _percent(option.share),
            "lower": _percent(option.lower),
            "upper": _percent(option.upper),
        }
        for one in shown
        for option in one.options
    ]
    columns = [
        *_first_columns(),
        Column("answer", gettext("Answer")),
        Column("right", gettext("Right")),
        Column("share", gettext("Of all"), "percent"),
        Column("lower", gettext("Lower third"), "percent"),
        Column("upper", gettext("Upper third"), "percent"),
    ]
    return Table("answers", gettext("By answer"), columns, _rows(rows), definition())


def _of_languages(shown: list[ShownItem]) -> Table:
    rows = [
        {
            "label": one.words,
            "version": one.item.version,
            "n": found.n,
            "language": language_name(found.language),
            "facility": _percent(found.facility),
        }
        for one in shown
        for found in one.item.languages
    ]
    columns = [
        *_first_columns(),
        Column("language", gettext("Language")),
        Column("facility", gettext("Facility"), "percent"),
    ]
    return Table(
        "languages", gettext("By language"), columns, _rows(rows), definition()
    )


def _first_columns() -> list[Column]:
    return [
        Column("label", gettext("Question")),
        Column("version", gettext("Version"), "count"),
        Column("n", gettext("People"), "people"),
    ]


def _rows(values: Iterable[dict]) -> list[Row]:
    return [Row(one, is_part=False) for one in values]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _right(option: Option) -> str:
    if option.is_right is None:
        return ""
    return gettext("yes") if option.is_right else gettext("no")


def _hints(one: ShownItem) -> str:
    hints = [
        gettext("Not enough data") if not one.item.is_enough else "",
        gettext("Check the translation") if one.item.needs_translation_check else "",
        gettext("Check the key") if one.turns_round else "",
    ]
    return "; ".join(filter(None, hints))


def language_name(code: str) -> str:
    """In the reader's language; the code of one that the site does not know."""
    return str(dict(settings.LANGUAGES).get(code, code))


def definition() -> str:
    return gettext(
        "Counted is the first finished and marked attempt of each person, without "
        "staff. Facility: the mean of the points by the most there is to earn. "
        "Discrimination: how the points of the question go with those of the rest of "
        "the test, from -1 to 1. Each version of a question stands by itself; fewer "
        "than 20 people are not enough data."
    )
