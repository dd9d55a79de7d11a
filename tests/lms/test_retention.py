"""What is kept only for a time goes at night, and results of learning never do."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from courses import clock
from courses.models import QuestionUpload
from lms import roles, tasks
from lms.actions import retention
from lms.actions.evidence import Evidence, record
from lms.actions.refused_check_ins import refuse_check_in
from lms.models import (
    Enrolment,
    Mark,
    MarkEvent,
    MarkStatus,
    Message,
    RefusedCheckIn,
    RetentionRun,
    RosterUpload,
)
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_locale,
    make_register,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db

YEARS_AGO = timedelta(days=1400)


@pytest.fixture
def old_rows():
    """One old row of several classes, and a place as old as they are."""
    long_ago = clock.now() - YEARS_AGO
    place = make_enrolment(status="completed", completed_at=long_ago,
                           completed_on=long_ago.date())  # fmt: skip
    make_user(last_login=long_ago)
    MarkEvent.objects.create(
        session=make_session(place.cohort),
        enrolment=place,
        source="trainer",
        new=MarkStatus.objects.first(),
        device="a phone",
        happened_at=long_ago,
        received_at=long_ago,
    )
    Message.objects.create(
        key="old", person=place.person, to="a@example.org", template="x", locale="en",
        state="sent", sent_at=long_ago, due_at=long_ago,
    )  # fmt: skip
    roster = RosterUpload(cohort=make_cohort(), name="list.csv", created_at=long_ago)
    roster.file.save("old-roster", ContentFile(b"names"))
    QuestionUpload.objects.create(
        name="bank.gift", content=b"Why? {}", locale=make_locale(), created_at=long_ago
    )
    BrowserSession.objects.create(
        session_key="old", session_data="x", expire_date=long_ago
    )
    return place


def test_old_data_go_and_the_report_says_how_many(
    old_rows, django_capture_on_commit_callbacks
):
    """PR-08"""
    before = Enrolment.objects.values().get()
    file = RosterUpload.objects.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        run = retention.keep_house()

    expected = dict.fromkeys([rule.key for rule in retention.RULES], 0)
    expected |= dict.fromkeys(
        ["devices", "letters", "questions", "rosters", "sessions", "accounts"], 1
    )
    assert run.counts == expected
    assert not storages["private"].exists(file)
    assert not QuestionUpload.objects.get().content
    assert Message.objects.values_list("to", "state").get() == ("", "sent")
    assert Enrolment.objects.values().get() == before


def test_what_one_rule_cannot_end_stops_no_other(old_rows, monkeypatch):
    def fail(before):
        raise OSError("broken disk")

    rules = [retention.Rule("broken", "Broken", 1, fail), *retention.RULES]
    monkeypatch.setattr(retention, "RULES", rules)

    with pytest.raises(ExceptionGroup):
        retention.keep_house()

    counts = RetentionRun.objects.get().counts
    assert (counts["devices"], counts["sessions"], "broken" in counts) == (1, 1, False)


def test_a_second_round_finds_nothing(old_rows):
    """PR-08: idempotent."""
    retention.keep_house()

    again = retention.keep_house()

    assert set(again.counts.values()) == {0}
    assert RetentionRun.objects.count() == 2


def test_data_are_kept_as_long_as_administrators_say(old_rows):
    """PR-08"""
    by = make_user()

    retention.keep_for(by=by, devices=5000)
    run = retention.keep_house()

    assert retention.days_of()["devices"] == 5000
    assert run.counts["devices"] == 0
    assert MarkEvent.objects.get().device == "a phone"


@pytest.mark.parametrize("name", [*roles.ROLE_GROUPS, "superuser"])
def test_the_night_closes_no_account_with_a_role(name):
    """EN-16: the last administrator may be away for years and still come in."""
    roles.ensure_roles()
    groups = Group.objects.filter(name=name)
    long_ago = clock.now() - YEARS_AGO
    staff = make_user(
        groups=groups, is_superuser=name == "superuser", last_login=long_ago
    )
    unused = make_user(last_login=long_ago)

    run = retention.keep_house()

    staff.refresh_from_db()
    unused.refresh_from_db()
    assert (staff.is_active, unused.is_active) == (True, False)
    assert run.counts["accounts"] == 1


def test_the_round_is_one_of_the_nights_jobs():
    assert retention.keep_house in tasks.NIGHT_JOBS


def test_device_and_network_of_a_mark_go_and_the_mark_stays():
    """ATT-55: and of a refused check-in; why it was refused stays, too."""
    session, [one, _], trainer = make_register()
    told = Evidence(
        enrolment_id=one.pk,
        source="room_code",
        code="present",
        device="a phone",
        network="192.0.2.7",
        nonce=UUID(int=1),
        flags=("same_device",),
    )
    record(session, [told], by=trainer)
    refuse_check_in(
        why="old",
        source="room_code",
        value="WXYZ",
        session=session,
        enrolment=one,
        device="a phone",
        network="192.0.2.7",
        nonce=UUID(int=2),
    )
    before = Mark.objects.values().get()

    with clock.stopped_at(clock.now() + timedelta(days=89)):
        early = retention.keep_house()
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        late = [retention.keep_house() for _ in range(2)]

    assert early.counts["devices"] == 0
    assert [run.counts["devices"] for run in late] == [2, 0]
    event, refused = MarkEvent.objects.get(), RefusedCheckIn.objects.get()
    for row in (event, refused):
        assert (row.device, row.network, row.nonce) == ("", "", None)
    assert (event.new.code, event.flags) == ("present", ["same_device"])
    assert (refused.why, refused.digest) == ("old", "")
    assert Mark.objects.values().get() == before
