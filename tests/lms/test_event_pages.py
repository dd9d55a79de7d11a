"""Events on the phone of whoever held them; the stranger comes first."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.models import Event
from tests.cast import make_cast
from tests.factories import make_event

pytestmark = pytest.mark.django_db
ADD = "lms:event_add"


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once("2026-11-25T12:00+05:00")
    return make_cast()


def answers(**fields) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "kind": "screening",
        "held_on": "2026-11-20",
        "centre": "khorog",
        "heads_f_18-29": "12",
        "heads_x_x": "2",
    } | fields


@pytest.mark.parametrize("role", ["stranger", "participant", "marker", "observer"])
def test_who_does_not_teach_neither_reads_nor_writes_events(client, cast, role):
    """PR-11"""
    event = make_event()
    client.force_login(getattr(cast, role))

    pages = [reverse("lms:events"), reverse(ADD)]
    rows = [reverse(f"lms:event_{name}", args=[event.pk]) for name in ("edit", "sheet")]

    assert [client.get(url).status_code for url in pages] == [403, 403]
    assert [client.get(url).status_code for url in rows] == [404, 404]
    assert client.post(reverse(ADD), answers()).status_code == 403
    assert Event.objects.count() == 1


def test_a_trainer_reads_and_withdraws_only_what_she_wrote_down(client, cast):
    """PR-11"""
    make_event(title="Mine", recorded_by=cast.trainer)
    other = make_event(title="Of another", recorded_by=cast.other_trainer)
    client.force_login(cast.trainer)

    page = client.get(reverse("lms:events")).content.decode()
    url = reverse("lms:event_withdraw", args=[other.pk])

    assert "Mine" in page
    assert "Of another" not in page
    assert client.post(url, {"reason": "No"}).status_code == 404


def test_an_event_is_written_down_once_however_often_the_form_is_sent(client, cast):
    client.force_login(cast.trainer)
    form = answers()

    client.post(reverse(ADD), form)
    client.post(reverse(ADD), form)

    event = Event.objects.get()
    assert (event.region, event.heads, event.held_on) == (
        "gbao",
        14,
        date(2026, 11, 20),
    )
    assert event.recorded_by == cast.trainer


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"heads_f_18-29": "", "heads_x_x": ""}, "Count at least one head."),
        ({"heads_f_18-29": "-3"}, "greater than or equal to 0"),
        ({"held_on": "2027-01-01"}, "This day is still to come."),
        ({"centre": "", "place": ""}, "Choose a centre or write the place."),
        ({"centre": "", "place": "A school"}, "Choose the region of this place."),
        ({"key": "x"}, "valid UUID"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, cast, fields, words):
    client.force_login(cast.trainer)

    page = client.post(reverse(ADD), answers(title="Film evening", **fields))

    assert page.status_code == 200
    assert words in page.content.decode()
    assert "Film evening" in page.content.decode()
    assert not Event.objects.exists()


def test_a_file_that_is_no_sheet_is_refused_beside_its_field(client, cast):
    client.force_login(cast.trainer)
    file = SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")

    page = client.post(reverse(ADD), answers(sheet=file))

    assert page.context["form"].errors["sheet"]


def test_a_sheet_comes_as_a_file_that_no_browser_runs(client, cast):
    client.force_login(cast.trainer)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 sheet", "application/pdf")
    client.post(reverse(ADD), answers(sheet=file))

    answer = client.get(reverse("lms:event_sheet", args=[Event.objects.get().pk]))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 sheet"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_coordinator_corrects_what_a_trainer_wrote_down(client, cast):
    event = make_event(recorded_by=cast.trainer)
    client.force_login(cast.coordinator)

    client.post(reverse("lms:event_edit", args=[event.pk]), answers(title="Film"))

    event = Event.objects.get()
    assert (event.title, event.heads) == ("Film", 14)


def test_a_withdrawn_event_says_so_and_cannot_be_changed(client, cast):
    event = make_event(recorded_by=cast.trainer)
    client.force_login(cast.trainer)

    url = reverse("lms:event_withdraw", args=[event.pk])
    page = client.post(url, {"reason": "Twice"}, follow=True)

    assert "Withdrawn" in page.content.decode()
    url = reverse("lms:event_edit", args=[event.pk])
    assert client.get(url).status_code == 404


def test_three_events_ask_no_more_queries_than_one(
    client, cast, django_assert_max_num_queries
):
    make_event()
    client.force_login(cast.administrator)
    client.get(reverse("lms:events"))
    with django_assert_max_num_queries(100) as once:
        client.get(reverse("lms:events"))
    make_event()
    make_event()

    with django_assert_max_num_queries(len(once)):
        client.get(reverse("lms:events"))


def test_the_menu_of_the_admin_leads_to_events_only_who_may_open_them(client, cast):
    def leads(role: str) -> bool:
        client.force_login(getattr(cast, role))
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        return reverse("lms:events") in page

    shown = {r: leads(r) for r in ("observer", "coordinator", "administrator")}

    assert shown == {"observer": False, "coordinator": True, "administrator": True}
