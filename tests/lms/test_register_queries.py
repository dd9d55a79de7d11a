"""How many questions the register asks the database: as many for 300 as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.models import Enrolment, Mark, MarkEvent, Person, Session
from tests.cast import make_cast
from tests.lms.test_register import sheet

pytestmark = pytest.mark.django_db

# Where a transaction begins and ends no row is asked for.
BRACKETS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def cohort_of(size: int):
    """Somebody who teaches so many people, and today's session."""
    cast = make_cast()
    Session.objects.update(local_date="2026-10-12", starts_at="2026-10-12T09:00+05:00")
    cast.session.refresh_from_db()
    people = Person.objects.bulk_create(
        Person(legal_name=f"Мирзоев {number}", email="", locale="en")
        for number in range(size - 1)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cast.cohort,
            person=person,
            status=Enrolment.Status.ACTIVE,
            active_from=cast.enrolment.active_from,
        )
        for person in people
    )
    return cast


def asked(call) -> list[str]:
    """Every query but who is signed in, which each page of the site asks."""
    with CaptureQueriesContext(connection) as found:
        assert call().status_code in (200, 302)
    queries = [one["sql"] for one in found if not one["sql"].startswith(BRACKETS)]
    [account] = [one for one in queries if 'FROM "home_user" WHERE' in one]
    queries.remove(account)
    return queries


@pytest.mark.parametrize("size", [3, 300])
@pytest.mark.parametrize("who", ["trainer", "administrator"])
def test_page_and_save_take_at_most_four_queries(client, at, who, size):
    at("2026-10-12T09:05+05:00")
    cast = cohort_of(size)
    client.force_login(getattr(cast, who))
    url = reverse("lms:register", args=[cast.session.pk])
    client.get(url)
    Session.objects.update(status="held")

    page = asked(lambda: client.get(url))
    everybody = sheet(client, url)
    late = {name.replace("seen", "mark"): "late" for name in everybody}
    save = asked(lambda: client.post(url, everybody | late))
    unchanged = sheet(client, url)
    again = asked(lambda: client.post(url, unchanged | {"then": "rest"}))

    marks = Mark.objects.filter(session=cast.session, status__code="late")
    assert (marks.count(), MarkEvent.objects.count()) == (size, size)
    assert len(page) <= 4, page
    assert [one.split()[0] for one in save] == ["SELECT", "SELECT", "INSERT", "INSERT"]
    assert len(again) <= 4, again


def test_the_first_save_also_writes_that_the_session_was_held(client, at):
    at("2026-10-12T09:05+05:00")
    cast = cohort_of(3)
    client.force_login(cast.trainer)
    url = reverse("lms:register", args=[cast.session.pk])
    everybody = sheet(client, url)

    save = asked(lambda: client.post(url, everybody | {"then": "rest"}))

    first = [one.split()[0] for one in save]
    assert first == ["SELECT", "SELECT", "INSERT", "INSERT", "UPDATE"]
