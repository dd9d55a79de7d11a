"""A typed register comes in: looked at first, applied, and applied again."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from courses import clock
from courses.tables.sheets import Unreadable
from lms.actions import attendance
from lms.actions.register_import import GUEST, import_register, plan
from lms.models import Enrolment, Mark, MarkEvent, MarkStatus
from lms.register_table import Order, Slot, read_heading, read_table, suggested
from lms.roster.reading import read
from lms.same_names import Likeness, alike, likeness
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person, make_session

DATA = Path(__file__).parents[1] / "data"
FILE = DATA / "paper-register-khujand.csv"
START = "2026-10-14T18:00+05:00"
HALF_DAYS = [(12, 9), (12, 13), (13, 9), (13, 13), (14, 9)]


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.cohort.sessions.all().delete()
    cast.halves = [
        make_session(cast.cohort, local_date=date(2026, 10, day), local_time=time(hour))
        for day, hour in HALF_DAYS
    ]
    table = read_table(read(FILE.read_bytes()))
    began = clock.now() - timedelta(days=5)
    cast.places = {}
    for line in table.lines[:-2]:
        name = line.cell(table.name)
        person = make_person(legal_name=name)
        cast.places[name] = make_enrolment(person, cast.cohort, active_from=began)
    cast.saodat = make_enrolment(
        make_person(legal_name="Алимова Саодат"), cast.cohort, active_from=began
    )
    return cast


def columns_of(cast, table):
    slots = [Slot(one.pk, one.local_date, one.local_time) for one in cast.halves]
    return suggested(table, slots)


def table_of(text, order=Order.UNKNOWN):
    return read_table(read(text.encode()), order)


def run(cast, source=FILE, decisions=None, do=import_register):
    table = table_of(source) if isinstance(source, str) else None
    table = table or read_table(read(source.read_bytes()))
    by = {"by": cast.trainer} if do is import_register else {}
    return do(
        cast.cohort,
        table,
        columns=columns_of(cast, table),
        decisions=decisions or {},
        **by,
    )


def marks(cast):
    rows = Mark.objects.exclude(status=None).order_by("pk")
    return list(
        rows.values_list("session", "enrolment", "status__code", "source", "version")
    )


@pytest.mark.django_db
def test_the_columns_of_the_file_are_the_five_half_days(cast):
    """ATT-35: looked at first: what is new, and what waits for a decision."""
    table = read_table(read(FILE.read_bytes()))
    keys = [one.pk for one in cast.halves]

    found = run(cast, do=plan)

    assert columns_of(cast, table) == dict(enumerate(keys, start=1))
    assert found.counts == {
        "new": 90, "change": 0, "same": 0, "kept": 0, "refused": 0, "asked": 2,
    }  # fmt: skip
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_a_shortened_name_is_suggested_and_applied_only_with_a_yes(cast):
    """ATT-35: and the unknown guest is offered as a guest."""
    run(cast)
    short, guest = run(cast, do=plan).entries[-2:]

    assert (short.is_asked, short.candidates) == (True, [cast.saodat])
    assert (guest.is_asked, guest.candidates) == (True, [])
    assert not cast.saodat.marks.exists()

    run(cast, decisions={short.number: str(cast.saodat.pk), guest.number: GUEST})

    assert cast.saodat.marks.count() == 5
    (place,) = Enrolment.objects.guests()
    assert place.person.legal_name == "Неизвестный Гость"
    assert [mark.source for mark in place.marks.all()] == ["import"]


@pytest.mark.django_db
def test_the_same_file_applied_twice_gives_the_same_result(cast):
    """ATT-34."""
    decisions = {20: str(cast.saodat.pk), 21: GUEST}
    first = run(cast, decisions=decisions)
    before, events = marks(cast), MarkEvent.objects.count()

    again = run(cast, decisions=decisions)

    assert (first.counts["new"], again.counts["new"]) == (96, 0)
    assert again.counts["same"] == 96
    assert marks(cast) == before
    assert MarkEvent.objects.count() == events == 96


@pytest.mark.django_db
def test_signs_of_the_paper_are_read_as_statuses(cast):
    """ATT-36."""
    run(cast)

    said = {
        mark.session_id: mark.status.code
        for mark in cast.places["Қосимов Фирдавс Абдуллоевич"].marks.all()
    }
    assert [said[one.pk] for one in cast.halves] == [
        "present", "excused", "late", "present", "present",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_a_status_is_understood_by_its_name_in_any_language_whatever_the_case(
    cast, language
):
    """ATT-36."""
    with override(language):
        name = str(MarkStatus.objects.get(set="default", code="late"))

    for written in (name, name.upper(), "LATE", "оп."):
        found = run(cast, f"Имя;12.10 утро\nНазаров Искандар;{written}\n", do=plan)
        (entry,) = found.entries
        assert [status.code for status in entry.marks.values()] == ["late"]


@pytest.mark.django_db
def test_an_unknown_status_refuses_its_line_and_no_other(cast):
    """ATT-36."""
    text = "Имя;12.10 утро;12.10 день\nНазаров Искандар;+;болеет\nNazarova Lola;+;+\n"

    done = run(cast, text)

    assert [entry.refused for entry in done.entries] == [
        "Line 2: nobody can read the mark “болеет”.",
        "",
    ]
    assert done.counts["new"] == 2
    assert not cast.places["Назаров Искандар"].marks.exists()


@pytest.mark.django_db
def test_one_person_twice_reports_both_lines_and_applies_neither(cast):
    """ATT-34: unless they are identical."""
    text = (
        "Имя;12.10 утро\nНазаров Искандар;+\nназаров  искандар;-\n"
        "Nazarova Lola;+\nNazarova Lola;+\n"
    )

    done = run(cast, text)

    words = "Lines 2, 3 are about one person and differ: neither counts."
    assert [one.refused for one in done.entries] == [words, words, "", ""]
    assert not cast.places["Назаров Искандар"].marks.exists()
    assert cast.places["Nazarova Lola"].marks.count() == 1


@pytest.mark.django_db
def test_what_was_marked_in_the_room_stays(cast):
    """ATT-47, ATT-18: a list is the weakest evidence; a newer list corrects a list."""
    place = cast.places["Назаров Искандар"]
    attendance.mark(
        cast.halves[0], enrolment=place, status_code="late", by=cast.trainer
    )
    run(cast, "Имя;12.10 утро;12.10 день\nНазаров Искандар;+;+\n")

    done = run(cast, "Имя;12.10 утро;12.10 день\nНазаров Искандар;+;-\n")

    assert (done.counts["kept"], done.counts["change"]) == (1, 1)
    codes = place.marks.order_by("session__starts_at")
    assert [(mark.status.code, mark.source) for mark in codes] == [
        ("late", "trainer"),
        ("absent", "import"),
    ]


@pytest.mark.django_db
def test_a_signed_register_takes_nothing_from_a_list(cast):
    attendance.mark_the_rest_present(cast.halves[0], by=cast.trainer)
    attendance.sign_off_register(cast.halves[0], by=cast.trainer)

    done = run(cast, "Имя;12.10 утро;12.10 день\nНазаров Искандар;-;-\n")

    assert done.closed == [cast.halves[0]]
    assert done.counts["new"] == 1


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", Order.UNKNOWN, None),
        ("03/04/2026", Order.DAY_FIRST, (3, 4, 2026)),
        ("03/04/2026", Order.MONTH_FIRST, (4, 3, 2026)),
        ("13/04/2026", Order.UNKNOWN, (13, 4, 2026)),
        ("04/13/26", Order.UNKNOWN, (13, 4, 2026)),
        ("04/04/2026", Order.UNKNOWN, (4, 4, 2026)),
        ("12.10 утро", Order.UNKNOWN, (12, 10, None)),
        ("2026-10-12", Order.UNKNOWN, (12, 10, 2026)),
    ],
)
def test_a_date_that_may_be_two_days_is_none_until_the_order_is_chosen(
    text, order, day
):
    """ATT-35."""
    heading = read_heading(text, order)

    assert heading.is_ambiguous == (day is None)
    assert day is None or (heading.day, heading.month, heading.year) == day


@pytest.mark.parametrize("text", ["", "ФИО", "99.99", "0/0", "12:30", "№ 4", "31-31"])
def test_a_heading_without_a_date_means_no_session(text):
    assert read_heading(text).month == 0


@pytest.mark.parametrize(
    ("written", "name", "meant"),
    [
        ("Алимова С.", "Алимова Саодат", Likeness.SHORT),
        ("С. Алимова", "Алимова Саодат", Likeness.SHORT),
        ("Алимова", "Алимова Саодат", Likeness.SHORT),
        ("алимова  саодат", "Алимова Саодат", Likeness.SAME),
        ("Саодат Алимова", "Алимова Саодат", Likeness.SPELT_OTHERWISE),
        ("Rahimova Gulnora", "Раҳимова Гулнора", Likeness.SPELT_OTHERWISE),
        ("Алимова Ш.", "Алимова Саодат", None),
        ("С. А.", "Алимова Саодат", None),
        ("Каримова Саодат", "Алимова Саодат", None),
        ("", "Алимова Саодат", None),
    ],
)
def test_a_shortened_name_may_mean_somebody_and_another_name_does_not(
    written, name, meant
):
    assert likeness(written, name) == meant


def test_two_people_of_one_name_are_both_named():
    names = {1: "Алимова Саодат", 2: "Алимова Саодат", 3: "Алимова Зарина"}

    assert alike("Алимова Саодат", names) == (Likeness.SAME, [1, 2])
    assert alike("Гулов К.", names) == (None, [])


def test_a_list_that_lost_its_letters_is_refused_with_a_sentence():
    lost = "ФИО;12.10\nРа?имова Гулнора;+\n".encode("cp1251")

    with pytest.raises(Unreadable, match="Letters are lost"):
        read(lost)


@pytest.mark.django_db
def test_a_trainer_imports_a_file_step_by_step(client, cast):
    """ATT-35: nothing is written, and no file is kept, before the last step."""
    client.force_login(cast.trainer)
    url = reverse("lms:import_register", args=[cast.cohort.code])
    upload = SimpleUploadedFile("register.csv", FILE.read_bytes(), "text/csv")

    looked = client.post(url, {"file": upload, "order": ""})
    assert not Mark.objects.exists()
    form = {"table": looked.context["form"].carried, "order": "", "then": "apply"}
    form |= {f"column-{c}": str(pk) for c, _h, pk in looked.context["columns"]}
    form |= {"who-20": str(cast.saodat.pk), "who-21": "guest"}
    again = client.post(url, form | {"then": "look"})
    done = client.post(url, form, follow=True)

    assert looked.context["plan"].counts["asked"] == 2
    assert [one.number for one in looked.context["entries"][:3]] == [20, 21, 2]
    assert again.context["plan"].counts["asked"] == 0
    page = done.content.decode()
    assert "Imported: 96 new marks" in page
    assert "left out" not in page
    assert Mark.objects.count() == 96


@pytest.mark.django_db
def test_lines_of_which_nobody_said_who_it_is_are_not_left_out_in_silence(client, cast):
    client.force_login(cast.trainer)
    url = reverse("lms:import_register", args=[cast.cohort.code])
    upload = SimpleUploadedFile("register.csv", FILE.read_bytes(), "text/csv")
    looked = client.post(url, {"file": upload, "order": ""})
    form = {"table": looked.context["form"].carried, "then": "apply"}
    form |= {f"column-{c}": str(pk) for c, _h, pk in looked.context["columns"]}

    page = client.post(url, form, follow=True).content.decode()

    assert "Imported: 90 new marks" in page
    assert "2 lines are left out: nobody said who they are." in page


@pytest.mark.django_db
def test_the_file_is_asked_for_and_people_stand_by_the_alphabet(client, cast):
    client.force_login(cast.trainer)
    url = reverse("lms:import_register", args=[cast.cohort.code])
    upload = SimpleUploadedFile("register.csv", FILE.read_bytes(), "text/csv")

    form = client.post(url, {"order": ""}).context["form"]
    people = client.post(url, {"file": upload}).context["people"]

    assert form.errors == {"file": ["Choose the file."]}
    assert form.fields["file"].required
    names = [one.person.legal_name.split()[0] for one in people]
    assert names.index("Ғафурова") < names.index("Каримова") < names.index("Қосимов")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"table": "[[1]"},
        {"table": '{"a": 1}'},
        {"table": '[["x", "y"]]'},
        {"table": "[]"},
        {"table": '[[1, "Имя", "12.10"]]', "column-1": "9" * 30, "who-1": "x"},
    ],
)
def test_nonsense_is_answered_with_a_page_and_writes_nothing(client, cast, sent):
    client.force_login(cast.trainer)
    url = reverse("lms:import_register", args=[cast.cohort.code])

    assert client.post(url, sent | {"then": "apply"}).status_code == 200
    assert not Mark.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_who_does_not_teach_the_cohort_imports_nothing(client, cast, who):
    client.force_login(getattr(cast, who))
    url = reverse("lms:import_register", args=[cast.cohort.code])

    assert client.get(url).status_code == client.post(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    ["5", "[[null]]", "[[1e999]]", r'[[1, "a\u0000"]]', "[" * 9999, "{", "[[{}]]"],
)
def test_lines_that_no_page_of_ours_carries_are_asked_for_again(client, cast, table):
    client.force_login(cast.trainer)
    address = reverse("lms:import_register", args=[cast.cohort.code])

    page = client.post(address, {"table": table, "then": "apply"})

    assert page.context["form"].errors == {"file": ["Choose the file again."]}
