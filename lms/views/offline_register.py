"""The register for a day without a line: what a device takes along and what it sends.

Page and worker are nobody's own. What the device takes is fetched when somebody is
signed in who teaches the cohort, and is locked with keys that stay with that sign-in.
"""

import hashlib

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from lms import offline_keys, scoping
from lms.actions.uploads import Answer, take_up
from lms.forms.register import Entry, RegisterForm
from lms.forms.uploads import Unreadable, read_batch
from lms.models import Session
from lms.personal_codes import personal_code
from lms.statuses import full_of, missed_of


@require_safe
def away(request) -> HttpResponse:
    """An empty register, which the device fills with what it has."""
    return render(request, "lms/offline_register.html")


@never_cache
@require_safe
def worker(request) -> HttpResponse:
    """Its address lets it see the pages of sessions only."""
    return render(request, "lms/offline_worker.js", content_type="text/javascript")


@never_cache
@require_safe
def pack(request, pk) -> JsonResponse:
    """What a device needs of one session: names, marks, and how to know a code."""
    refusal, session = _session(request, pk)
    if refusal:
        return refusal
    get_token(request)  # What is sent next needs it.
    form = RegisterForm(session)
    answer = JsonResponse(
        {
            "owner": offline_keys.owner_of(request.user),
            "now": _milliseconds(clock.now()),
            "session": _about(session),
            "choices": [
                {
                    "code": choice.code,
                    "word": choice.word,
                    "letter": choice.letter,
                    "tone": choice.tone,
                    "until": choice.status.until_minutes,
                    "is_at_hand": choice in form.at_hand,
                }
                for choice in [*form.at_hand, *form.further]
            ],
            "full": _code(full_of, form),
            "missed": _code(missed_of, form),
            "people": [_person(session, entry) for entry in form.entries],
        }
    )
    return offline_keys.give(request, answer)


@require_POST
def upload(request, pk) -> JsonResponse:
    """Take up what was noted. 401 and 403: keep it; 404 and 409: it is of no use."""
    refusal, session = _session(request, pk)
    if refusal:
        return refusal
    try:
        batch = read_batch(request.body)
    except Unreadable:
        text = _("The server could not read this. Mark the people by hand.")
        return JsonResponse({"message": text}, status=409)
    answers = take_up(
        session,
        batch.items,
        device=batch.device,
        sent_at=batch.sent_at,
        by=request.user,
    )
    return JsonResponse({"answers": [_told(answer) for answer in answers]})


def _session(request, pk: int) -> tuple[JsonResponse | None, Session | None]:
    if not request.user.is_authenticated:
        text = _("You are signed out. What you noted is kept here: sign in again.")
        return JsonResponse({"message": text}, status=401), None
    sessions = Session.objects.select_related("cohort")
    session = scoping.scope(sessions, request.user, "teach").filter(pk=pk).first()
    if session is None:
        text = _("This session is not yours to mark.")
        return JsonResponse({"message": text}, status=404), None
    return None, session


def _about(session: Session) -> dict:
    is_signed = session.register == Session.Register.SIGNED
    is_cancelled = session.status == Session.Status.CANCELLED
    at = session.local_time
    return {
        "pk": session.pk,
        "title": session.title,
        "cohort": session.cohort.title,
        # In words, as browsers know no Tajik.
        "when": f"{date_format(session.local_date, 'l, j E Y')}, {at:%H:%M}",
        "zone": session.cohort.timezone,
        "starts_at": _milliseconds(session.starts_at),
        "ends_at": _milliseconds(session.ends_at),
        "is_closed": is_signed or is_cancelled,
        "salt": str(session.uid),
    }


def _code(meant, form: RegisterForm) -> str:
    """What "mark the rest present", or absent, means here."""
    status = meant([choice.status for choice in form.choices.values()])
    return status.code if status else ""


def _person(session: Session, entry: Entry) -> dict:
    """The name, the mark, and by what a device knows the code without having it."""
    line = entry.line
    salted = f"{session.uid} {personal_code(line.enrolment)}"
    return {
        "pk": line.pk,
        "name": line.name,
        "is_expected": line.is_expected,
        "code": line.code,
        "seen": line.version,
        "digest": hashlib.sha256(salted.encode()).hexdigest(),
    }


def _told(answer: Answer) -> dict:
    return {
        "nonce": str(answer.nonce),
        "what": answer.what,
        "text": answer.text,
        "place": answer.enrolment_id,
    }


def _milliseconds(moment) -> int:
    """As a browser counts."""
    return int(moment.timestamp() * 1000)
