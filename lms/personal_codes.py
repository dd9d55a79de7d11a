"""The code of one place in a cohort, on a phone or a badge, for a trainer to scan.

It is computed from the place and the number of its renewals, so no table and no backup
gives it away. It says only who somebody is: it opens nothing and signs nobody in.
"""

from typing import Protocol

from django.utils.crypto import salted_hmac

from .codes import ALPHABET, grouped

LENGTH = 12


class Place(Protocol):
    """What a code is made of; an enrolment."""

    @property
    def pk(self) -> int: ...
    @property
    def code_number(self) -> int: ...


def personal_code(place: Place) -> str:
    """The code that counts now: twelve characters, as they go into the square."""
    return _code(place.pk, place.code_number)


def in_groups(code: str) -> str:
    """For people who read or type it: K7M4-QX9R-T2AC."""
    return grouped(code, 4)


def codes_of(place: Place) -> list[str]:
    """Every code it ever had, the one that counts now last."""
    return [_code(place.pk, number) for number in range(1, place.code_number + 1)]


def _code(pk: int, number: int) -> str:
    """58 bits of a keyed hash: nobody who lacks the site's secret can find one."""
    digest = salted_hmac("lms.personal_codes", f"{pk} {number}", algorithm="sha256")
    rest, letters = int.from_bytes(digest.digest()), []
    for _place in range(LENGTH):
        rest, letter = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
