"""Administrators read what would go before they erase, and answer wishes."""

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from lms.actions import erasure
from lms.models import Erasure
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_cast()
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
