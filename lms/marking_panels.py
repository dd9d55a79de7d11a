"""What waits for markers, and for those who settle their marks."""

from collections import Counter
from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import Response
from .panels import Panel, Task, register_panel


def _answers(rows, cohorts, words: Callable[[int], str]) -> list[Task]:
    """Counted without a name: a marker reads answers, not people."""
    path = "attempt__enrolment__cohort"
    theirs = rows.filter(**{f"{path}__in": cohorts})
    counts = Counter(theirs.values_list(path, flat=True))
    return [
        Task(
            cohort,
            counts[cohort.pk],
            _("%(cohort)s: %(task)s")
            % {"cohort": cohort.title, "task": words(counts[cohort.pk])},
            reverse("lms:marking", args=[cohort.code]),
            words(counts[cohort.pk]),
        )
        for cohort in cohorts.filter(pk__in=counts)
    ]


def _to_mark(cohorts) -> list[Task]:
    def words(count: int) -> str:
        text = ngettext("%(count)s answer to mark", "%(count)s answers to mark", count)
        return text % {"count": count}

    return _answers(Response.objects.by_hand().unmarked(), cohorts, words)


def _to_mark_again(cohorts) -> list[Task]:
    def words(count: int) -> str:
        text = ngettext(
            "%(count)s second mark to give", "%(count)s second marks to give", count
        )
        return text % {"count": count}

    return _answers(Response.objects.for_second_mark(), cohorts, words)


def _to_settle(cohorts) -> list[Task]:
    def words(count: int) -> str:
        text = ngettext(
            "%(count)s answer with two marks that differ",
            "%(count)s answers with two marks that differ",
            count,
        )
        return text % {"count": count}

    return _answers(Response.objects.to_settle(), cohorts, words)


register_panel(Panel("marking", gettext_lazy("Quizzes to mark"), "mark", _to_mark))
register_panel(
    Panel("second_marks", gettext_lazy("Second marks"), "mark", _to_mark_again)
)
register_panel(Panel("settling", gettext_lazy("Marks to settle"), "teach", _to_settle))
