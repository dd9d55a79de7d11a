"""What a browser shows of an attempt without a line is the same for everybody."""

import pytest
from django.urls import reverse

from tests.factories import make_participant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["lms:line_away", "lms:line_away_worker"])
def test_nothing_of_who_asks_is_in_it(client, name):
    """QZ-20."""
    user = make_participant().user
    stranger = client.get(reverse(name))
    client.force_login(user)
    mine = client.get(reverse(name))

    assert stranger.content == mine.content
    assert not mine.cookies


def test_the_worker_sees_the_pages_of_attempts_only(client):
    answer = client.get(reverse("lms:line_away_worker"))

    assert answer["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in answer
    assert reverse("lms:attempt", args=[1]).startswith(
        reverse("lms:line_away_worker").removesuffix("worker.js")
    )
