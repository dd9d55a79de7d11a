"""A verb tried out, to learn what it would refuse before anybody confirms it."""

from collections.abc import Callable

from django.db import transaction


def rehearse(verb: Callable[[], object]) -> None:
    """Run the verb and take everything back; raises what it refuses."""
    with transaction.atomic():
        verb()
        transaction.set_rollback(True)
