"""When a certificate may be renewed, and until when the new one is valid (CE-17).

Pure. Days are the issuer's (`certificates.issuer_day`), both ends included.
"""

from dataclasses import dataclass
from datetime import date

from certificates.due.validity import months_later

NONE, NEW_DAY, OLD_END = "none", "new_day", "old_end"


@dataclass(frozen=True)
class Renewing:
    """The policy of a rule: from which day the new one counts, and when it opens.

    `opens_months`: so many months before the last valid day.
    """

    counts_from: str = NONE
    opens_months: int = 3


def opens_on(policy: Renewing, *, valid_until: date | None) -> date | None:
    """The first day for renewing; None where nothing is renewed or nothing ends.

    It stays open after the end: a late renewal is one, too.
    """
    if policy.counts_from == NONE or valid_until is None:
        return None
    return months_later(valid_until, -policy.opens_months)


def is_open(policy: Renewing, *, valid_until: date | None, today: date) -> bool:
    opens = opens_on(policy, valid_until=valid_until)
    return opens is not None and today >= opens


def counts_from(policy: Renewing, *, valid_until: date, earned_on: date) -> date:
    """The day from which the months of the new one are counted.

    Who renews early loses no day where the policy says so. Who renews late begins on
    the new day, whatever the policy: between the two nothing was valid.
    """
    is_early = earned_on <= valid_until
    return valid_until if policy.counts_from == OLD_END and is_early else earned_on


def renewed_until(
    policy: Renewing, *, valid_until: date, earned_on: date, months: int | None
) -> date | None:
    """The last valid day of the new one; None where it never expires.

    Never before the old one's, so that renewing takes nothing away.
    """
    if months is None:
        return None
    begins = counts_from(policy, valid_until=valid_until, earned_on=earned_on)
    return max(months_later(begins, months), valid_until)
