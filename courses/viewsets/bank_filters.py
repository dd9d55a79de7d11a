"""By what the list of questions is narrowed."""

import django_filters
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet

from courses.models import Question, QuestionTag


class State(models.TextChoices):
    IN_USE = "in_use", _("In use")
    DUE = "due", _("To be looked at again")
    RETIRED = "retired", _("Retired")


def _tags(request):
    return Tag.objects.filter(pk__in=QuestionTag.objects.values("tag")).order_by("name")


def _countries() -> list[tuple[str, str]]:
    """Those that the bank's questions name."""
    named = Question.objects.exclude(jurisdiction="").order_by("jurisdiction")
    codes = named.values_list("jurisdiction", flat=True).distinct()
    return [(code, code) for code in codes]


class QuestionFilterSet(WagtailFilterSet):
    tag = django_filters.ModelChoiceFilter(
        label=_("Tag"), queryset=_tags, method="with_tag"
    )
    jurisdiction = django_filters.ChoiceFilter(label=_("Country"), choices=_countries)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, method="in_state"
    )

    class Meta:
        model = Question
        fields = ["kind", "category", "difficulty", "topic"]

    def with_tag(self, questions, name, tag):
        carrying = QuestionTag.objects.filter(tag=tag)
        return questions.filter(
            pk__in=list(carrying.values_list("content_object", flat=True))
        )

    def in_state(self, questions, name, state):
        if state == State.RETIRED:
            return questions.exclude(retired_at=None)
        current = questions.filter(retired_at=None)
        due = current.due()
        return due if state == State.DUE else current.exclude(pk__in=due)
