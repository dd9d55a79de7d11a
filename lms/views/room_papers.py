"""Sheets to sign, badges and name plates of a cohort, as PDF."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import paper_codes, paper_words, printing, room_papers, scoping
from lms.models import Cohort, Session
from lms.personal_codes import personal_code
from lms.room_papers import Bearer
from lms.titles import course_titles

from .papers import taught_cohort
from .slips import whole_address

# For who comes without being on the list.
GUEST_LINES = 5
A_PAGE = 8
LONG_NAME = 26


@require_safe
@login_required
def prints(request, code):
    """What can be printed for this cohort, in which language."""
    cohort = taught_cohort(request.user, code)
    context = {
        "cohort": cohort,
        "days": room_papers.days_of(cohort),
        "languages": paper_words.languages(),
        "printed_in": _language(request, cohort),
    }
    return render(request, "lms/prints.html", context)


@never_cache
@require_safe
@login_required
def day_sheet(request, code, day):
    """One sheet for every session of a day, with a column for each."""
    cohort = taught_cohort(request.user, code)
    sessions = room_papers.sessions_of(cohort, _day(day))
    if not sessions:
        raise Http404
    return _sheet(request, cohort, sessions, day)


@never_cache
@require_safe
@login_required
def session_sheet(request, pk):
    """A sheet for one session."""
    rows = Session.objects.live().select_related("cohort__edition")
    session = get_object_or_404(scoping.scope(rows, request.user, "teach"), pk=pk)
    name = f"{session.local_date}-{session.local_time:%H%M}"
    return _sheet(request, session.cohort, [session], name)


@never_cache
@require_safe
@login_required
def badges(request, code):
    """A badge for everybody who studies or teaches here."""
    cohort = taught_cohort(request.user, code)
    language = _language(request, cohort)
    words = paper_words.words(language)
    rows = [
        {
            "bearer": bearer,
            "role": words[role],
            "is_long": _is_long(bearer),
            "square": _badge_code(bearer, words["code"]),
        }
        for role, bearer in _everybody(cohort)
    ]
    pages = [rows[i : i + A_PAGE] for i in range(0, len(rows), A_PAGE)]
    return _pdf("badges", cohort, language, pages=pages)


@never_cache
@require_safe
@login_required
def name_plates(request, code):
    """A card to stand on the table for everybody who studies or teaches here."""
    cohort = taught_cohort(request.user, code)
    plates = [
        {"bearer": bearer, "is_long": _is_long(bearer)}
        for _role, bearer in _everybody(cohort)
    ]
    return _pdf("name_plates", cohort, _language(request, cohort), plates=plates)


def _sheet(request, cohort: Cohort, sessions: list[Session], name: str):
    language = _language(request, cohort)
    places = {session.place or cohort.place for session in sessions}
    return _pdf(
        "signing",
        cohort,
        language,
        name=f"sheet-{cohort.code}-{name}",
        sessions=sessions,
        day=sessions[0].local_date,
        course=_course(cohort, language),
        places=sorted(filter(None, places)),
        trainers=room_papers.trainers(cohort),
        donors=cohort.donors.all(),
        lines=room_papers.signers(cohort, sessions),
        guests=range(GUEST_LINES),
        columns=len(sessions) + 3,
        square=_square(sessions, paper_words.words(language)["code"]),
    )


def _badge_code(bearer: Bearer, title: str) -> str:
    """Only who studies has a code to be scanned."""
    code = personal_code(bearer.place) if bearer.place else ""
    return paper_codes.square(code, title=title) if code else ""


def _square(sessions: list[Session], title: str) -> str:
    """Leads whoever types the sheet in to its grid; names nobody."""
    first = sessions[0]
    is_day = len(sessions) > 1
    asked = f"day={first.local_date}" if is_day else f"session={first.pk}"
    path = reverse("lms:register_grid", args=[first.cohort.code])
    return paper_codes.square(whole_address(f"{path}?{asked}"), title=title)


def _course(cohort: Cohort, language: str) -> str:
    """Its title in the language of the paper; no course is written in Persian."""
    spoken = language if language in dict(settings.LANGUAGES) else cohort.locale
    with override(spoken):
        return course_titles().get(cohort.edition.course_key, cohort.title)


def _pdf(template: str, cohort: Cohort, language: str, *, name: str = "", **context):
    direction = "rtl" if paper_words.is_right_to_left(language) else "ltr"
    context |= {
        "cohort": cohort,
        "language": language,
        "direction": direction,
        "words": paper_words.words(language),
    }
    with override(language):
        body = printing.pdf(f"lms/print/{template}.html", context)
    answer = HttpResponse(body, content_type="application/pdf")
    name = name or f"{template.replace('_', '-')}-{cohort.code}"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return answer


def _everybody(cohort: Cohort) -> list[tuple[str, Bearer]]:
    people = [("participant", one) for one in room_papers.participants(cohort)]
    return [*people, *(("trainer", one) for one in room_papers.trainers(cohort))]


def _is_long(bearer: Bearer) -> bool:
    return len(bearer.name) > LONG_NAME


def _language(request, cohort: Cohort) -> str:
    """The language asked for, else the cohort's."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(paper_words.languages()) else cohort.locale


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Http404 from error
