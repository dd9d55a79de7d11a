"""Administrators read what would go before they erase, and answer wishes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst

from lms.actions import erasure
from lms.models import Erasure
from lms.panels import waiting
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast):
    cast.wish = erasure.ask(cast.person, by=None, certificates="withdraw")
    return cast


def addresses(cast):
    return [
        reverse("lms_people:erase", args=[cast.person.pk]),
        reverse("lms_erasures:decline", args=[cast.wish.pk]),
        reverse("lms_erasures:index"),
    ]


@pytest.mark.parametrize("who", ["participant", "trainer", "coordinator", "observer"])
def test_nobody_but_administrators_erases_or_reads_wishes(client, cast, who):
    """PR-11"""
    client.force_login(getattr(cast, who))
    sent = {"reason": "x", "certificates": "register"}

    answers = [client.get(url).status_code for url in addresses(cast)]
    answers += [client.post(url, sent).status_code for url in addresses(cast)[:2]]

    assert set(answers) <= {302, 403, 404}
    cast.wish.refresh_from_db()
    cast.person.refresh_from_db()
    assert cast.wish.state == Erasure.State.ASKED
    assert cast.person.anonymised_at is None


def test_administrators_find_waiting_wishes_on_their_dashboard(client, cast):
    """Each leads to its dry run; who runs a cohort is told of none."""
    erase = reverse("lms_people:erase", args=[cast.person.pk])
    mine = {panel.key: tasks for panel, tasks in waiting(cast.administrator)}
    assert mine["wishes"][0].url == erase
    client.force_login(cast.administrator)
    assert erase in client.get(reverse("wagtailadmin_home")).content.decode()

    for user in (cast.coordinator, cast.observer, cast.participant):
        assert "wishes" not in [panel.key for panel, _tasks in waiting(user)]
    assert "wishes" not in [
        panel.key for panel, _tasks in waiting(cast.administrator, cast.cohort)
    ]


def test_the_dashboard_asks_as_often_for_three_wishes_as_for_one(
    cast, django_assert_num_queries
):
    # The first time reads the account's groups.
    waiting(cast.administrator)
    with CaptureQueriesContext(connection) as one:
        waiting(cast.administrator)
    for _number in range(2):
        erasure.ask(make_person(), by=None, certificates="register")

    with django_assert_num_queries(len(one)):
        told = {panel.key: tasks for panel, tasks in waiting(cast.administrator)}

    tasks = told["wishes"]

    assert len(tasks) == 4
    assert tasks[-1].text.endswith("(3)")


def test_a_wish_that_was_answered_waits_no_more(cast):
    erasure.decline(cast.wish, by=cast.administrator, reason="Not now.")

    assert "wishes" not in [panel.key for panel, _ in waiting(cast.administrator)]


def test_the_dry_run_says_what_happens_and_reading_it_erases_nothing(client, cast):
    """PR-02"""
    client.force_login(cast.administrator)
    url = reverse("lms_people:erase", args=[cast.person.pk])

    page = client.get(url).content.decode()

    for line in erasure.plan(cast.person).lines:
        title = capfirst(line.title)
        assert f"<strong>{title}</strong> ({line.rows}): {line.effect}." in page
    cast.person.refresh_from_db()
    assert cast.person.anonymised_at is None


def test_erasing_needs_a_reason_and_then_ends_the_wish(client, cast):
    client.force_login(cast.administrator)
    url = reverse("lms_people:erase", args=[cast.person.pk])

    refused = client.post(url, {"reason": " ", "certificates": "withdraw"})
    client.post(url, {"reason": "She asked.", "certificates": "withdraw"})

    assert refused.status_code == 200
    cast.wish.refresh_from_db()
    cast.person.refresh_from_db()
    assert (cast.wish.state, cast.wish.certificates) == ("done", "withdraw")
    assert cast.person.anonymised_at


def test_a_wish_is_listed_and_declined_with_a_reason(client, cast):
    client.force_login(cast.administrator)
    listed = client.get(reverse("lms_erasures:index")).content.decode()

    client.post(
        reverse("lms_erasures:decline", args=[cast.wish.pk]), {"reason": "A court."}
    )

    assert reverse("lms_people:erase", args=[cast.person.pk]) in listed
    assert reverse("lms_erasures:decline", args=[cast.wish.pk]) in listed
    cast.wish.refresh_from_db()
    assert (cast.wish.state, cast.wish.reason) == ("declined", "A court.")
