"""Importing a list in the admin: who may, and what is said about a bad file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.tables.sheets import Unreadable
from lms.actions import roster as actions
from lms.models import RosterUpload
from lms.roster.columns import FIELDS
from lms.roster.example import LANGUAGES
from lms.roster.listing import read_roster
from tests.cast import make_cast
from tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db

KHUJAND = Path(__file__).parents[1] / "data" / "roster-khujand-2026-10.csv"
OUTSIDE = ["participant", "other_participant", "stranger"]
# May enter the admin, but not this: it sends them back to its first page.
OBSERVERS = ["observer", "other_observer"]
NOT_MANAGING = [*OBSERVERS, "trainer", "marker", "other_trainer", "other_coordinator"]
REFUSALS = {who: {403} for who in OUTSIDE} | {who: {302, 404} for who in NOT_MANAGING}
MANAGING = ["coordinator", "administrator"]


def upload_url(cohort):
    return reverse("lms_roster:upload", args=[cohort.pk])


def check_url(upload):
    return reverse("lms_roster:check", args=[upload.pk])


def keep(cohort, data=None, **fields):
    return actions.keep_upload(
        cohort, data=data or KHUJAND.read_bytes(), name="list.csv", by=None, **fields
    )


def the_file(data=None, name="list.csv"):
    return SimpleUploadedFile(name, KHUJAND.read_bytes() if data is None else data)


@pytest.mark.parametrize("who", REFUSALS)
def test_who_does_not_manage_the_cohort_cannot_import_into_it(client, who, cast):
    """PR-11"""
    upload = keep(cast.cohort)
    client.force_login(getattr(cast, who))

    answers = [
        client.get(upload_url(cast.cohort)),
        client.post(upload_url(cast.cohort), {"file": the_file()}),
        client.get(check_url(upload)),
        client.post(check_url(upload)),
        client.post(check_url(upload), {"columns": "1"}),
        client.get(reverse("lms_roster:result", args=[upload.pk])),
    ]

    assert {answer.status_code for answer in answers} <= REFUSALS[who]
    goals = [answer.headers.get("Location", "") for answer in answers]
    assert not [goal for goal in goals if goal.startswith("/admin/training/rosters")]
    assert cast.cohort.enrolments.count() == 1
    assert RosterUpload.objects.count() == 1


def test_a_signed_out_visitor_is_asked_to_sign_in(client, cast):

    response = client.get(upload_url(cast.cohort))

    assert response.status_code == 302
    assert "login" in response["Location"]


@pytest.mark.parametrize("who", MANAGING)
def test_a_list_is_chosen_looked_at_and_applied(client, who, cast):
    client.force_login(getattr(cast, who))

    check = client.post(upload_url(cast.cohort), {"file": the_file()}, follow=True)
    result = client.post(check.redirect_chain[-1][0], follow=True)

    assert "Enrol 19 people" in check.text
    assert "The sex is missing." in check.text
    assert "19 people were enrolled." in result.text
    assert cast.cohort.enrolments.count() == 20


def test_a_list_applied_twice_shows_its_result_again(client, cast):
    upload = keep(cast.cohort)
    client.force_login(cast.coordinator)
    client.post(check_url(upload))

    again = client.post(check_url(upload), follow=True)

    assert "19 people were enrolled." in again.text
    assert cast.cohort.enrolments.count() == 20


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n ", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is not a spreadsheet."),
        ("ФИО;Пол\n?осимов Ф.;м\n".encode("cp1251"), "Letters are lost"),
    ],
)
def test_a_wrong_file_is_explained_next_to_the_field(client, data, said, cast):
    client.force_login(cast.coordinator)
    answers = {"file": the_file(data), "audience": "ngo"}

    response = client.post(upload_url(cast.cohort), answers)

    assert response.status_code == 200
    assert said in response.context["form"].errors["file"][0]
    assert '<option value="ngo" selected>' in response.text
    assert not RosterUpload.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just;words\nnothing;else\n", "No line with column headings"),
        ("ФИО;Пол\n".encode(), "There is nobody below"),
    ],
)
def test_a_file_without_people_is_explained_next_to_the_field(client, data, said, cast):
    client.force_login(cast.coordinator)

    response = client.post(upload_url(cast.cohort), {"file": the_file(data)})

    assert said in response.context["form"].errors["file"][0]


def test_columns_are_changed_and_remembered(client):
    cast, academy = make_cast(), make_organisation()
    client.force_login(cast.coordinator)
    upload = keep(cast.cohort, "Кто;Пол;Город\nРаҳимова Г.;ж;Исфара".encode())
    RosterUpload.objects.update(organisation=academy)
    before = client.get(check_url(upload))

    after = client.post(
        check_url(upload),
        {"columns": "1", "column-0": "name", "column-1": "sex", "column-2": "place"},
        follow=True,
    )

    assert "Say which column holds the names." in before.text
    assert "Enrol 1 person" in after.text
    assert actions.remembered_columns(academy)["кто"] == "name"


def test_a_column_that_cannot_be_is_refused(client, cast):
    client.force_login(cast.coordinator)
    upload = keep(cast.cohort)

    response = client.post(check_url(upload), {"columns": "1", "column-0": "shoe"})

    assert response.status_code == 200
    assert response.context["columns"].errors


def test_a_suggestion_is_enrolled_when_ticked(client, cast):
    """EN-09"""
    known = make_person(legal_name="Назаров Искандар", email="", organisation=None)
    upload = keep(cast.cohort, "ФИО\nНазаров Искандар\nЮсуфӣ Парвиз".encode())
    client.force_login(cast.coordinator)

    check = client.get(check_url(upload))
    client.post(check_url(upload), {"who-2": f"same-{known.pk}"})

    assert "Enrol 1 person" in check.text
    assert cast.cohort.enrolments.filter(person=known).exists()
    assert cast.cohort.enrolments.count() == 3


def test_somebody_of_another_cohort_is_suggested_without_their_data(client, cast):
    """PR-11"""
    person = cast.other_person
    upload = keep(cast.cohort, f"ФИО\n{person.legal_name}".encode())
    client.force_login(cast.coordinator)

    response = client.get(check_url(upload))

    assert f'value="same-{person.pk}"' in response.text
    assert person.email not in response.text


def test_three_lines_cost_as_many_queries_as_one(client):
    cast, counts = make_cast(), []
    client.force_login(cast.coordinator)
    names = ["Назаров Искандар", "Юсуфӣ Парвиз", "Алимова Саодат"]
    for name in names:
        make_person(legal_name=name, organisation=None)
    for lines in (names[:1], names[:1], names):
        upload = keep(cast.cohort, "\n".join(["ФИО", *lines]).encode())
        with CaptureQueriesContext(connection) as queries:
            client.get(check_url(upload))
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_too_few_seats_are_said_and_nothing_is_lost(client, cast):
    cast.cohort.capacity = 10
    cast.cohort.save()
    upload = keep(cast.cohort)
    client.force_login(cast.coordinator)

    response = client.post(check_url(upload))

    assert response.status_code == 200
    assert "needs 19 seats and the cohort has 9 left" in response.text
    assert RosterUpload.objects.get().applied_at is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_list_is_understood_in_each_language(client, language, cast):
    client.force_login(cast.coordinator)

    response = client.get(reverse("lms_roster:example", args=[language]))

    with pytest.raises(Unreadable, match="nobody below"):
        read_roster(response.content)
    filled = response.content + "Раҳимова;f\n".encode().replace(
        b";", b"," if language == "en" else b";"
    )
    columns = {column.field for column in read_roster(filled).columns}
    assert columns == {"name", *FIELDS[4:]}


@pytest.mark.parametrize("who", [*OUTSIDE, *OBSERVERS])
def test_the_empty_list_is_for_those_who_import(client, who, cast):
    client.force_login(getattr(cast, who))

    response = client.get(reverse("lms_roster:example", args=["en"]))

    assert response.status_code in REFUSALS[who]


def test_an_empty_list_in_an_unknown_language_is_not_there(client, cast):
    client.force_login(cast.coordinator)

    assert client.get(reverse("lms_roster:example", args=["xx"])).status_code == 404
