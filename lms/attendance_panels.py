"""What waits because of attendance: who cannot come, what is odd, whom to speak to."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import clock

from .guests import unmatched
from .models import Apology, Enrolment, MarkEvent, Session
from .panels import Panel, Task, register_panel

SPOKEN_TO_WITHIN = timedelta(days=14)
DECIDED = [MarkEvent.Kind.ACCEPT, MarkEvent.Kind.UNDO]


def _apologies(cohorts) -> list[Task]:
    waiting = Apology.objects.open().filter(session__cohort__in=cohorts)
    waiting = waiting.filter(enrolment__status=Enrolment.Status.ACTIVE).exclude(
        session__status=Session.Status.CANCELLED
    )
    return [
        Task(
            apology.session.cohort,
            1,
            _("%(person)s, %(day)s, %(time)s")
            % (_when(apology.session) | {"person": apology.enrolment.person}),
            reverse("lms:apology_decide", args=[apology.pk]),
        )
        for apology in waiting.select_related("session__cohort", "enrolment__person")
    ]


register_panel(
    Panel("apologies", gettext_lazy("Who cannot come: to decide"), "teach", _apologies)
)


def _to_accept(cohorts) -> list[Task]:
    """What counts only once accepted, while its register is open."""
    waiting = MarkEvent.objects.filter(
        session__cohort__in=cohorts,
        session__register=Session.Register.OPEN,
        waits=True,
    )
    waiting = waiting.exclude(session__status=Session.Status.CANCELLED)
    waiting = waiting.exclude(said_about__kind__in=DECIDED)
    counts = Counter(waiting.values_list("session__cohort", flat=True))
    return [
        _task_of(
            cohort,
            counts[cohort.pk],
            ngettext(
                "%(count)s mark to look at",
                "%(count)s marks to look at",
                counts[cohort.pk],
            )
            % {"count": counts[cohort.pk]},
            "lms:cohort_to_look_at",
        )
        for cohort in cohorts.filter(pk__in=counts)
    ]


register_panel(
    Panel("marks_to_accept", gettext_lazy("Marks to look at"), "teach", _to_accept)
)


def _guests(cohorts) -> list[Task]:
    """Who came without a place, and is nobody known so far."""
    counts = unmatched(cohorts)
    return [
        _task_of(
            cohort,
            counts[cohort.pk],
            ngettext(
                "%(people)s guest to match",
                "%(people)s guests to match",
                counts[cohort.pk],
            )
            % {"people": counts[cohort.pk]},
            "lms:guests",
        )
        for cohort in cohorts.filter(pk__in=counts)
    ]


register_panel(Panel("guests", gettext_lazy("Guests to match"), "teach", _guests))


def _warned(cohorts) -> list[Task]:
    """Told within two weeks, and still there to be spoken to."""
    told = Count(
        "enrolments",
        Q(
            enrolments__status=Enrolment.Status.ACTIVE,
            enrolments__warnings__is_sent=True,
            enrolments__warnings__warned_at__gte=clock.now() - SPOKEN_TO_WITHIN,
        ),
        distinct=True,
    )
    return [
        _task_of(
            cohort,
            cohort.told,
            ngettext(
                "%(count)s person was warned",
                "%(count)s people were warned",
                cohort.told,
            )
            % {"count": cohort.told},
            "lms:warnings",
        )
        for cohort in cohorts.annotate(told=told).filter(told__gt=0)
    ]


register_panel(Panel("warned", gettext_lazy("People to speak to"), "teach", _warned))


def _task_of(cohort, count: int, words: str, address: str) -> Task:
    """Something of one cohort: on its own home the cohort need not be named."""
    named = _("%(cohort)s: %(task)s") % {"cohort": cohort.title, "task": words}
    return Task(cohort, count, named, reverse(address, args=[cohort.code]), words)


def _when(session: Session) -> dict[str, str]:
    return {
        "day": date_format(session.local_date, "j E"),
        "time": session.local_time.strftime("%H:%M"),
    }
