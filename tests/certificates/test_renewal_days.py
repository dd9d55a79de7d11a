"""When renewing opens, from which day the new one counts, leap days and all (CE-17)."""

from datetime import date

import pytest

from certificates.due.renewal_days import (
    NEW_DAY,
    NONE,
    OLD_END,
    Renewing,
    counts_from,
    is_open,
    opens_on,
    renewed_until,
)

END = date(2028, 10, 14)
EARLY, LATE = date(2028, 8, 1), date(2028, 11, 2)
FROM_NEW, FROM_END = Renewing(NEW_DAY, 3), Renewing(OLD_END, 3)


@pytest.mark.parametrize(
    ("months", "end", "opens"),
    [
        (3, date(2028, 10, 14), date(2028, 7, 14)),
        (3, date(2028, 5, 31), date(2028, 2, 29)),
        (3, date(2027, 5, 31), date(2027, 2, 28)),
        (12, date(2028, 2, 29), date(2027, 2, 28)),
        (1, date(2028, 1, 31), date(2027, 12, 31)),
        (0, date(2028, 10, 14), date(2028, 10, 14)),
    ],
)
def test_it_opens_so_many_months_before_the_last_day(months, end, opens):
    assert opens_on(Renewing(NEW_DAY, months), valid_until=end) == opens


def test_nothing_opens_without_a_policy_or_without_an_end():
    found = [
        opens_on(Renewing(NONE, 3), valid_until=END),
        opens_on(FROM_NEW, valid_until=None),
        is_open(Renewing(NONE, 3), valid_until=END, today=LATE),
        is_open(FROM_END, valid_until=None, today=LATE),
    ]

    assert found == [None, None, False, False]


@pytest.mark.parametrize(
    ("today", "is_so"),
    [
        (date(2028, 7, 13), False),
        (date(2028, 7, 14), True),
        (END, True),
        (date(2030, 1, 1), True),
    ],
)
def test_it_is_open_from_its_first_day_on_and_stays_so_after_the_end(today, is_so):
    assert is_open(FROM_END, valid_until=END, today=today) == is_so


def test_early_renewal_counts_from_the_old_end_where_the_policy_says_so():
    """CE-17: who renews early loses no day under one policy, and does under the other;
    who renews late begins anew under both.
    """
    found = {
        (policy.counts_from, day): counts_from(policy, valid_until=END, earned_on=day)
        for policy in (FROM_NEW, FROM_END)
        for day in (EARLY, END, LATE)
    }

    assert found == {
        (NEW_DAY, EARLY): EARLY,
        (NEW_DAY, END): END,
        (NEW_DAY, LATE): LATE,
        (OLD_END, EARLY): END,
        (OLD_END, END): END,
        (OLD_END, LATE): LATE,
    }


@pytest.mark.parametrize(
    ("policy", "earned_on", "months", "until"),
    [
        (FROM_NEW, EARLY, 24, date(2030, 8, 1)),
        (FROM_END, EARLY, 24, date(2030, 10, 14)),
        (FROM_END, LATE, 24, date(2030, 11, 2)),
        (FROM_END, EARLY, None, None),
        # A rule that was made shorter meanwhile.
        (FROM_NEW, EARLY, 1, END),
    ],
)
def test_the_new_one_is_valid_until(policy, earned_on, months, until):
    """CE-17: and never ends before the old one."""
    found = renewed_until(policy, valid_until=END, earned_on=earned_on, months=months)

    assert found == until


def test_a_leap_day_renewed_from_its_end_lands_on_the_last_day_of_february():
    end, earned = date(2028, 2, 29), date(2028, 1, 10)

    assert [
        renewed_until(FROM_END, valid_until=end, earned_on=earned, months=months)
        for months in (12, 24, 48)
    ] == [date(2029, 2, 28), date(2030, 2, 28), date(2032, 2, 29)]
