"""Satisfaction: what people said of the trainings, by donor and by time of asking.

Only surveys with five answers or more are counted, so that no figure gives away what
one of a few people said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from courses import clock
from lms.models import Cohort, Donor, Survey, SurveyAnswer, SurveyKind
from lms.survey_figures import LEAST, marks_given, mean_of

from .dataset import Column, Report, Row, Table, register
from .question import Question


@dataclass(frozen=True)
class Said:
    """One survey: its marks from 1 to 5, and how many of those asked answered."""

    survey: Survey
    asked: int
    answers: int
    marks: list[int]


def tables(question: Question) -> list[Table]:
    """By donor and by time of asking, in five queries."""
    said = _said(question)
    whole = Row({"label": gettext("Together"), **_figures(said)})
    return [
        Table(
            "time",
            gettext("By time of asking"),
            _columns(gettext("When")),
            [
                Row({"label": str(SurveyKind(kind).label), **_figures(part)})
                for kind in SurveyKind.values
                if (part := [one for one in said if one.survey.kind == kind])
            ],
            _definition(),
            total=whole,
            chart="mean",
        ),
        Table(
            "donor",
            gettext("By donor"),
            _columns(gettext("Donor")),
            [
                Row(
                    {"label": donor.name, **_figures(part)},
                    {"donor": str(donor.pk)},
                    is_part=False,
                )
                for donor, part in _by_donor(said)
            ],
            gettext("A training of two donors counts for each of them."),
        ),
    ]


def _said(question: Question) -> list[Said]:
    """The surveys that ended in the period and can be shown; open ones cannot."""
    surveys = Survey.objects.over(timezone.localdate(clock.now())).filter(
        cohort__in=question.runs().values("pk"),
        closes_on__range=(question.period.first, question.period.last),
    )
    answered = Q(invitations__answered_on__isnull=False)
    surveys = surveys.annotate(
        asked=Count("invitations"),
        answered=Count("invitations", filter=answered),
    )
    shown = {one.pk: one for one in surveys.order_by("pk") if one.answered >= LEAST}
    values: dict[int, list[dict]] = {pk: [] for pk in shown}
    answers = SurveyAnswer.objects.filter(survey__in=list(shown))
    for pk, given in answers.values_list("survey", "values"):
        values[pk].append(given)
    return [
        Said(one, one.asked, one.answered, marks_given(one.questions, values[pk]))
        for pk, one in shown.items()
    ]


def _by_donor(said: list[Said]) -> Iterable[tuple[Donor, list[Said]]]:
    paid = Cohort.donors.through.objects.filter(
        cohort__in={one.survey.cohort_id for one in said}
    )
    cohorts: dict[int, set[int]] = {}
    for donor, cohort in paid.values_list("donor", "cohort"):
        cohorts.setdefault(donor, set()).add(cohort)
    for donor in Donor.objects.filter(pk__in=cohorts):
        yield donor, [one for one in said if one.survey.cohort_id in cohorts[donor.pk]]


def _figures(said: list[Said]) -> dict:
    asked, answers = sum(one.asked for one in said), sum(one.answers for one in said)
    mean = mean_of([mark for one in said for mark in one.marks])
    return {
        "surveys": len(said),
        "answers": answers,
        "rate": round(answers * 100 / asked, 1) if asked else None,
        "mean": None if mean is None else float(mean),
    }


def _columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("mean", gettext("Mean mark, 1 to 5"), "points"),
        Column("answers", gettext("Answers"), "people"),
        Column("rate", gettext("Answered of those asked"), "percent"),
        Column("surveys", pgettext("number of", "Surveys"), "count"),
    ]


def _definition() -> str:
    return gettext(
        "Surveys whose last day lies in the period, with five answers or more; the "
        "others are left out. Mean mark: of every mark from 1 (not at all) to 5 "
        "(fully) that was given to anything asked."
    )


register(
    Report(
        "satisfaction",
        _("Satisfaction"),
        tables,
        filters=("donor", "project", "region"),
        icon="form",
    )
)
