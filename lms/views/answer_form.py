"""What the pages of an attempt share: whose it is, and what its form has posted."""

from typing import NamedTuple

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from courses.kinds import as_posted
from lms import exam_session
from lms.models import Attempt


class Posted(NamedTuple):
    """By place: the answers, the sequence each was shown with; and what is flagged.

    A place that was not dealt stays in, for the verb to refuse.
    """

    answers: dict[int, dict | None]
    sequences: dict[int, int]
    flags: set[int]


# What the pages of an attempt show beside it.
WHOLE = ("enrolment__cohort__edition", "enrolment__person", "sitting", "paper")


def mine(request, pk: int, *, related: tuple[str, ...] = WHOLE) -> Attempt:
    """The attempt of who sits here; anybody else's is not there."""
    rows = Attempt.objects.select_related(*related)
    return get_object_or_404(rows.filter(exam_session.own(request)), pk=pk)


def owner_token(request) -> str:
    """Whose answers a browser keeps, without saying who it is (QZ-20)."""
    exam = request.exam
    who = f"attempt {exam.attempt}" if exam else str(request.user.pk)
    digest = salted_hmac("lms.kept_answers", who, algorithm="sha256")
    return digest.hexdigest()[:24]


def posted(request) -> Posted:
    found = Posted({}, {}, set())
    for name in request.POST:
        word, _dash, number = name.partition("-")
        if word not in ("answer", "sequence") or not number.isdecimal():
            continue
        place = int(number[:6])
        found.answers[place] = as_posted(request.POST.getlist(f"answer-{number}"))
        sequence = request.POST.get(f"sequence-{number}", "")
        if sequence.isdecimal():
            found.sequences[place] = min(int(sequence[:9]), 2**31 - 1)
        if f"flag-{number}" in request.POST:
            found.flags.add(place)
    return found


def zone_of(row: Attempt):
    return row.enrolment.cohort.zone


def saved_text(row: Attempt, instant) -> str:
    """When something was saved, on the cohort's clock."""
    return _("Saved %(time)s") % {"time": clock_text(row, instant)}


def until_text(row: Attempt) -> str:
    """Until when one may answer; empty without a limit."""
    if row.deadline_at is None:
        return ""
    return _("until %(time)s") % {"time": clock_text(row, row.deadline_at)}


def clock_text(row: Attempt, instant) -> str:
    return time_format(timezone.localtime(instant, zone_of(row)), "H:i")
