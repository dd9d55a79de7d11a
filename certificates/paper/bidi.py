"""Values inside sentences of another direction: marked in text, isolated on paper.

In a right-to-left sentence a number, a date or an address would otherwise change
places with its neighbours.
"""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lms.paper_words import direction_of

OPEN, CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_NOTHING = str.maketrans("", "", OPEN + CLOSE)
_ISOLATE = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def isolate(value: str) -> str:
    """Nothing stays nothing."""
    return f"{OPEN}{value}{CLOSE}" if value else ""


def plain(text: str) -> str:
    return text.translate(_NOTHING)


def as_html(lines: Iterable[str]) -> list[SafeString]:
    """Each line by itself: an isolate that runs over its end goes on in the next.

    The direction is said outright: WeasyPrint does not find it out.
    """
    found, is_open = [], False
    for line in lines:
        whole = f"{OPEN}{line}" if is_open else line
        is_open = whole.count(OPEN) > whole.count(CLOSE)
        whole += CLOSE if is_open else ""
        marked = _ISOLATE.sub(_tagged, str(escape(whole)))
        found.append(mark_safe(marked))  # noqa: S308 - escaped before it is marked
    return found


def under_each_other(lines: Iterable[str]) -> SafeString:
    return format_html_join(
        mark_safe("<br/>"), "{}", ((one,) for one in as_html(lines))
    )


def value_html(value: str) -> SafeString:
    """One value by itself."""
    return as_html([isolate(value)])[0]


def _tagged(found: re.Match[str]) -> str:
    return f'<bdi dir="{direction_of(found[1])}">{found[1]}</bdi>'
