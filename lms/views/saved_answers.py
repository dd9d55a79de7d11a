"""What the script of an attempt calls: one answer, and how late it is by the server."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses import clock
from courses.kinds import written
from lms.actions import attempts
from lms.actions.attempt_refusals import AttemptEnded, AttemptRefused, StaleAnswer
from lms.exam_session import is_here
from lms.models import Attempt, Response

from .answer_form import mine, posted, saved_text, until_text


@require_POST
def save_answer(request, pk) -> JsonResponse:
    """Keep one answer and say when, in words. Without one, only tell the time."""
    if not is_here(request):
        text = _("You are signed out. Hand in or save: your answers are kept.")
        return JsonResponse({"message": text}, status=401)
    # A room saves all the time: no more than the clock of its cohort is read along.
    row = mine(request, pk, related=("enrolment__cohort",))
    form = posted(request)
    if not form.answers:
        return JsonResponse(_time(row))
    if len(form.answers) != 1:
        return JsonResponse({"message": _("One answer at a time.")}, status=400)
    [(place, answer)] = form.answers.items()
    try:
        attempts.save_answer(
            row,
            place=place,
            answer=answer,
            sequence=form.sequences.get(place, 0),
            is_flagged=place in form.flags,
        )
    except StaleAnswer as refusal:
        newer = _newer(refusal.newer)
        return JsonResponse({"message": str(refusal)} | newer | _time(row), status=409)
    except AttemptEnded as refusal:
        return JsonResponse({"message": str(refusal)}, status=410)
    except AttemptRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=400)
    return JsonResponse({"message": saved_text(row, clock.now())} | _time(row))


def _time(row: Attempt) -> dict:
    """The server's clock and the deadline, in seconds; the page's countdown follows."""
    deadline = row.deadline_at
    return {
        "now": clock.now().timestamp(),
        "deadline": deadline.timestamp() if deadline else None,
        "until": until_text(row),
    }


def _newer(response: Response) -> dict:
    """What is stored instead, as the values of the form's fields."""
    return {
        "values": written(response.version.key, response.answer),
        "is_flagged": response.is_flagged,
        "sequence": response.sequence,
    }
