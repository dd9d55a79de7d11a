"""Participations and head counts: the same people counted in four ways, none mixed."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.models import Enrolment, Mark, Session

from .counting import during, figure_of, step_columns, steps_by
from .dataset import Column, Report, Row, Table, register
from .heads import standing
from .question import Question


def tables(question: Question) -> list[Table]:
    """The ways of counting, the people by audience, region and sex; events apart."""
    steps = ways(question)
    figures = {key: figure_of(rows) for key, rows in steps.items()}
    people = {key: figure.people for key, figure in figures.items()}
    return [
        _ways(figures, _presences(question).count()),
        _by("audience", gettext("By audience"), gettext("Audience"), steps, people),
        _by("region", gettext("By region"), gettext("Region"), steps, people),
        _by("sex", gettext("By sex"), gettext("Sex"), steps, people),
        _events(question),
    ]


def ways(question: Question) -> dict[str, QuerySet[Enrolment]]:
    """The places counted in each way; a person may have several."""
    places = question.places()
    present = _presences(question).filter(enrolment=OuterRef("pk"))
    return {
        "enrolled": places.filter(during("active_from", question.period)),
        "attended": places.filter(Exists(present)),
        "completed": question.rows(),
    }


def people(question: Question) -> QuerySet[Enrolment]:
    """Behind one way of counting, or behind any of them."""
    found = ways(question)
    if question.only in found:
        return found[question.only]
    anyhow = Q()
    for rows in found.values():
        anyhow |= Q(pk__in=rows.values("pk"))
    return question.places().filter(anyhow)


def _presences(question: Question) -> QuerySet[Mark]:
    """Marks with credit at sessions of the period that were not cancelled."""
    period = question.period
    return Mark.objects.filter(
        ~Q(session__status=Session.Status.CANCELLED),
        enrolment__in=question.places().values("pk"),
        session__local_date__range=(period.first, period.last),
        status__credit__gt=0,
    )


def _names() -> dict[str, str]:
    return {
        "enrolled": gettext("Enrolled"),
        "attended": gettext("Attended a session"),
        "completed": gettext("Completed"),
    }


def _ways(figures: dict, presences: int) -> Table:
    return Table(
        "ways",
        gettext("Ways of counting"),
        [
            Column("label", gettext("Counted")),
            Column("people", gettext("People"), "people"),
            Column("participations", gettext("Participations"), "count"),
            Column("presences", gettext("Times present"), "count"),
        ],
        [
            Row(
                {
                    "label": name,
                    "people": figures[key].people,
                    "participations": figures[key].participations,
                    "presences": presences if key == "attended" else None,
                },
                {"only": key},
                is_part=False,
            )
            for key, name in _names().items()
        ],
        gettext(
            "Enrolled: places that became active in the period, whatever became of "
            "them. Attended: places with at least one mark that gives credit, at a "
            "session of the period that was not cancelled. Completed: courses "
            "completed in the period; their people are the people trained. People are "
            "counted once in each line, participations are places, times present are "
            "marks. The lines overlap and must not be added."
        ),
    )


def _by(column, title: str, label: str, steps, people) -> Table:
    rows, total = steps_by(column, steps, people)
    return Table(
        column,
        title,
        step_columns(label, _names()),
        rows,
        gettext(
            "People, counted once in each figure. Audience, region and sex are those "
            "written down when the place became active; a person with two places of "
            "different kinds stands in both rows and once in the total."
        ),
        total=total,
        chart="completed" if column == "audience" else "",
    )


def _events(question: Question) -> Table:
    found = standing(question).aggregate(
        heads=Sum("counts__heads"), events=Count("pk", distinct=True)
    )
    row = {"label": gettext("Events without enrolment")}
    row |= {"heads": found["heads"] or 0, "events": found["events"]}
    return Table(
        "events",
        gettext("Head counts of events, apart"),
        [
            Column("label", gettext("Counted")),
            Column("heads", gettext("Heads"), "people"),
            Column("events", gettext("Events"), "count"),
        ],
        [Row(row)] if found["events"] else [],
        gettext(
            "Heads counted at awareness sessions, round tables and other events. "
            "Nobody is named there: the same person may have been counted before, "
            "here or among the people trained. Never added to people trained."
        ),
    )


register(
    Report(
        "participations",
        _("Participations and head counts"),
        tables,
        people=people,
        icon="list-ul",
    )
)
