"""A signed sheet typed in on a grid, and the photo of it that is kept."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from courses import clock
from lms.actions import attendance, retention
from lms.actions.guests import add_walk_in
from lms.forms.register_grid import Grid
from lms.models import MarkEvent, RegisterScan
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person, make_session

pytestmark = pytest.mark.django_db

START = "2026-10-12T18:00+05:00"
DAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.cohort.sessions.all().delete()
    cast.morning = make_session(cast.cohort, local_date=DAY, local_time=time(9))
    cast.afternoon = make_session(cast.cohort, local_date=DAY, local_time=time(13))
    began = clock.now() - timedelta(days=3)
    cast.enrolment.active_from = began
    cast.enrolment.save()
    person = make_person(legal_name="Ҷӯраева Фотима")
    cast.fotima = make_enrolment(person, cast.cohort, active_from=began)
    return cast


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def address(cast, name="register_grid", *args):
    return reverse(f"lms:{name}", args=[cast.cohort.code, *args])


def cell(place, session, version=0, code=""):
    return f"mark-{session.pk}-{place.pk}-{version}-{code}"


def marks(cast):
    """By person and session what stands in the registers."""
    return {
        (line.pk, session.pk): line.code
        for session in (cast.morning, cast.afternoon)
        for line in attendance.sheet_of(session)
        if line.code
    }


def photo(name="sheet.jpg"):
    data = BytesIO()
    Image.new("RGB", (60, 40), "white").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def test_a_signed_sheet_is_typed_in_with_one_sign_a_cell(trainer, cast):
    """ATT-36: as people write them on paper, whatever the case."""
    answer = trainer.post(
        address(cast),
        {
            cell(cast.enrolment, cast.morning): "+",
            cell(cast.enrolment, cast.afternoon): "ОП",
            cell(cast.fotima, cast.morning): "-",
            cell(cast.fotima, cast.afternoon): "ув",
        },
        follow=True,
    )

    assert "Saved: 4 marks." in answer.content.decode()
    assert marks(cast) == {
        (cast.enrolment.pk, cast.morning.pk): "present",
        (cast.enrolment.pk, cast.afternoon.pk): "late",
        (cast.fotima.pk, cast.morning.pk): "absent",
        (cast.fotima.pk, cast.afternoon.pk): "excused",
    }
    sources = set(MarkEvent.objects.values_list("source", "by"))
    assert sources == {("trainer", cast.trainer.pk)}
    cast.morning.refresh_from_db()
    assert cast.morning.status == "held"


def test_saving_what_is_shown_changes_nothing(trainer, cast):
    """ATT-03."""
    trainer.post(address(cast), {cell(cast.enrolment, cast.morning): "+"})
    grid = trainer.get(address(cast)).context["grid"]
    shown = {one.name: one.typed for one in grid.cells.values()}

    answer = trainer.post(address(cast), shown, follow=True)

    assert "Nothing has changed" in answer.content.decode()
    assert MarkEvent.objects.count() == 1


def test_every_sign_that_is_shown_means_the_mark_it_stands_for(cast):
    for code in ("present", "late", "left_early", "excused", "absent"):
        attendance.mark(
            cast.morning, enrolment=cast.fotima, status_code=code, by=cast.trainer
        )
        grid = Grid([cast.morning])

        shown = {one.name: one.typed for one in grid.cells.values()}

        assert grid.read(shown) == []


def test_a_mark_of_a_colleague_is_not_overwritten_unseen(trainer, cast):
    """ATT-04: both are shown; saving once more decides."""
    attendance.mark(
        cast.morning, enrolment=cast.fotima, status_code="late", by=cast.coordinator
    )

    asked = trainer.post(address(cast), {cell(cast.fotima, cast.morning): "+"})
    kept = asked.context["grid"].cells[cast.morning.pk, cast.fotima.pk]

    assert marks(cast) == {(cast.fotima.pk, cast.morning.pk): "late"}
    assert kept.typed == "+"
    assert kept.error == (
        f"{cast.coordinator} marked meanwhile: Late. Save again to change it."
    )
    trainer.post(address(cast), {kept.name: kept.typed})
    assert marks(cast) == {(cast.fotima.pk, cast.morning.pk): "present"}


def test_what_nobody_can_read_stays_in_its_cell_and_the_rest_is_saved(trainer, cast):
    answer = trainer.post(
        address(cast),
        {
            cell(cast.fotima, cast.morning): "болеет",
            cell(cast.enrolment, cast.morning): "+",
        },
    )

    kept = answer.context["grid"].cells[cast.morning.pk, cast.fotima.pk]
    assert kept.typed == "болеет"
    assert kept.error.startswith("Nobody can read this. Write one of: + ")
    assert marks(cast) == {(cast.enrolment.pk, cast.morning.pk): "present"}


def test_why_a_cell_is_not_saved_stands_below_its_line_with_the_hour(trainer, cast):
    """Beside the cell it would lie off the screen of a phone."""
    name = cell(cast.fotima, cast.afternoon)

    page = trainer.post(address(cast), {name: "болеет"}).content.decode()

    why = f"e-{cast.afternoon.pk}-{cast.fotima.pk}"
    _line, _, rest = page.partition(f'aria-describedby="{why}"')
    assert rest.index("</tr>") < rest.index(f'id="{why}"')
    assert f"<bdi>{cast.afternoon.local_time:%H:%M}</bdi>: Nobody can read" in rest


def test_the_page_says_of_which_day_the_sheet_is(trainer, cast):
    """The row of days is longer than a phone is wide."""
    page = trainer.get(address(cast)).content.decode()

    day = f"{cast.morning.local_date:%A, %-d %B %Y}"
    assert f'<p class="muted">{day}</p></header>' in page


def test_an_emptied_cell_takes_the_mark_back_and_keeps_the_remark(trainer, cast):
    attendance.mark(
        cast.morning,
        enrolment=cast.fotima,
        status_code="late",
        by=cast.trainer,
        remark="The bus.",
    )

    trainer.post(address(cast), {cell(cast.fotima, cast.morning, 1, "late"): ""})

    assert marks(cast) == {}
    assert cast.fotima.marks.get().remark == "The bus."


def test_a_signed_register_is_not_typed_over(trainer, cast):
    attendance.mark_the_rest_present(cast.morning, by=cast.trainer)
    attendance.sign_off_register(cast.morning, by=cast.trainer)

    answer = trainer.post(
        address(cast),
        {
            cell(cast.fotima, cast.morning, 1, "present"): "-",
            cell(cast.fotima, cast.afternoon): "-",
        },
    )

    kept = answer.context["grid"].cells[cast.morning.pk, cast.fotima.pk]
    assert "signed off" in kept.error
    assert marks(cast)[cast.fotima.pk, cast.morning.pk] == "present"
    assert marks(cast)[cast.fotima.pk, cast.afternoon.pk] == "absent"


@pytest.mark.parametrize(
    "name",
    ["mark-1-1-0-", "mark--", "mark-x", "mark-" + "9" * 30 + "-1-0-", "marks", ""],
)
def test_a_cell_of_no_page_is_passed_over(trainer, cast, name):
    assert trainer.post(address(cast), {name: "+"}).status_code == 302
    assert not MarkEvent.objects.exists()


def test_a_guest_is_in_the_grid_where_they_were(trainer, cast):
    guest = add_walk_in(cast.morning, name="Гулов Карим", by=cast.trainer)

    grid = trainer.get(address(cast)).context["grid"]

    assert (cast.morning.pk, guest.pk) in grid.cells
    assert (cast.afternoon.pk, guest.pk) not in grid.cells


def test_the_square_of_a_sheet_leads_to_its_day_and_its_session(trainer, cast):
    tomorrow = make_session(cast.cohort, local_date=DAY + timedelta(days=1))

    day = trainer.get(address(cast), {"day": "2026-10-12"}).context["grid"]
    one = trainer.get(address(cast), {"session": tomorrow.pk}).context["grid"]

    assert day.sessions == [cast.morning, cast.afternoon]
    assert one.sessions == [tomorrow]
    for wrong in ({"day": "2026-13-41"}, {"day": "x"}, {"session": "0"}):
        assert trainer.get(address(cast), wrong).status_code == 404


def test_who_was_signed_out_finds_what_was_typed(client, cast):
    client.post(address(cast), {cell(cast.fotima, cast.morning): "оп"})
    assert not MarkEvent.objects.exists()

    # The browser keeps its cookie through signing in.
    session = client.session
    kept = dict(session)["kept_grid"]
    client.force_login(cast.trainer)
    session = client.session
    session["kept_grid"] = kept
    session.save()
    page = client.get(address(cast))

    shown = page.context["grid"].cells[cast.morning.pk, cast.fotima.pk]
    assert shown.typed == "оп"


def test_the_grid_asks_as_many_queries_for_more_people(trainer, cast):
    trainer.get(address(cast))
    with CaptureQueriesContext(connection) as few:
        trainer.get(address(cast))
    for _number in range(3):
        make_enrolment(make_person(), cast.cohort)
    with CaptureQueriesContext(connection) as more:
        trainer.get(address(cast))

    assert len(few) == len(more)


def test_a_photo_of_the_sheet_is_kept_once_without_its_place_on_earth(trainer, cast):
    first = trainer.post(address(cast, "add_scan"), {"file": photo()}, follow=True)
    trainer.post(address(cast, "add_scan"), {"file": photo("again.jpg")})

    scan = RegisterScan.objects.get()
    assert set(scan.sessions.all()) == {cast.morning, cast.afternoon}
    assert "The sheet is kept with the register." in first.content.decode()
    opened = trainer.get(address(cast, "register_scan", scan.pk))
    assert b"".join(opened.streaming_content).startswith(b"\xff\xd8")
    assert opened["Content-Disposition"].startswith("attachment")
    assert opened["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_photo_and_no_scan_is_refused(trainer, cast):
    page = SimpleUploadedFile("sheet.jpg", b"<html>", "image/jpeg")

    answer = trainer.post(address(cast, "add_scan"), {"file": page})

    assert "neither a photo" in answer.content.decode()
    assert not RegisterScan.objects.exists()


def test_a_wrong_photo_is_removed_with_its_file(
    trainer, cast, django_capture_on_commit_callbacks
):
    trainer.post(address(cast, "add_scan"), {"file": photo()})
    scan = RegisterScan.objects.get()
    name = scan.file.name

    with django_capture_on_commit_callbacks(execute=True):
        trainer.post(address(cast, "remove_scan", scan.pk))

    assert not storages["private"].exists(name)
    assert trainer.get(address(cast, "register_scan", scan.pk)).status_code == 404


def test_a_scan_goes_when_its_time_is_over(
    trainer, cast, at, django_capture_on_commit_callbacks
):
    trainer.post(address(cast, "add_scan"), {"file": photo()})
    name = RegisterScan.objects.get().file.name

    at("2031-10-10T09:00+05:00")
    assert retention.keep_house().counts["scans"] == 0
    at("2031-10-13T09:00+05:00")
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.keep_house().counts["scans"] == 1

    assert not storages["private"].exists(name)


@pytest.mark.parametrize(
    "who", ["participant", "marker", "observer", "stranger", "other_trainer"]
)
def test_who_does_not_teach_the_cohort_types_nothing_and_opens_no_scan(
    client, trainer, cast, who
):
    trainer.post(address(cast, "add_scan"), {"file": photo()})
    scan = RegisterScan.objects.get()
    client.force_login(getattr(cast, who))

    answers = [
        client.get(address(cast)),
        client.post(address(cast), {cell(cast.fotima, cast.morning): "+"}),
        client.get(address(cast, "register_scan", scan.pk)),
        client.post(address(cast, "remove_scan", scan.pk)),
        client.post(address(cast, "add_scan"), {"file": photo()}),
    ]

    assert {one.status_code for one in answers} == {404}
    assert not MarkEvent.objects.exists()
