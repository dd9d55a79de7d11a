"""Events without enrolment: heads counted, nobody named."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from lms.actions import events as actions
from lms.models import Event, HeadCount
from tests.factories import make_donor, make_event, make_user

pytestmark = pytest.mark.django_db
NOW = "2026-11-25T12:00+05:00"
HEADS = {("f", "18-29"): 12, ("m", "60+"): 3, ("", ""): 2}


@pytest.fixture(autouse=True)
def _today(at):
    at(NOW)


def record(**fields):
    defaults = {
        "key": uuid.uuid4(),
        "kind": Event.Kind.SCREENING,
        "held_on": date(2026, 11, 20),
        "centre": "khorog",
        "heads": HEADS,
        "by": make_user(),
    }
    return actions.record_event(**defaults | fields)


def heads_of(event) -> dict:
    return {(row.sex, row.age): row.heads for row in event.counts.all()}


def changed(event, **fields):
    kept = {
        "by": make_user(),
        "heads": heads_of(event),
        "donors": list(event.donors.all()),
    }
    return actions.change_event(event, **kept | fields)


def actions_logged() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_recording_keeps_the_heads_and_who_wrote_them_down():
    user, donor = make_user(), make_donor()

    event = record(by=user, donors=[donor], title="Film evening")

    assert (event.heads, heads_of(event)) == (17, HEADS)
    assert (event.recorded_by, list(event.donors.all())) == (user, [donor])
    assert actions_logged() == ["lms.record_event"]


def test_a_centre_says_in_which_region_it_lies():
    assert record(centre="khorog").region == "gbao"
    assert record(centre="", place="Moscow", region="abroad").region == "abroad"


def test_a_form_sent_twice_is_one_event():
    key = uuid.uuid4()

    assert record(key=key) == record(key=key)
    assert Event.objects.count() == 1
    assert actions_logged() == ["lms.record_event"]


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"held_on": date(2026, 11, 26)}, actions.NotHeldYet, "held_on"),
        ({"centre": "", "region": "gbao"}, actions.PlaceMissing, "place"),
        ({"centre": "", "place": "A school"}, actions.RegionMissing, "region"),
        ({"heads": {("f", ""): 0}}, actions.NobodyCounted, "heads"),
        ({"sheet": b"<html>"}, actions.SheetUnreadable, "sheet"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(fields, refusal, field):
    with pytest.raises(refusal) as refused:
        record(**fields)

    assert refused.value.field == field
    assert not Event.objects.exists()


def test_a_change_says_in_the_log_what_stood_there_before():
    event = record(title="Film")

    changed(event, title="Film evening", heads={("f", ""): 9})

    event.refresh_from_db()
    assert (event.title, heads_of(event)) == ("Film evening", {("f", ""): 9})
    entry = ModelLogEntry.objects.get(action="lms.change_event")
    assert entry.data["before"] == {
        "title": "Film",
        "heads": {"? ?": 2, "f 18-29": 12, "m 60+": 3},
    }


def test_nothing_new_writes_nothing():
    event = record(title="Film", region="")

    changed(event, title="Film", centre="khorog", region="")

    assert actions_logged() == ["lms.record_event"]


def test_a_new_sheet_replaces_the_file_of_the_old_one(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    event = record(sheet=b"%PDF-1 old")
    storage, old = event.sheet.storage, event.sheet.name

    with django_capture_on_commit_callbacks(execute=True):
        event = changed(event, sheet=b"%PDF-1 new")

    assert event.sheet.read() == b"%PDF-1 new"
    assert not storage.exists(old)


def test_withdrawing_keeps_the_row_and_says_why_once():
    event = record()

    actions.withdraw_event(event, by=make_user(), reason="Counted twice")
    actions.withdraw_event(event, by=make_user(), reason="Again")

    event.refresh_from_db()
    assert event.withdrawn_reason == "Counted twice"
    assert not Event.objects.standing().exists()
    assert actions_logged() == ["lms.record_event", "lms.withdraw_event"]


def test_withdrawing_needs_a_reason():
    with pytest.raises(actions.Refused):
        actions.withdraw_event(record(), by=make_user(), reason="  ")


def test_what_is_withdrawn_is_not_changed():
    event = record()
    actions.withdraw_event(event, by=make_user(), reason="Counted twice")

    with pytest.raises(actions.EventWithdrawn):
        changed(event, title="New")


@pytest.mark.parametrize(
    "fields",
    [
        {"centre": "", "place": ""},
        {"region": ""},
        {"withdrawn_reason": "No time"},
    ],
)
def test_the_database_refuses_nonsense_about_an_event(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(**fields)


@pytest.mark.parametrize(
    "fields", [{"heads": 0}, {"sex": "x"}, {"age": "5-9"}, {"sex": "f", "age": ""}]
)
def test_the_database_refuses_nonsense_about_heads(fields):
    event = make_event({("f", ""): 5})

    with pytest.raises(IntegrityError), transaction.atomic():
        HeadCount.objects.create(event=event, **{"heads": 1} | fields)
