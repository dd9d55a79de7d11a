"""The year in one sentence, as an annual statement prints it."""

from collections.abc import Callable, Mapping

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

# In the order of the statement. Each counts its people in the grammar of the language.
AUDIENCES: dict[str, Callable[[int], str]] = {
    "police": lambda n: ngettext(
        "%(count)d law-enforcement officer", "%(count)d law-enforcement officers", n
    ),
    "judges": lambda n: ngettext("%(count)d judge", "%(count)d judges", n),
    "prosecutors": lambda n: ngettext(
        "%(count)d prosecutor", "%(count)d prosecutors", n
    ),
    "law_students": lambda n: ngettext(
        "%(count)d law student", "%(count)d law students", n
    ),
    "ngo": lambda n: ngettext(
        "%(count)d NGO staff member", "%(count)d NGO staff members", n
    ),
    "consulate": lambda n: ngettext(
        "%(count)d consulate staff member", "%(count)d consulate staff members", n
    ),
    "diaspora": lambda n: ngettext(
        "%(count)d diaspora member", "%(count)d diaspora members", n
    ),
    "": lambda n: ngettext("%(count)d other person", "%(count)d other people", n),
}


def sentence(*, year: int, people: int, by_audience: Mapping[str, int]) -> str:
    """How many people completed a training in the year, and who they were.

    `people` counts each person once; `by_audience` holds the same by audience code, ""
    being those whose audience is not known. Said in the active language.
    """
    if not people:
        return gettext("In %(year)d nobody has completed a training yet.") % {
            "year": year
        }
    groups = [
        word(by_audience[code]) % {"count": by_audience[code]}
        for code, word in AUDIENCES.items()
        if by_audience.get(code)
    ]
    return ngettext(
        "In %(year)d, %(count)d person was trained in countering trafficking in "
        "persons: %(groups)s.",
        "In %(year)d, %(count)d people were trained in countering trafficking in "
        "persons: %(groups)s.",
        people,
    ) % {
        "year": year,
        "count": people,
        "groups": get_text_list(groups, gettext("and")),
    }
