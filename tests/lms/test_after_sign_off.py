"""A register that was opened again asks why, at whatever door a mark comes in."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses import clock
from lms.actions import attendance as actions
from lms.actions import conferences
from lms.actions.evidence import Evidence, record
from lms.actions.guests import add_walk_in, match_guest
from lms.actions.refusal import ReasonMissing
from lms.actions.scanning import scan
from lms.actions.uploads import Item, take_up
from lms.models import Enrolment, Mark, Session
from lms.personal_codes import personal_code
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person

pytestmark = pytest.mark.django_db
WHY = "the sheets were mixed up"


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    """Everybody was there; a guest came, who had a place."""
    at_once("2026-10-12T10:35+05:00")
    cast = make_cast()
    cast.cohort.sessions.exclude(pk=cast.session.pk).delete()
    Session.objects.update(local_date="2026-10-12", starts_at="2026-10-12T09:00+05:00")
    cast.session.refresh_from_db()
    began = clock.now() - timedelta(days=2)
    Enrolment.objects.filter(pk=cast.enrolment.pk).update(active_from=began)
    person = make_person(legal_name="Ҷӯраева Фотима")
    cast.fotima = make_enrolment(person, cast.cohort, active_from=began)
    cast.guest = add_walk_in(cast.session, name="Фотима", by=cast.trainer)
    actions.mark_the_rest_present(cast.session, by=cast.trainer)
    actions.sign_off_register(cast.session, by=cast.trainer)
    cast.session = actions.reopen_register(
        cast.session, by=cast.coordinator, reason=WHY
    )
    return cast


@pytest.fixture
def staff(client, cast):
    client.force_login(cast.coordinator)
    return client


def last(cast, place=None):
    """The last event about this person, or Fotima."""
    return cast.session.mark_events.filter(enrolment=place or cast.fotima).latest("pk")


def was_corrected(event, reason=WHY):
    return (event.reason, "after_sign_off" in event.flags) == (reason, True)


def test_whatever_staff_say_of_a_mark_after_sign_off_needs_a_reason(cast):
    """ATT-49: one rule, whatever the source; a reason of any length is kept."""
    before = cast.session.mark_events.count()
    for source in ("trainer", "personal_code", "import"):
        piece = Evidence(enrolment_id=cast.fotima.pk, source=source, code="late")
        with pytest.raises(ReasonMissing):
            record(cast.session, [piece], by=cast.trainer, reason=" ")
    assert cast.session.mark_events.count() == before

    record(cast.session, [piece], by=cast.trainer, reason="x" * 300)

    assert was_corrected(last(cast), "x" * 200)


def test_a_participants_own_code_and_the_system_are_asked_for_no_reason(cast):
    """ATT-49: what they say is flagged all the same."""
    own = {"enrolment_id": cast.fotima.pk, "code": "present"}
    pieces = [
        Evidence(**own, source="room_code"),
        Evidence(**own, source="personal_code", kind="exit", flags=("auto",)),
    ]

    outcomes = record(cast.session, pieces, by=None)

    assert all(was_corrected(one.event, "") for one in outcomes)


def test_the_grid_says_why_beside_the_cell_and_asks(staff, cast):
    """ATT-49: what was typed stays, and the field is on the page."""
    address = reverse("lms:register_grid", args=[cast.cohort.code])
    name = f"mark-{cast.session.pk}-{cast.fotima.pk}-1-present"

    refused = staff.post(f"{address}?session={cast.session.pk}", {name: "-"})
    kept = refused.context["grid"].cells[cast.session.pk, cast.fotima.pk]
    staff.post(f"{address}?session={cast.session.pk}", {name: "-", "reason": WHY})

    assert (kept.typed, kept.error) == ("-", "Write why.")
    assert 'name="reason"' in refused.content.decode()
    assert was_corrected(last(cast))
    assert Mark.objects.get(enrolment=cast.fotima).status.code == "absent"


def test_the_import_of_a_table_asks(staff, cast):
    """ATT-49"""
    Mark.objects.filter(enrolment=cast.fotima).update(source="import")
    cast.session.mark_events.filter(enrolment=cast.fotima).update(source="import")
    file = SimpleUploadedFile("r.csv", "Name,2026-10-12\nҶӯраева Фотима,-\n".encode())
    address = reverse("lms:import_register", args=[cast.cohort.code])
    page = staff.post(address, {"file": file})
    data = {"table": page.context["form"].carried, "then": "apply"}
    data |= {"column-1": cast.session.pk}

    refused = staff.post(address, data)
    staff.post(address, data | {"reason": WHY})

    assert 'id="error-reason"><li>Write why.' in refused.content.decode()
    assert was_corrected(last(cast), f"{WHY}. Imported list, line 2")


def test_a_scan_and_a_guest_are_asked_about_beside_the_field(staff, cast):
    """ATT-49"""
    code = {"kind": "exit", "value": personal_code(cast.fotima)}
    guest = {"name": "Нигора Азизова"}
    doors = [("session_scan", code), ("add_guest", guest)]

    for name, data in doors:
        address = reverse(f"lms:{name}", args=[cast.session.pk])
        refused = staff.post(address, data)
        assert refused.context["form"].errors == {"reason": ["Write why."]}
        assert staff.post(address, data | {"reason": WHY}).status_code == 302

    nigora = Enrolment.objects.get(person__legal_name=guest["name"])
    assert was_corrected(last(cast))
    assert was_corrected(last(cast, nigora))


def test_a_match_of_a_guest_says_itself_why(cast):
    """ATT-47, ATT-49"""
    match_guest(cast.guest, person=cast.fotima.person, by=cast.coordinator)

    assert was_corrected(last(cast), "Was written down as a guest")


def test_what_a_device_sends_waits_until_it_is_accepted(cast):
    """ATT-28: nobody can be asked on a device without a line, and nothing is lost."""
    item = Item(
        nonce=UUID(int=1),
        kind="set",
        enrolment_id=cast.fotima.pk,
        code="absent",
        stated_at=clock.now(),
        seen=1,
    )

    [answer] = take_up(
        cast.session, [item], device="a", sent_at=clock.now(), by=cast.trainer
    )

    assert answer.what == "forced"
    assert last(cast).waits
    assert Mark.objects.get(enrolment=cast.fotima).status.code == "present"


def test_the_report_of_a_conference_asks(staff, cast):
    """ATT-49"""
    data = (
        "Name,Email,Join Time,Leave Time\n"
        "Ҷӯраева Фотима,,2026-10-12 09:00:00,2026-10-12 10:30:00\n"
    )
    upload = conferences.keep_report(
        cast.session,
        data=data.encode(),
        name="report.csv",
        timezone="Asia/Dushanbe",
        by=cast.coordinator,
    )
    address = reverse("lms:conference_check", args=[upload.pk])

    refused = staff.post(address, {"apply": "1"}, follow=True)
    staff.post(address, {"apply": "1", "reason": WHY})

    assert "Write why." in refused.content.decode()
    assert was_corrected(last(cast), f"{WHY}. Report of the conference")


def test_a_scan_without_a_reason_is_kept_nowhere_as_a_mark(cast):
    """ATT-49: the verb itself refuses it."""
    with pytest.raises(ReasonMissing):
        scan(
            cast.session,
            value=personal_code(cast.fotima),
            kind="entry",
            by=cast.trainer,
        )
