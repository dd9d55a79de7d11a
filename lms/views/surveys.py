"""Surveys: answered with a link or from My courses, read by the cohort's staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses import clock
from lms import scoping
from lms.actions import surveys as actions
from lms.actions.refusal import Refused
from lms.forms.surveys import AnswerForm, OpenSurveyForm
from lms.models import Cohort, Survey, SurveyInvitation
from lms.survey_figures import LEAST
from lms.survey_figures import results as figures

from .cohort_home import cohort_of


@never_cache
def with_token(request, token):
    """Whoever holds the link answers, signed in or not."""
    invitations = SurveyInvitation.objects.with_token(token)
    return _answer(request, invitations)


@never_cache
@login_required
def mine(request, pk):
    """The same from My courses."""
    return _answer(request, SurveyInvitation.objects.of(request.user).filter(survey=pk))


@never_cache
@login_required
def surveys(request, code):
    """The surveys of a cohort; who runs it opens them here."""
    cohort = cohort_of(request.user, code)
    may_open = scoping.may(request.user, "manage", cohort)
    if request.method == "POST" and not may_open:
        raise Http404
    form = OpenSurveyForm(request.POST or None, cohort=cohort)
    if request.method == "POST" and form.is_valid() and _open(request, cohort, form):
        return redirect("lms:surveys", cohort.code)
    context = {
        "cohort": cohort,
        "surveys": _counted(cohort.surveys.all()),
        "form": form if may_open and form.fields["kind"].choices else None,
        "now": clock.now(),
    }
    return render(request, "lms/surveys.html", context)


@never_cache
@login_required
def results(request, pk):
    """What came of a survey, from five answers on."""
    survey = _survey(request.user, pk, "see")
    answers = survey.answers.all()
    is_over = survey.is_over(clock.now())
    shown = answers if is_over else answers.filter(is_shown=True)
    rows = [(str(name), values) for name, values in shown.values_list("pk", "values")]
    context = {
        "survey": survey,
        "cohort": survey.cohort,
        "shown": len(rows),
        "least": LEAST,
        "is_over": is_over,
        "results": figures(survey.questions, rows, get_language()),
        "may_close": not is_over and scoping.may(request.user, "manage", survey.cohort),
    }
    return render(request, "lms/survey_results.html", context)


@require_POST
@login_required
def close(request, pk):
    survey = _survey(request.user, pk, "manage")
    actions.close_survey(survey, by=request.user)
    messages.success(request, _("The survey is closed."))
    return redirect("lms:survey_results", survey.pk)


def _answer(request, invitations):
    invitation = get_object_or_404(invitations.select_related("survey__cohort"))
    survey = invitation.survey
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, survey=survey, language=get_language())
    try:
        actions.refuse_answer(invitation, survey)
        if request.method == "POST" and form.is_valid():
            actions.answer(invitation, values=form.values)
            return render(request, "lms/survey_done.html", {"survey": survey})
    except actions.NothingAnswered as refusal:
        refusal.tell(form)
    except Refused as refusal:
        context = {"survey": survey, "refusal": refusal}
        return render(request, "lms/survey_done.html", context, status=410)
    context = {"survey": survey, "form": form}
    return render(request, "lms/survey.html", context)


def _open(request, cohort: Cohort, form: OpenSurveyForm) -> bool:
    try:
        survey = actions.open_survey(cohort, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        refusal.tell(form)
        return False
    asked = survey.invitations.count()
    text = _("The survey is open. People asked: %(count)d.") % {"count": asked}
    messages.success(request, text)
    return True


def _survey(user, pk: int, action: str) -> Survey:
    rows = scoping.scope(Survey.objects.select_related("cohort"), user, action)
    return get_object_or_404(_counted(rows), pk=pk)


def _counted(surveys):
    """Each with how many were asked and how many answered."""
    return surveys.annotate(
        asked=Count("invitations"),
        answered=Count("invitations", filter=Q(invitations__answered_on__isnull=False)),
    )
