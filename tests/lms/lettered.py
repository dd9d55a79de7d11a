"""Sessions written as one letter each, for tests of what their marks add up to."""

from fractions import Fraction

from lms.attendance_rules import Rules
from lms.sums import Expected, Sums, attendance_sums


def sums_of(letters, **rules) -> Sums:
    """p present, l late, a absent, e excused, - no mark, . to come; capitals mandatory.

    In the order of the sessions, each an hour long.
    """
    worth = {
        "p": (True, Fraction(1)),
        "l": (True, Fraction(1, 2)),
        "-": (True, None),
        ".": (False, None),
    }
    sessions = []
    for number, letter in enumerate(letters, 1):
        is_held, credit = worth.get(letter.lower(), (True, Fraction(0)))
        sessions.append(
            Expected(
                is_held=is_held,
                credit=credit,
                counts=letter.lower() != "e",
                number=number,
                is_mandatory=letter.isupper(),
            )
        )
    return attendance_sums(sessions, Rules(**{"percent": 80} | rules))
