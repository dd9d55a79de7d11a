"""Answers posted after the sign-in ran out, kept in the session until it is renewed.

The session of somebody signed out is carried over by signing in. What is kept is only
ever shown to the person whose attempt it is.
"""

from collections.abc import Mapping

from courses.kinds.open_answer import MOST
from lms.models import Attempt

NAME = "kept_answers"
MOST_FIELDS = 600
MOST_VALUES = 100


def keep(request, attempt_pk: int) -> None:
    """Put the form's answers aside; never more than a form of ours can hold."""
    fields = {
        name[:20]: [value[:MOST] for value in request.POST.getlist(name)[:MOST_VALUES]]
        for name in list(request.POST)[:MOST_FIELDS]
        if name.startswith(("answer-", "sequence-", "flag-"))
    }
    request.session[NAME] = {"attempt": attempt_pk, "fields": fields}


def of(request, attempt: Attempt) -> Mapping[str, list[str]] | None:
    """What was kept for this attempt."""
    kept = request.session.get(NAME)
    return kept["fields"] if kept and kept["attempt"] == attempt.pk else None


def forget(request) -> None:
    request.session.pop(NAME, None)
