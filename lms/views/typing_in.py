"""Typing in what people wrote on paper: one grid, one Save, nothing lost."""

import re
from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.models import QuizPage
from lms.actions import papers, sheets
from lms.actions.refusal import Refused
from lms.forms.sheets import CorrectionForm, Line, read_lines, read_sheet
from lms.models import Cohort, Enrolment, PaperVariant
from lms.paper_sheet import (
    batches,
    items_of,
    languages_of,
    sheets_of,
    typed_in,
    variant_for,
)

from . import kept_cells
from .papers import by_name, language_of, quiz_page, taught_cohort

# Django reads a thousand fields of a form at most.
MOST_FIELDS = 900
KEPT = "kept_sheets"
LINE = re.compile(r"letter-[0-9]{1,18}")
CELLS = re.compile(r"letter-|cell-")


@never_cache
def type_in(request, code, activity) -> HttpResponse:
    """The grid: people are lines, questions are columns. A line once saved is gone."""
    if not request.user.is_authenticated:
        kept_cells.keep(request, KEPT, CELLS.match)
        return redirect_to_login(request.get_full_path())
    cohort = taught_cohort(request.user, code)
    page = quiz_page(cohort, activity)
    variants = papers.variants_of(cohort, activity)
    if not variants:
        return redirect("lms:paper", cohort.code, activity)
    language = language_of(cohort, variants, request.GET.get("language", ""))
    items = items_of(variants, language)
    data = request.POST if request.method == "POST" else kept_cells.take(request, KEPT)
    shown = _page_of_people(request, cohort, activity, items)
    people = _posted_people(cohort, data) if data else list(shown.object_list)
    letters = _letters(request, people, variants)
    lines = read_lines(people, items, data, letters)
    if request.method == "POST":
        lines = _save(request, lines, page, language)
        if not any(line.is_typed for line in lines):
            return redirect(_after(request, cohort, activity))
    context = {
        "cohort": cohort,
        "quiz": page,
        "lines": lines,
        "columns": range(1, max(map(len, items.values())) + 1),
        "page_obj": shown,
        "printed_in": language,
        "languages": languages_of(variants),
        "variants": variants,
    }
    return render(request, "lms/type_in.html", context)


@never_cache
@login_required
def correct(request, code, activity, pk) -> HttpResponse:
    """One sheet that was typed in wrongly; what counts is kept beside what counted."""
    cohort = taught_cohort(request.user, code)
    page = quiz_page(cohort, activity)
    attempt = get_object_or_404(sheets_of(cohort, activity), pk=pk)
    items = items_of([attempt.paper], attempt.language)[attempt.paper]
    data = request.POST if request.method == "POST" else None
    line = read_sheet(attempt, items, data, typed_in(attempt))
    form = CorrectionForm(data)
    if request.method == "POST" and form.is_valid() and not line.has_errors:
        try:
            sheets.correct_sheet(
                attempt,
                answers=line.answers,
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The sheet is corrected."))
            return redirect("lms:paper", cohort.code, activity)
    context = {
        "cohort": cohort,
        "quiz": page,
        "attempt": attempt,
        "rows": list(zip(items, line.cells, strict=True)),
        "form": form,
    }
    return render(request, "lms/correct_sheet.html", context)


@require_POST
@login_required
def take_back(request, code, activity, pk) -> HttpResponse:
    """A sheet that was typed in amiss; its person is in the grid again."""
    cohort = taught_cohort(request.user, code)
    attempt = get_object_or_404(sheets_of(cohort, activity), pk=pk)
    try:
        sheets.take_back_sheet(
            attempt, by=request.user, reason=request.POST.get("reason", "")[:500]
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:correct_sheet", code, activity, pk)
    messages.success(request, _("The sheet is taken back. Type it in again."))
    return redirect("lms:paper", code, activity)


def _page_of_people(request, cohort: Cohort, activity, items):
    """Those without a sheet, so many that their cells fit into one form.

    `row` asks for one person, with a sheet or without.
    """
    places = cohort.enrolments.studying().select_related("person")
    row = request.GET.get("row", "")
    if row:
        if not row.isdecimal() or len(row) > 18:
            raise Http404
        people = [get_object_or_404(places, pk=row)]
    else:
        typed = sheets_of(cohort, activity)
        without = places.exclude(pk__in=typed.values("enrolment"))
        people = sorted(without, key=by_name)
    width = max(map(len, items.values())) + 1
    paginator = Paginator(people, max(1, MOST_FIELDS // width))
    return paginator.get_page(request.GET.get("page"))


def _letters(
    request, people: list[Enrolment], variants: list[PaperVariant]
) -> dict[int, str]:
    """What each sheet was printed as, where nothing was printed a second time."""
    if "row" in request.GET:
        return {place.pk: request.GET.get("letter", "")[:1] for place in people}
    printed = batches(variants)
    if len(printed) > 1:
        return {}
    return {place.pk: variant_for(place, printed[0]).letter for place in people}


def _posted_people(cohort: Cohort, data: Mapping[str, str]) -> list[Enrolment]:
    """Whose lines were sent, though a colleague typed some of them in meanwhile."""
    numbers = (name.removeprefix("letter-") for name in data if LINE.fullmatch(name))
    places = cohort.enrolments.filter(pk__in=list(numbers)).select_related("person")
    return sorted(places, key=by_name)


def _save(request, lines: list[Line], quiz: QuizPage, language: str) -> list[Line]:
    """Each sheet that can be read, for itself; gives back the others."""
    left = [line for line in lines if not _is_saved(line, quiz, language, request.user)]
    done = len(lines) - len(left)
    if done:
        text = ngettext("Typed in: %(n)s sheet.", "Typed in: %(n)s sheets.", done)
        messages.success(request, text % {"n": done})
    return left


def _is_saved(line: Line, quiz: QuizPage, language: str, user) -> bool:
    if line.variant is None or line.has_errors:
        return False
    try:
        sheets.enter_sheet(
            line.enrolment,
            quiz=quiz,
            variant=line.variant,
            answers=line.answers,
            language=language,
            by=user,
        )
    except Refused as refusal:
        line.error = str(refusal)
        return False
    return True


def _after(request, cohort: Cohort, activity) -> str:
    """One sheet found by its square code is done with; a grid goes on."""
    if "row" in request.GET:
        return reverse("lms:paper", args=[cohort.code, activity])
    return request.get_full_path()
