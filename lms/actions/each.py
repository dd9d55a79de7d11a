"""Jobs over many rows: one that fails keeps no other waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")


def add_up(rows: Iterable[Row], do: Callable[[Row], int]) -> int:
    """What `do` gives for all the rows together; each has its own transaction.

    What failed is raised once all have had their turn: the job has failed then.
    """
    total, failures = 0, []
    for row in rows:
        try:
            total += do(row)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some rows of a job failed", failures)
    return total
