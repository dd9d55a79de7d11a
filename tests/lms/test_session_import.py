"""Sessions from a list: looked at first, applied once or twice with one result."""

from copy import deepcopy
from datetime import date, time
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.actions import attendance
from lms.actions.calendar_addresses import new_calendar_address
from lms.actions.session_import import import_sessions, plan
from lms.feeds import feed, sessions_at
from lms.models import Cohort, Session
from lms.session_list.ics import read_calendar
from lms.session_list.row import Row
from tests.cast import make_cast
from tests.factories import make_session

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}
MONDAY, TUESDAY = date(2026, 10, 19), date(2026, 10, 20)


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    """One session on Monday at nine, in the hall."""
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.all().delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    cast.session = make_session(
        cast.cohort, local_date=MONDAY, local_time=time(9), place="Hall", title="One"
    )
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    return deepcopy(scene_once)


def row(number, on=MONDAY, at=time(9), **said):
    return Row(number, on=on, at=at, **said)


def outcomes(scene, *rows):
    return [(line.outcome.value, line.why) for line in plan(scene.cohort, rows)]


def test_a_list_applied_twice_gives_the_same(scene):
    """ATT-34: new, changed and refused are counted, and nothing happens twice."""
    rows = [
        row(2, place="Hall 2"),
        row(3, on=TUESDAY, title="Two", minutes=60, uid="x1"),
        row(4, on=date(2027, 10, 19)),
    ]

    first = import_sessions(scene.cohort, rows=rows, by=scene.trainer)
    second = import_sessions(scene.cohort, rows=rows, by=scene.trainer)

    assert dict(first) == {"changed": 1, "new": 1, "refused": 1}
    assert dict(second) == {"same": 2, "refused": 1}
    told = scene.cohort.sessions.values_list("local_date", "title", "place", "minutes")
    assert list(told) == [(MONDAY, "One", "Hall 2", 90), (TUESDAY, "Two", "", 60)]
    assert ModelLogEntry.objects.filter(action="lms.import_sessions").count() == 1


def test_a_session_known_by_its_uid_is_moved(scene):
    """ATT-35: the same UID under another time is a change, not a second session."""
    import_sessions(scene.cohort, rows=[row(2, on=TUESDAY, uid="x")], by=None)

    counts = import_sessions(
        scene.cohort, rows=[row(2, on=TUESDAY, at=time(14), uid="x")], by=None
    )

    assert dict(counts) == {"changed": 1}
    moved = scene.cohort.sessions.get(source_uid="x")
    assert (moved.local_time, scene.cohort.sessions.count()) == (time(14), 2)


def test_two_sessions_at_one_time_are_refused_in_an_import(scene):
    """ATT-45: in the list itself, and beside what is planned."""
    import_sessions(scene.cohort, rows=[row(2, on=TUESDAY, uid="x")], by=None)

    twice = [
        row(2, on=TUESDAY, at=time(11), title="A"),
        row(3, on=TUESDAY, at=time(11), title="B"),
        row(4, uid="x"),
    ]

    assert outcomes(scene, *twice) == [
        ("refused", "Two lines of the list begin at this time."),
        ("refused", "Two lines of the list begin at this time."),
        ("refused", "Another session is planned at this time already."),
    ]


def test_the_same_line_twice_is_one_and_one_uid_twice_is_refused(scene):
    """ATT-34"""
    same = [row(2, on=TUESDAY), row(3, on=TUESDAY)]
    two = [row(2, on=TUESDAY, uid="y"), row(3, on=TUESDAY, at=time(15), uid="y")]

    assert outcomes(scene, *same) == [
        ("new", ""),
        ("same", "The list says the same in a line above."),
    ]
    why = "Two lines of the list have the same UID."
    assert outcomes(scene, *two) == [("refused", why), ("refused", why)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"minutes": 3}, "minutes: Ensure this value is greater than or equal to 5."),
        ({"title": "x" * 161}, "title: Ensure this value has at most 160"),
        ({"link": "javascript:x"}, "link: Enter a valid URL."),
        ({"link": "ftp://example.org/"}, "A link begins with https://"),
    ],
)
def test_what_a_session_cannot_be_is_refused_by_its_line(scene, said, why):
    [(outcome, text)] = outcomes(scene, row(2, on=TUESDAY, **said))

    assert outcome == "refused"
    assert why in text


def test_signed_and_cancelled_sessions_are_left_alone(scene, at):
    at("2026-10-19T12:00+05:00")
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    import_sessions(scene.cohort, rows=[row(2, on=TUESDAY, uid="x")], by=None)
    attendance.cancel(Session.objects.get(source_uid="x"), by=None, reason="x")

    lines = [row(2, place="Elsewhere"), row(3, on=TUESDAY, uid="x"), row(4)]
    assert outcomes(scene, *lines[:2]) == [
        ("refused", "The register of this session is signed off."),
        ("refused", "This session was cancelled here."),
    ]
    assert outcomes(scene, lines[2]) == [("same", "")]


