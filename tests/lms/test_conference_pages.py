"""The pages on which a conference's report becomes marks."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.models import ConferenceUpload, Mark, OnlineRules
from tests.cast import make_cast
from tests.factories import make_person
from tests.lms.conference_files import ZOOM, lines

pytestmark = pytest.mark.django_db
HEADS = "Name,Email,Join Time,Leave Time"


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    now = at_once("2026-04-03T12:00+05:00")
    cast = make_cast()
    cast.enrolment.active_from = now.replace(day=1)
    cast.enrolment.save()
    cast.person.legal_name, cast.person.email = "Мадина Раҳимова", "madina@example.org"
    cast.person.save()
    make_person()
    return cast


@pytest.fixture
def scene(scene_once, db, client):
    cast = deepcopy(scene_once)
    client.force_login(cast.trainer)
    return cast


def send(client, session, data, name="report.csv"):
    fields = {"file": SimpleUploadedFile(name, data), "timezone": "Asia/Dushanbe"}
    return client.post(reverse("lms:conference", args=[session.pk]), fields)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_report_is_looked_at_then_marked_and_its_file_is_gone(scene, client):
    check = send(client, scene.session, ZOOM).url
    looked = words(client.get(check))

    answer = client.post(check, {"apply": "1"})
    done = words(client.get(answer.url))

    assert "85 <small" in looked
    assert "lines 5, 6" in looked
    assert "iPhone (Jamshed Karimov)" in looked
    assert Mark.objects.get().minutes == 85
    assert "The file itself is deleted." in done


def test_who_is_meant_is_kept_when_one_only_looks_again(scene, client):
    data = lines(HEADS, "iPhone,,2026-04-03 09:00,2026-04-03 10:30")
    check = send(client, scene.session, data).url
    client.post(check, {"who-2": str(scene.enrolment.pk), "who-9999": "x"})

    looked = words(client.get(check))

    upload = ConferenceUpload.objects.get()
    assert upload.decisions == {"2": scene.enrolment.pk}
    assert "Who is this?" not in looked
    assert not Mark.objects.exists()


def test_who_stayed_longest_is_asked_about_first_with_when_they_were_there(
    scene, client
):
    data = lines(
        HEADS,
        "iPhone,,2026-04-03 09:00,2026-04-03 09:03",
        "Guest,,2026-04-03 08:50,2026-04-03 09:20",
        "Guest,,2026-04-03 09:30,2026-04-03 10:05",
    )
    check = send(client, scene.session, data).url

    looked = client.get(check)

    asked = [(o.who.name, o.stay.minutes) for o in looked.context["plan"].review]
    assert asked == [("Guest", 55), ("iPhone", 3)]
    assert "55 minutes, <bdi>09:00–10:05</bdi>" in words(looked)


def test_nobody_of_another_cohort_can_be_meant(scene, client):
    data = lines(HEADS, "iPhone,,2026-04-03 09:00,2026-04-03 10:30")
    check = send(client, scene.session, data).url

    client.post(check, {"who-2": str(scene.other_enrolment.pk), "apply": "1"})

    assert not Mark.objects.exists()


def test_dates_that_could_be_two_are_asked_about_and_the_file_is_kept(scene, client):
    """ATT-35"""
    data = lines(HEADS, "x,madina@example.org,05/06/2026 09:00,05/06/2026 10:30")
    check = send(client, scene.session, data).url

    asked = words(client.get(check))
    unanswered = client.post(check, {})
    chosen = client.post(check, {"order": "dmy"})
    looked = words(client.get(chosen.url))

    assert "“05/06/2026 09:00” may begin with the day or with the month" in asked
    assert unanswered.status_code == 200
    assert "Is it the report of another day" in looked


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty."),
        (b"one,two\n1,2\n", "No column of names was found"),
        (b"\x00\x01\x02", "not a spreadsheet"),
    ],
)
def test_what_is_no_report_is_told_beside_the_field(scene, client, data, says):
    response = send(client, scene.session, data)

    assert response.status_code == 200
    assert says in words(response)


def test_a_zone_nobody_offers_is_refused(scene, client):
    fields = {"file": SimpleUploadedFile("a.csv", ZOOM), "timezone": "Mars/Olympus"}

    response = client.post(reverse("lms:conference", args=[scene.session.pk]), fields)

    assert response.status_code == 200
    assert not ConferenceUpload.objects.exists()


def test_a_coordinator_sets_from_which_share_somebody_was_present(scene, client):
    url = reverse("lms:online_rules", args=[scene.cohort.code])
    client.force_login(scene.coordinator)
    fields = {"present_percent": 90, "partly_percent": 50, "link_minutes": 30}

    wrong = client.post(url, fields | {"partly_percent": 95})
    saved = client.post(url, fields)

    assert (wrong.status_code, saved.status_code) == (200, 302)
    assert "more than what makes somebody present" in words(wrong)
    assert list(OnlineRules.objects.values_list(*fields)) == [(90, 50, 30)]
