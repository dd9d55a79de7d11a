"""The completion funnel: how far those who came got, step by step.

An app above `lms` adds its steps with `add_step`, so that `lms` knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import Edition
from lms.models import Attempt, Enrolment, Mark, Progress, Waiver

from .counting import during, figure_of, step_columns, steps_by
from .dataset import Column, Report, Row, Table, register
from .question import Question

Places = QuerySet[Enrolment]

# The part of the completed for whom something was waived.
WAIVED = "waived"


@dataclass(frozen=True)
class Step:
    """One step: `reached` narrows those who reached the step before."""

    key: str
    name: str | Promise
    reached: Callable[[Places], Places]


_later: dict[str, Step] = {}


def add_step(step: Step) -> None:
    """A step behind completion; a second one of the same key replaces the first."""
    _later[step.key] = step


def _done() -> Q:
    return Q(status=Enrolment.Status.COMPLETED)


def _enrolled(places: Places) -> Places:
    return places.exclude(active_from=None)


def _started(places: Places) -> Places:
    """Opened an activity, began a quiz or came to a session."""
    here = {"enrolment": OuterRef("pk")}
    came = Mark.objects.filter(status__credit__gt=0, **here)
    return places.filter(
        _done()
        | Exists(Progress.objects.filter(**here))
        | Exists(Attempt.objects.filter(**here))
        | Exists(came)
    )


def _half_done(places: Places) -> Places:
    """Half of the required activities of the edition, whichever each follows."""
    followed = places.order_by().values("cohort__edition")
    half = Q(pk=None)
    for edition in Edition.objects.filter(pk__in=followed).order_by("pk"):
        keys = [a["key"] for a in edition.activities if a["is_required"]]
        done = Progress.objects.filter(
            state=Progress.State.COMPLETED, activity__in=keys
        )
        enough = (
            done.order_by()
            .values("enrolment")
            .annotate(n=Count("pk"))
            .filter(n__gte=max((len(keys) + 1) // 2, 1))
        )
        half |= Q(cohort__edition=edition, pk__in=enough.values("enrolment"))
    return places.filter(_done() | half)


def _completed(places: Places) -> Places:
    return places.filter(_done())


def steps() -> list[Step]:
    return [
        Step("came", _("Asked for or were given a place"), lambda places: places),
        Step("enrolled", _("Enrolled"), _enrolled),
        Step("started", _("Started"), _started),
        Step("half", _("Half done"), _half_done),
        Step("completed", _("Completed"), _completed),
        *_later.values(),
    ]


def reached(question: Question) -> dict[str, Places]:
    """The places at each step; each step is a part of the one before."""
    places = question.places().filter(during("created_at", question.period))
    found = {}
    for step in steps():
        places = step.reached(places)
        found[step.key] = places
    return found


def tables(question: Question) -> list[Table]:
    found = reached(question)
    names = {step.key: str(step.name) for step in steps()}
    figures = {key: figure_of(rows) for key, rows in found.items()}
    people = {key: figure.people for key, figure in figures.items()}
    rows, total = steps_by("audience", found, people)
    return [
        _funnel(names, figures),
        Table(
            "audience",
            gettext("By audience"),
            step_columns(gettext("Audience"), names),
            rows,
            _definition(),
            total=total if rows else None,
        ),
        _waivers(found["completed"]),
    ]


def people(question: Question) -> Places:
    found = reached(question)
    found[WAIVED] = _with_waiver(found["completed"])
    return found.get(question.only, found["came"])


def _with_waiver(places: Places) -> Places:
    """Something was not asked of them (CO-12)."""
    return places.filter(Exists(Waiver.objects.filter(enrolment=OuterRef("pk"))))


def _waivers(completed: Places) -> Table:
    """How many of those who completed were let off something, by audience."""
    found = {"completed": completed, WAIVED: _with_waiver(completed)}
    together = {key: figure_of(places).people for key, places in found.items()}
    rows, total = steps_by("audience", found, together)
    return Table(
        WAIVED,
        gettext("Completed with something waived"),
        [
            Column("label", gettext("Audience")),
            Column(
                "completed", gettext("Completed"), "people", "", {"only": "completed"}
            ),
            Column(
                WAIVED,
                gettext("of them with a waiver"),
                "people",
                "completed",
                {"only": WAIVED},
            ),
        ],
        rows,
        gettext(
            "Of those who completed, for whom at least one requirement, or a course "
            "that should have come before, was waived with a reason. The person's page "
            "under Teach and the log say which, by whom and why."
        ),
        total=total if rows else None,
    )


def _funnel(names: dict[str, str], figures: dict) -> Table:
    first = figures["came"].participations
    return Table(
        "funnel",
        gettext("How far they got"),
        [
            Column("label", gettext("Step")),
            Column("people", gettext("People"), "people"),
            Column("places", gettext("Places"), "count"),
            Column("percent", gettext("Of all places"), "percent"),
        ],
        [
            Row(
                {
                    "label": name,
                    "people": figures[key].people,
                    "places": figures[key].participations,
                    "percent": round(figures[key].participations * 100 / first, 1),
                },
                {"only": key},
                is_part=False,
            )
            for key, name in names.items()
        ]
        if first
        else [],
        _definition(),
        chart="people",
    )


def _definition() -> str:
    return gettext(
        "All places asked for or given in the period, and how far they are today. "
        "Enrolled: the place became active. Started: an activity was opened, a quiz "
        "begun or a session attended. Half done: at least half of the edition's "
        "required activities are completed. Completed: the course is. Each step is a "
        "part of the one before; the lines must not be added."
    )


register(
    Report("funnel", _("Completion funnel"), tables, people=people, icon="order-down")
)
