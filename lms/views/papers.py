"""Quizzes on paper: variants printed for a cohort, with sheets and a key."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.models import QuizPage
from lms import alphabet, paper_codes, printing, scoping
from lms.actions import papers as actions
from lms.actions.refusal import Refused
from lms.forms.papers import PrintVariantsForm
from lms.models import Cohort, Enrolment, PaperVariant
from lms.paper_sheet import batches, items_of, languages_of, sheets_of, variant_for
from lms.study import page_of

from .slips import whole_address

# For who comes in without being on the list.
SPARE_SHEETS = 2


@never_cache
@login_required
def paper(request, code, activity) -> HttpResponse:
    """The variants printed so far, their files, and the sheets typed in."""
    cohort = taught_cohort(request.user, code)
    page = quiz_page(cohort, activity)
    form = PrintVariantsForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _print(request, cohort, page, form)
    ):
        return redirect("lms:paper", cohort.code, activity)
    variants = actions.variants_of(cohort, activity)
    context = {
        "cohort": cohort,
        "quiz": page,
        "form": form,
        "batches": batches(variants),
        "languages": languages_of(variants),
        "printed_in": language_of(cohort, variants),
        "typed": sorted(
            sheets_of(cohort, activity).order_by("number"),
            key=lambda row: by_name(row.enrolment),
        ),
    }
    return render(request, "lms/paper.html", context)


def printed_file(make):
    """A view of a PDF about what was printed together with the variant `letter`.

    `make` gives it for a cohort, its variants and the language that is active.
    """

    @never_cache
    @require_safe
    @login_required
    @wraps(make)
    def view(request, code, activity, letter):
        cohort = taught_cohort(request.user, code)
        batch = _batch(cohort, activity, letter)
        language = language_of(cohort, batch, request.GET.get("language", ""))
        with override(language):
            body = make(cohort, batch, language)
        what = make.__name__.removesuffix("_file")
        name = f"{what}-{cohort.code}-{batch[0].letter}-{language}.pdf"
        answer = HttpResponse(body, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    return view


@printed_file
def questions_file(cohort: Cohort, batch: list[PaperVariant], language: str) -> bytes:
    """The questions of each variant."""
    papers = items_of(batch, language).items()
    return printing.pdf(
        "lms/print/quiz.html", _about(cohort, batch) | {"papers": papers}
    )


@printed_file
def sheets_file(cohort: Cohort, batch: list[PaperVariant], language: str) -> bytes:
    """An answer sheet for everybody who studies here, and some without a name."""
    items = items_of(batch, language)
    places = cohort.enrolments.studying().select_related("person")
    sheets = [
        {
            "name": place.person.legal_name,
            "variant": (variant := variant_for(place, batch)),
            "items": items[variant],
            "square": _square(cohort, variant, place, language),
        }
        for place in sorted(places, key=by_name)
    ]
    spare = [
        {"name": "", "variant": variant, "items": items[variant]}
        for variant in batch
        for _number in range(SPARE_SHEETS)
    ]
    context = _about(cohort, batch) | {"sheets": [*sheets, *spare]}
    return printing.pdf("lms/print/quiz_sheets.html", context)


@printed_file
def key_file(cohort: Cohort, batch: list[PaperVariant], language: str) -> bytes:
    """What is right in each variant, by its own letters."""
    papers = items_of(batch, language).items()
    context = _about(cohort, batch) | {"papers": papers}
    return printing.pdf("lms/print/quiz_key.html", context)


def taught_cohort(user, code: str) -> Cohort:
    """A cohort in which this user teaches; for anybody else there is none."""
    cohorts = scoping.cohorts_for(user, "teach").select_related("edition")
    return get_object_or_404(cohorts, code=code)


def quiz_page(cohort: Cohort, key) -> QuizPage:
    """The page of a quiz that the cohort's edition asks, in the reader's language."""
    page = page_of(key, QuizPage) if cohort.edition.has(key) else None
    if page is None:
        raise Http404
    return page


def language_of(cohort: Cohort, variants: list[PaperVariant], wanted: str = "") -> str:
    """The language to print in: the one asked for, else the cohort's, else any."""
    there = languages_of(variants)
    return next((one for one in (wanted, cohort.locale) if one in there), there[0])


def _batch(cohort: Cohort, activity, letter: str) -> list[PaperVariant]:
    for batch in batches(actions.variants_of(cohort, activity)):
        if letter in [variant.letter for variant in batch]:
            return batch
    raise Http404


def _about(cohort: Cohort, batch: list[PaperVariant]) -> dict:
    return {"cohort": cohort, "title": page_of(batch[0].quiz_key, QuizPage).title}


def _square(cohort: Cohort, variant: PaperVariant, place, language: str) -> str:
    """Leads whoever types the sheet in to its line of the grid; names nobody."""
    path = reverse("lms:type_in", args=[cohort.code, variant.quiz_key])
    query = f"?row={place.pk}&letter={variant.letter}&language={language}"
    title = _("Square code for typing in")
    return paper_codes.square(whole_address(path + query), title=title)


def _print(request, cohort: Cohort, page: QuizPage, form) -> bool:
    count = form.cleaned_data["count"]
    try:
        made = actions.print_variants(cohort, quiz=page, count=count, by=request.user)
    except Refused as refusal:
        refusal.tell(form)
        return False
    text = ngettext(
        "Variant %(letters)s is ready to print.",
        "Variants %(letters)s are ready to print.",
        len(made),
    )
    letters = ", ".join(variant.letter for variant in made)
    messages.success(request, text % {"letters": letters})
    return True


def by_name(place: Enrolment):
    """For sorting people by the alphabet."""
    return alphabet.by_name(place.person.legal_name), place.pk
