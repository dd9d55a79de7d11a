"""Another rule of a quiz on the screen: given, changed and taken back (QZ-41)."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms import scoping
from lms.actions import overrides as actions
from lms.actions.refusal import Refused
from lms.differing import settings_in_words
from lms.forms.cohorts import ReasonForm
from lms.forms.overrides import NewOverrideForm, OverrideForm
from lms.models import Cohort, Override

from .cohort_quizzes import quiz_of


def by_the_clock_there(view):
    """For who teaches the cohort; times are read and shown by its own clock."""

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request, code, activity, **more):
        cohort, quiz = quiz_of(request.user, code, activity)
        if not scoping.may(request.user, "teach", cohort):
            raise PermissionDenied
        with timezone.override(cohort.zone):
            return view(request, cohort, quiz, **more)

    return wrapped


@by_the_clock_there
def add(request, cohort: Cohort, quiz) -> HttpResponse:
    """For everybody in the cohort or one person of it."""
    places = cohort.enrolments.studying().select_related("person")
    places = places.order_by("person__legal_name", "pk")
    chosen = {"place": request.GET.get("place", "")}
    form = NewOverrideForm(request.POST or None, places=places, initial=chosen)

    def give(settings):
        return actions.give(cohort, quiz_key=_key(quiz), by=request.user, **settings)

    if _is_done(request, form, give):
        messages.success(request, _("The other rule holds from now on."))
        return redirect("lms:cohort_quiz", cohort.code, quiz.key)
    return _form(request, cohort, quiz, form)


@by_the_clock_there
def edit(request, cohort: Cohort, quiz, pk) -> HttpResponse:
    """Other settings; for whom it holds stays."""
    row = _override(cohort, quiz, pk)
    known = {name: getattr(row, name) for name in [*actions.SETTINGS, "reason"]}
    form = OverrideForm(request.POST or None, initial=known)

    def change(settings):
        return actions.change(row, cohort=cohort, by=request.user, **settings)

    if _is_done(request, form, change):
        messages.success(request, _("The other rule is changed."))
        return redirect("lms:cohort_quiz", cohort.code, quiz.key)
    return _form(request, cohort, quiz, form, row)


@by_the_clock_there
def take_back(request, cohort: Cohort, quiz, pk) -> HttpResponse:
    """The quiz's own rules hold again."""
    row = _override(cohort, quiz, pk)
    form = ReasonForm(request.POST or None)

    def back(reason):
        actions.take_back(row, cohort=cohort, by=request.user, **reason)
        return True

    if _is_done(request, form, back):
        messages.success(request, _("The rules of the quiz hold again."))
        return redirect("lms:cohort_quiz", cohort.code, quiz.key)
    words = settings_in_words(row, cohort.zone)
    context = {"cohort": cohort, "quiz": quiz, "override": row, "words": words}
    return render(request, "lms/override_back.html", context | {"form": form})


def _override(cohort: Cohort, quiz, pk: int) -> Override:
    rows = Override.objects.within(cohort).filter(quiz_key=_key(quiz))
    return get_object_or_404(rows.select_related("person"), pk=pk)


def _key(quiz) -> UUID:
    return UUID(quiz.key)


def _is_done(request, form, verb) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb(form.cleaned_data)
    except Refused as refusal:
        refusal.tell(form)
        return False
    return True


def _form(request, cohort, quiz, form, row=None) -> HttpResponse:
    context = {"cohort": cohort, "quiz": quiz, "form": form, "override": row}
    return render(request, "lms/override_form.html", context)