def test_our_own_calendar_comes_back_as_it_went(scene):
    """The entries of a feed are known by our own UID; their neutral titles are not
    taken for titles."""
    address = new_calendar_address(scene.trainer, cohort=scene.cohort, by=None)
    file = feed(address, sessions_at(address))

    rows = read_calendar(file, scene.cohort.zone)

    assert outcomes(scene, *rows) == [("same", "")]


LIST = (
    "Дата;Время;Тема;Аудитория\n"
    "19.10.2026;09:00;;Hall 2\n"
    "03/04/2026;09:00;Three;\n"
    "20.10.2026;09:00;Two;\n"
)


def send(client, scene, text=LIST, name="list.csv", **answers):
    address = reverse("lms:session_import", args=[scene.cohort.code])
    file = SimpleUploadedFile(name, text.encode())
    return client.post(address, {"file": file, "order": ""} | answers)


def apply(client, scene, shown, **answers):
    address = reverse("lms:session_import", args=[scene.cohort.code])
    return client.post(address, {"rows": shown.context["kept"]} | answers)


def test_a_trainer_looks_first_and_then_applies_the_list(client, scene):
    """ATT-35: dry run with counts and line numbers; an unclear date is refused."""
    client.force_login(scene.trainer)

    shown = send(client, scene)
    assert scene.cohort.sessions.count() == 1
    asked = apply(client, scene, shown)
    done = apply(client, scene, shown, confirm=shown.context["form"].box)
    again = apply(client, scene, shown)

    assert dict(shown.context["counts"]) == {"changed": 1, "new": 1, "refused": 1}
    (_, becomes), (refused, _), _ = shown.context["lines"]
    assert (refused.row.number, "two days" in refused.why) == (3, True)
    assert refused.row.title == "Three"
    assert becomes == [("Place", "Hall", "Hall 2")]
    assert shown.context["form"].consequences == [
        "Line 2: 2 people are told by a letter."
    ]
    assert [asked.status_code, done.status_code, again.status_code] == [200, 302, 302]
    assert scene.cohort.sessions.count() == 2


def test_a_chosen_order_of_dates_makes_the_line_readable(client, scene):
    """ATT-35"""
    client.force_login(scene.trainer)

    shown = send(client, scene, LIST.replace("03/04", "03/11"), order="day")

    line, _becomes = shown.context["lines"][1]
    assert (line.row.on, line.outcome) == (date(2026, 11, 3), "new")


def test_an_overlap_is_asked_about_before_a_list_is_applied(client, scene):
    """ATT-44"""
    make_session(
        scene.other_cohort, local_date=TUESDAY, local_time=time(9), place="Hall 3"
    )
    client.force_login(scene.trainer)

    shown = send(client, scene, "Date;Time;Place\n2026-10-20;09:30;Hall 3\n")
    apply(client, scene, shown)
    before = scene.cohort.sessions.count()
    apply(client, scene, shown, confirm=shown.context["form"].box)

    assert "the same place (Hall 3)" in shown.content.decode()
    assert (before, scene.cohort.sessions.count()) == (1, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("hello", "No line names the columns."),
        ("Date;Time\n", "no line below the headings"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no entry in this calendar"),
        ("PK\x03\x04broken", "damaged"),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(client, scene, text, said):
    client.force_login(scene.trainer)

    answer = send(client, scene, text)

    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors["file"])


@pytest.mark.parametrize("rows", ["", "x", "eJw:1x:y", "a" * 5000])
def test_rows_that_were_changed_on_the_way_are_not_applied(client, scene, rows):
    client.force_login(scene.trainer)
    address = reverse("lms:session_import", args=[scene.cohort.code])

    answer = client.post(address, {"rows": rows}, follow=True)

    assert "Choose the file once more" in answer.content.decode()
    assert scene.cohort.sessions.count() == 1


def test_rows_looked_at_for_one_cohort_are_not_applied_to_another(client, scene):
    client.force_login(scene.administrator)
    shown = send(client, scene)

    other = reverse("lms:session_import", args=[scene.other_cohort.code])
    client.post(other, {"rows": shown.context["kept"], "confirm": "x"})

    assert not scene.other_cohort.sessions.exists()


@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_who_does_not_teach_here_imports_nothing(client, scene, who):
    client.force_login(getattr(scene, who))

    assert send(client, scene).status_code == 404
