"""The outbox and letters to cohorts: each only for who may, of their own cohorts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions import cohort_letters
from lms.models import CohortLetter, Message
from lms.panels import waiting

pytestmark = pytest.mark.django_db

WORDS = {"subject_en": "About {training}", "body_en": "Dear {name}"}


def make_letter(cohort):
    texts = {"en": ("About {training}", "Dear {name}")}
    return cohort_letters.write(cohort, texts=texts, audience="everybody", by=None)


def test_another_cohorts_letters_do_not_exist(client, cast):
    """PR-11"""
    letter = make_letter(cast.cohort)
    message = Message.objects.get()
    client.force_login(cast.other_coordinator)

    for name, pk in (
        ("lms_cohort_letters:approve", letter.pk),
        ("lms_cohort_letters:take_back", letter.pk),
        ("lms_messages:retry", message.pk),
        ("lms_messages:give_up", message.pk),
    ):
        assert client.post(reverse(name, args=[pk]), follow=True).status_code == 404
    assert message.to not in client.get(reverse("lms_messages:index")).text


def test_a_trainer_writes_and_a_coordinator_approves(client, cast):
    """CM-06"""
    client.force_login(cast.trainer)
    data = {"cohort": cast.cohort.pk, "audience": "everybody", **WORDS}
    client.post(reverse("lms_cohort_letters:add"), data)
    letter = CohortLetter.objects.get()
    address = reverse("lms_cohort_letters:approve", args=[letter.pk])
    # Refused pages of the admin lead back to its front page.
    assert client.post(address).status_code in (302, 403)
    assert Message.objects.get().state == "waiting"

    client.force_login(cast.coordinator)
    page = client.get(address).text
    assert "1 person gets this letter" in page
    assert f"Dear {cast.person.legal_name}" in page
    client.post(address)

    assert Message.objects.get().state == "queued"


def test_an_unknown_name_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, cast
):
    """CM-04"""
    client.force_login(cast.coordinator)
    data = {"cohort": cast.cohort.pk, "audience": "everybody", **WORDS}

    data["body_en"] = "Dear {nmae}"
    page = client.post(reverse("lms_cohort_letters:add"), data)

    assert page.status_code == 200
    assert "{nmae}" in str(page.context["form"].errors["body_en"])
    assert "About {training}" in page.text


def test_a_failed_letter_is_shown_with_its_reason_and_tried_again(client, cast):
    """CM-09"""
    make_letter(cast.cohort)
    Message.objects.update(state="failed", error="550 No such mailbox", tries=1)
    client.force_login(cast.coordinator)

    kinds = [panel.key for panel, _tasks in waiting(cast.coordinator)]
    assert "failed" in kinds
    assert "550 No such mailbox" in client.get(reverse("lms_messages:index")).text
    message = Message.objects.get()
    client.post(reverse("lms_messages:retry", args=[message.pk]))

    message.refresh_from_db()
    assert message.state != "failed"
    assert message.due_at >= clock.now() or message.state in ("sent", "queued")


@pytest.mark.parametrize("name", ["lms_messages:index", "lms_cohort_letters:index"])
def test_the_lists_ask_the_same_for_one_row_and_for_three(client, name, cast):
    client.force_login(cast.coordinator)
    asked = []

    for _ in range(3):
        make_letter(cast.cohort)
        # Wagtail remembers some of what it reads from the first page on.
        address = client.get(reverse(name), follow=True).request["PATH_INFO"]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] == asked[2]
