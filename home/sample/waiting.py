"""On the way into a planned cohort: codes, requests, the waiting list, offers."""

from datetime import datetime, time, timedelta

from home.models import User
from lms.actions.admission import approve
from lms.actions.enrolment import withdraw
from lms.actions.invitations import invite
from lms.actions.nominations import nominate
from lms.models import Cohort, Enrolment, Organisation, Person

SEATS_OF_ORGANISATION, USED = 5, 3
CONTACT = {"contact_name": "Латифов Умед", "contact_email": "dean@example.org"}
INVITED = "guest@example.org"
# Requests that nobody has answered yet.
UNANSWERED = 2


def nominate_people(
    cohort: Cohort, organisation: str, people: list[Person], *, by: User
) -> dict[int, str]:
    """Give an organisation seats and ask one guest in; by person, the code to use."""
    if not organisation:
        return {}
    first_day = datetime.combine(cohort.starts_on, time(), tzinfo=cohort.zone)
    expires = first_day - timedelta(minutes=1)
    nomination = nominate(
        cohort,
        organisation=Organisation.objects.get(name=organisation),
        seats=SEATS_OF_ORGANISATION,
        expires_at=expires,
        by=by,
        **CONTACT,
    )
    invite(cohort, email=INVITED, expires_at=expires, by=by)
    sent = [one for one in people if one.organisation_id == nomination.organisation_id]
    return {person.pk: nomination.code for person in sent[:USED]}


def answer_requests(cohort: Cohort, *, by: User) -> None:
    """Yes to all but the last ones: a seat, then the waiting list."""
    asked = cohort.enrolments.filter(status=Enrolment.Status.REQUESTED)
    for place in list(asked.order_by("pk"))[:-UNANSWERED]:
        approve(place, by=by)


def pass_a_seat_on(cohort: Cohort, reason: str, *, by: User) -> None:
    """Somebody cannot come: the seat is offered to who waits first."""
    active = cohort.enrolments.filter(status=Enrolment.Status.ACTIVE)
    withdraw(active.order_by("pk").first(), by=by, reason=reason)
