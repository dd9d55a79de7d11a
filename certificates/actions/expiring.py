"""Telling people that their certificate expires; the night's job, safe to run twice."""

from datetime import timedelta

from certificates.due.renewing import not_renewed
from certificates.issuer_day import day_of
from certificates.letters import EXPIRES
from certificates.models import Certificate
from courses import clock
from lms.actions.messages import Draft, queue_all
from lms.models import Message

# So many days before the last one, once each.
BEFORE = (30, 90)


def tell_who_expires() -> None:
    """Holders of valid certificates that nobody has renewed yet; three queries."""
    today = day_of(clock.now())
    rows = Certificate.objects.valid().filter(
        valid_until__range=(today, today + timedelta(days=max(BEFORE))),
        person__anonymised_at=None,
    )
    rows = not_renewed(rows).select_related("person")
    drafts = {_key(row, today): row for row in rows}
    told = Message.objects.filter(key__in=drafts).values_list("key", flat=True)
    for key in told:
        del drafts[key]
    if drafts:
        queue_all([_draft(key, row) for key, row in drafts.items()])


def _key(row: Certificate, today) -> str:
    """The nearest of the two warnings: who comes late gets one, not two."""
    left = (row.valid_until - today).days
    band = next(days for days in BEFORE if left <= days)
    return f"certificate:{row.pk}:expires:{band}"


def _draft(key: str, row: Certificate) -> Draft:
    return Draft(
        key=key,
        template=EXPIRES.key,
        person=row.person,
        context={
            "name": row.content["holder"],
            "number": row.number,
            "cohort": row.cohort_id,
        },
        cohort=row.cohort_id,
    )
