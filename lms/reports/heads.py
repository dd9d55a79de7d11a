"""The events a question asks for. They belong to no cohort, and name nobody."""

from django.db.models import QuerySet

from lms.models import Event

from .question import Question, stored


def standing(question: Question) -> QuerySet[Event]:
    """Events of the period that were not withdrawn, narrowed as the question is.

    Whoever may count people may count these heads: they are of no cohort and nobody
    stands behind them by name.
    """
    period = question.period
    rows = Event.objects.standing().filter(held_on__range=(period.first, period.last))
    for name in ("region", "audience"):
        code = getattr(question, name)
        if code:
            rows = rows.filter(**{name: stored(code)})
    if question.donor:
        paid = Event.donors.through.objects.filter(donor=question.donor)
        rows = rows.filter(pk__in=paid.values("event"))
    if question.project:
        rows = rows.filter(project=question.project)
    return rows.order_by()
