"""A copy of one's own data, and asking to be forgotten."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates.models import Certificate
from courses import clock
from lms.actions import data_copies, erasure, retention
from lms.actions.data_copies import CopyGone, NothingToCopy, ask_data
from lms.actions.exports import PurposeMissing
from lms.models import DataExport, Erasure, Message
from lms.personal.subject import everything, subject_of
from lms.personal.topics import Topic
from tests.access_cast import empty_storage
from tests.cast import make_cast
from tests.factories import make_enrolment, make_participant, make_session, make_user

from .manzura import NAME, make_manzura

pytestmark = pytest.mark.django_db
START = "2026-10-15T09:00+05:00"


@pytest.fixture(autouse=True)
def _empty_storage():
    yield
    empty_storage()


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    return make_cast()


@pytest.fixture
def manzura(db):
    return make_manzura()


def ask(person, capture, *, by=None, purpose="") -> DataExport:
    """Asked for and made."""
    with capture(execute=True):
        copy = ask_data(person, by=by or person.user, purpose=purpose)
    copy.refresh_from_db()
    return copy


def read(copy, name="data.json") -> str:
    with zipfile.ZipFile(copy.file.open("rb")) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "who", ["other_participant", "other_trainer", "trainer", "coordinator", "stranger"]
)
def test_nobody_takes_a_copy_of_somebody_else(
    client, cast, who, django_capture_on_commit_callbacks
):
    """PR-01: neither another participant nor staff who did not ask for it."""
    copy = ask(cast.person, django_capture_on_commit_callbacks)
    client.force_login(getattr(cast, who))

    answer = client.post(reverse("lms:take_data", args=[copy.pk]))

    assert answer.status_code == 404
    assert not ModelLogEntry.objects.filter(action="lms.take_data").exists()


def test_who_is_no_person_here_has_no_such_page(client, cast):
    client.force_login(cast.stranger)

    for name in ("lms:my_data", "lms:ask_erasure"):
        assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse("lms:ask_data")).status_code == 404
    assert not DataExport.objects.exists()


def test_a_copy_holds_every_table_that_holds_the_person(
    manzura,
    django_capture_on_commit_callbacks,
):
    """PR-01: the register is walked, so that nothing is forgotten."""
    expected = {
        table.label: list(rows.values_list("pk", flat=True))
        for table, rows in everything(subject_of(manzura))
        if rows.exists()
    }
    assert len(expected) >= 15

    copy = ask(manzura, django_capture_on_commit_callbacks)

    data = json.loads(read(copy))
    assert set(data) == set(expected) | {"lms.DataExport"}
    assert {
        label: len(data[label]) for label in expected if label != "lms.DataExport"
    } == {label: len(keys) for label, keys in expected.items()}
    assert {row["legal_name"] for row in data["lms.Person"]} == {NAME}


def test_a_copy_holds_the_files_and_no_secret(
    manzura,
    django_capture_on_commit_callbacks,
):
    """PR-01: the certificate byte by byte; no password, no second step."""
    certificate = Certificate.objects.get()

    copy = ask(manzura, django_capture_on_commit_callbacks)

    with zipfile.ZipFile(copy.file.open("rb")) as archive:
        papers = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert [archive.read(name) for name in papers] == [certificate.pdf.read()]
        assert not [name for name in archive.namelist() if name.endswith(".zip")]
    data = json.loads(read(copy))
    assert "password" not in data["home.User"][0]
    assert "data" not in data["mfa.Authenticator"][0]


def test_a_copy_names_nobody_else(cast, django_capture_on_commit_callbacks):
    """PR-01: neither who sat beside them nor the staff who acted."""
    neighbour = make_participant(legal_name="Назарова Зарина", email="zarina@x.tj")
    make_enrolment(neighbour, cast.cohort)
    staff = make_user(username="who-decided", email="staff@x.tj", last_name="Decider")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.decline(
            erasure.ask(cast.person, by=staff, certificates="register"),
            by=staff,
            reason="Not now.",
        )

    copy = ask(cast.person, django_capture_on_commit_callbacks)

    text = read(copy) + read(copy, "data.html")
    others = ("Назарова", "zarina@x.tj", "who-decided", "staff@x.tj", "Decider")
    assert [word for word in others if word in text] == []
    assert json.loads(read(copy))["lms.Erasure"][0]["reason"] == "Not now."


def test_the_page_is_whole_in_the_persons_language_and_escaped(
    cast, django_capture_on_commit_callbacks
):
    person = cast.person
    person.legal_name, person.locale = "<script>alert(1)</script>", "ru"
    person.save()

    page = read(ask(person, django_capture_on_commit_callbacks), "data.html")

    assert page.startswith("<!doctype html>")
    assert '<html lang="ru" dir="ltr">' in page
    assert page.rstrip().endswith("</html>")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_asking_twice_makes_one_copy_and_one_letter(
    cast, django_capture_on_commit_callbacks
):
    first = ask(cast.person, django_capture_on_commit_callbacks)
    second = ask(cast.person, django_capture_on_commit_callbacks)

    data_copies.make(second)

    assert (first.pk, first.file) == (second.pk, second.file)
    assert Message.objects.get().template == "lms/mail/export_ready"
    assert ModelLogEntry.objects.filter(action="lms.ask_data").count() == 1


def test_who_asked_for_somebody_takes_it_and_no_letter_goes_out(
    client, cast, django_capture_on_commit_callbacks
):
    copy = ask(
        cast.person,
        django_capture_on_commit_callbacks,
        by=cast.administrator,
        purpose="Her letter of 3 May.",
    )
    client.force_login(cast.administrator)

    answer = client.post(reverse("lms:take_data", args=[copy.pk]))

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="data.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    entry = ModelLogEntry.objects.get(action="lms.take_data")
    assert entry.user == cast.administrator
    assert entry.data["person"] == cast.person.pk
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "who", ["participant", "trainer", "coordinator", "observer", "stranger"]
)
def test_nobody_but_administrators_asks_for_a_copy_of_somebody(client, cast, who):
    """PR-11: a copy holds what belongs to other cohorts, too."""
    client.force_login(getattr(cast, who))
    url = reverse("lms_people:copy_data", args=[cast.person.pk])

    assert client.get(url).status_code in (302, 403, 404)
    assert client.post(url, {"purpose": "x"}).status_code in (302, 403, 404)
    assert not DataExport.objects.exists()


def test_staff_say_what_a_copy_is_for_and_find_it_among_their_files(
    client, cast, django_capture_on_commit_callbacks
):
    """PR-01: asked for on paper; who asked, about whom and why is written down."""
    client.force_login(cast.administrator)
    url = reverse("lms_people:copy_data", args=[cast.person.pk])
    person_page = reverse("lms_people:inspect", args=[cast.person.pk])
    assert url in client.get(person_page).content.decode()
    unsaid = client.post(url, {"purpose": " "})
    assert list(unsaid.context["form"].errors) == ["purpose"]

    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            answer = client.post(url, {"purpose": "Her letter of 3 May."})

    copy = DataExport.objects.get()
    files = client.get(answer.url).content.decode()
    assert answer.url == reverse("lms_reports:exports")
    assert reverse("lms:take_data", args=[copy.pk]) in files
    entry = ModelLogEntry.objects.get(action="lms.ask_data")
    assert (entry.user, entry.data["person"]) == (cast.administrator, cast.person.pk)
    # The person reads it in the next copy of their own.
    mine = ask(cast.person, django_capture_on_commit_callbacks)
    assert "Her letter of 3 May." in read(mine)


def test_without_a_purpose_nothing_is_copied(cast):
    with pytest.raises(PurposeMissing):
        ask_data(cast.person, by=cast.administrator, purpose="  ")


def test_who_is_no_administrator_any_more_takes_nothing(
    client, cast, django_capture_on_commit_callbacks
):
    """RP-08: the right is asked again when the file is taken."""
    by = make_user(groups=cast.administrator.groups.all())
    copy = ask(cast.person, django_capture_on_commit_callbacks, by=by, purpose="x")
    by.groups.clear()
    client.force_login(by)

    assert client.post(reverse("lms:take_data", args=[copy.pk])).status_code == 404


def test_the_page_says_in_plain_words_what_is_held(client, cast):
    client.force_login(cast.participant)

    page = client.get(reverse("lms:my_data"))

    held = dict(page.context["held"])
    assert held[Topic.COURSES] >= 1
    assert sum(held.values()) == sum(
        rows.count() for _table, rows in everything(subject_of(cast.person))
    )
    assert list(held) == [topic for topic in Topic if topic in held]
    assert str(Topic.COURSES.explanation) in page.content.decode()


def test_after_its_time_a_copy_is_not_given_and_the_night_removes_it(
    client, cast, at, django_capture_on_commit_callbacks
):
    """PR-08: the row stays, so that it is known that there was a copy."""
    copy = ask(cast.person, django_capture_on_commit_callbacks)
    name = copy.file.name
    at((copy.expires_at + timedelta(seconds=1)).isoformat())
    client.force_login(cast.participant)

    with pytest.raises(CopyGone):
        data_copies.take(copy, by=cast.participant)
    answer = client.post(reverse("lms:take_data", args=[copy.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        retention.keep_house()

    assert answer.status_code == 302
    assert not storages["private"].exists(name)
    assert DataExport.objects.filter(pk=copy.pk).exists()


def test_nothing_is_copied_of_who_is_forgotten(
    cast, django_capture_on_commit_callbacks
):
    """PR-03: neither later, nor by a job that was under way."""
    copy = ask_data(cast.person, by=cast.participant)
    erasure.anonymise(cast.person, by=cast.administrator, reason="She asked.")

    copy = data_copies.make(copy)

    assert (copy.made_at, bool(copy.file)) == (None, False)
    with pytest.raises(NothingToCopy):
        ask_data(cast.person, by=cast.administrator, purpose="x")


def test_a_participant_asks_and_downloads_on_the_page(
    client, cast, django_capture_on_commit_callbacks
):
    client.force_login(cast.participant)
    url = reverse("lms:my_data")
    assert reverse("lms:ask_data") in client.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("lms:ask_data"))

    copy = DataExport.objects.get()
    assert (answer.status_code, answer.url) == (302, url)
    assert reverse("lms:take_data", args=[copy.pk]) in client.get(url).content.decode()
    assert client.get(reverse("lms:take_data", args=[copy.pk])).status_code == 405


def test_a_participant_reads_what_being_forgotten_means_and_asks(client, cast):
    """PR-02, CE-38: nothing is asked before the choice about certificates."""
    client.force_login(cast.participant)
    url = reverse("lms:ask_erasure")

    page = client.get(url)
    unsaid = client.post(url, {"certificates": "burn"})
    assert (page.status_code, unsaid.status_code) == (200, 200)
    assert not Erasure.objects.exists()
    client.post(url, {"certificates": "withdraw"})
    client.post(url, {"certificates": "withdraw"})

    wish = Erasure.objects.get()
    assert (wish.person, wish.state, wish.certificates) == (
        cast.person,
        "asked",
        "withdraw",
    )
    assert url not in client.get(reverse("lms:my_data")).content.decode()


def test_the_page_asks_as_many_queries_for_three_places_as_for_one(client, cast):
    client.force_login(cast.participant)
    url = reverse("lms:my_data")
    one = _queries(client, url)
    for _number in range(2):
        make_session(make_enrolment(cast.person).cohort)

    assert _queries(client, url) == one


def _queries(client, url) -> int:
    """Of a second visit: the first one warms what is cached of the pages."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_copy_is_made_in_as_many_queries_for_three_places_as_for_one(cast):
    one = _copying(cast.person)
    for _number in range(2):
        make_enrolment(cast.person)

    assert _copying(cast.person) == one


def _copying(person) -> int:
    with CaptureQueriesContext(connection) as queries:
        data_copies.tables_of(subject_of(person))
    return len(queries)


def test_a_copy_is_kept_for_a_week(cast, django_capture_on_commit_callbacks):
    copy = ask(cast.person, django_capture_on_commit_callbacks)

    assert copy.expires_at - clock.now() == timedelta(days=7)
