"""Which answers are marked twice."""

from django.utils.crypto import salted_hmac


def is_in_sample(what: str, percent: int) -> bool:
    """Does this fall into so many percent? The same each time, foreseen by nobody."""
    digest = salted_hmac("lms.sampling", what).digest()
    return int.from_bytes(digest[:4], "big") % 10_000 < percent * 100
