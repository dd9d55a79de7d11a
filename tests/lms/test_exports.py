"""Files with names: for a purpose, made by a job, for who asked, for some days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions.exports import (
    NotReady,
    PurposeMissing,
    expire,
    make,
    register_kind,
    start_export,
    take,
)
from lms.models import Enrolment, Export, Message
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS, ensure_roles
from lms.tasks import NIGHT_JOBS
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_person,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = "2026-11-23T09:00+05:00"
ASKED = {"report": "people-trained", "query": "year=2026", "format": "csv"}


@pytest.fixture(autouse=True)
def _stopped(at):
    at(NOW)


def trained(cohort, name="Раҳимова Гулнора") -> Enrolment:
    return make_enrolment(
        make_person(legal_name=name),
        cohort,
        status=Enrolment.Status.COMPLETED,
        completed_on=date(2026, 5, 4),
        completed_at=datetime(2026, 5, 4, 20, 30, tzinfo=UTC),
    )


def staff(group, cohort=None, role=None):
    ensure_roles()
    user = make_user(groups=[Group.objects.get(name=group)])
    if role:
        make_staff(cohort, role, user)
    return user


@pytest.fixture
def boss():
    return staff(ADMINISTRATORS)


def asked_by(user, **fields) -> Export:
    asked = {"params": ASKED, "name": "people.csv", "purpose": "Audit 2026"}
    export = start_export("people", by=user, **asked | fields)
    make.func(export.pk)
    export.refresh_from_db()
    return export


def text_of(export) -> str:
    with export.file.open() as file:
        return file.read().decode("utf-8-sig")


def test_a_file_of_people_is_made_by_a_job_and_its_purpose_is_written_down(boss):
    """RP-08"""
    trained(make_cohort())

    export = asked_by(boss)

    assert (export.state, export.expires_at - clock.now()) == (
        "ready",
        timedelta(days=7),
    )
    assert "Раҳимова Гулнора" in text_of(export)
    entry = ModelLogEntry.objects.get(action="lms.export")
    assert (entry.user, entry.data["purpose"]) == (boss, "Audit 2026")


def test_times_carry_their_zone_and_days_are_the_cohorts(boss):
    """RP-07"""
    cohort = make_cohort(timezone="Asia/Dushanbe")
    enrolment = trained(cohort)
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_on=date(2026, 5, 5))

    line = text_of(asked_by(boss)).splitlines()[1]

    assert line.endswith("2026-05-05,2026-05-05 01:30+05:00,0")


def test_no_file_without_a_purpose(boss):
    """RP-08"""
    with pytest.raises(PurposeMissing):
        start_export("people", params=ASKED, name="a.csv", purpose="  ", by=boss)

    assert not Export.objects.exists()


def test_asking_twice_makes_one_file(boss):
    asked = {"params": ASKED, "name": "a.csv", "purpose": "Audit", "by": boss}

    first, second = start_export("people", **asked), start_export("people", **asked)

    assert first == second
    assert ModelLogEntry.objects.filter(action="lms.export").count() == 1


def test_the_file_holds_whom_the_person_may_see_when_it_is_made():
    """RP-08 and PR-11"""
    mine, other = make_cohort(), make_cohort()
    trained(mine, "Мирзоева Зебо")
    trained(other)

    text = text_of(asked_by(staff(TRAINERS, mine, "trainer")))

    assert "Мирзоева" in text
    assert "Раҳимова" not in text


def test_an_observer_gets_no_file_of_people_even_from_the_job():
    """RP-04"""
    cohort = make_cohort()
    trained(cohort)

    export = asked_by(staff(OBSERVERS, cohort, "observer"))

    assert (export.state, bool(export.file)) == ("failed", False)


def test_a_job_that_runs_twice_makes_one_file(boss):
    export = asked_by(boss)
    name = export.file.name

    make.func(export.pk)
    export.refresh_from_db()

    assert export.file.name == name


def test_a_job_that_fails_says_so_and_keeps_nothing(boss):
    def fail(export, file):
        file.write(b"half")
        raise OSError("no space")

    register_kind("broken", fail)

    export = start_export("broken", params={}, name="a", purpose="x", by=boss)
    make.func(export.pk)
    export.refresh_from_db()

    assert (export.state, bool(export.file)) == ("failed", False)


def test_who_asked_is_written_to_when_the_file_is_ready():
    person = make_participant()
    person.user.groups.add(*Group.objects.filter(name=ADMINISTRATORS))

    export = asked_by(person.user)

    message = Message.objects.get(key=f"export_ready:{export.pk}")
    assert message.template == "lms/mail/export_ready"
    assert message.context == {
        "url": reverse("lms_reports:export", args=[export.pk]),
        "until": "2026-11-30T04:00:00+00:00",
    }


def test_only_who_asked_may_take_it_and_each_taking_is_written_down(boss):
    """RP-08"""
    export = asked_by(boss)

    take(export, by=boss)
    with pytest.raises(NotReady):
        take(export, by=staff(ADMINISTRATORS))

    assert ModelLogEntry.objects.filter(action="lms.take_export").count() == 1


def test_after_a_week_the_file_is_gone_and_the_row_stays(
    boss, at, django_capture_on_commit_callbacks
):
    """RP-08"""
    export = asked_by(boss)
    name = export.file.name
    at("2026-11-30T09:00+05:00")

    with pytest.raises(NotReady):
        take(export, by=boss)
    with django_capture_on_commit_callbacks(execute=True):
        assert (expire(), expire()) == (1, 0)

    export.refresh_from_db()
    assert (export.state, export.purpose) == ("expired", "Audit 2026")
    assert not storages["private"].exists(name)
    assert expire in NIGHT_JOBS


def test_a_file_whose_worker_died_is_given_up_the_next_night(boss, at):
    export = start_export("people", params=ASKED, name="a", purpose="x", by=boss)
    at("2026-11-24T10:00+05:00")

    expire()

    export.refresh_from_db()
    assert export.state == "failed"


def test_the_page_asks_the_purpose_makes_the_file_and_gives_it(
    client, boss, django_capture_on_commit_callbacks
):
    """RP-08"""
    trained(make_cohort())
    client.force_login(boss)
    url = reverse("lms_reports:people_file", args=["people-trained"]) + "?year=2026"

    blank = client.post(url, {"purpose": " ", "format": "csv"})
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(url, {"purpose": "Audit", "format": "csv"})
    page = client.get(asked.url)
    file = client.post(asked.url)

    assert list(blank.context["form"].errors) == ["purpose"]
    assert "The file is ready." in page.content.decode()
    assert "Раҳимова" in b"".join(file.streaming_content).decode()
    assert "people-trained-2026-01-01-2026-12-31.csv" in file["Content-Disposition"]
    assert "Audit" in client.get(reverse("lms_reports:exports")).content.decode()


def test_nobody_elses_file_exists(client, boss):
    """RP-08 and PR-11"""
    export = asked_by(boss)
    client.force_login(staff(ADMINISTRATORS))
    url = reverse("lms_reports:export", args=[export.pk])

    assert client.get(url, follow=True).status_code == 404
    assert client.post(f"/en{url}").status_code in (302, 404)


def test_an_expired_file_says_what_to_do(client, boss, at):
    export = asked_by(boss)
    at("2026-12-30T09:00+05:00")
    client.force_login(boss)
    url = reverse("lms_reports:export", args=[export.pk])

    taken = client.post(url, follow=True)

    assert "Ask for it again" in taken.content.decode()


@pytest.mark.parametrize("role", ["observer", ""])
def test_an_observer_and_a_stranger_cannot_ask_for_names(client, role):
    """RP-04 and PR-11"""
    cohort = make_cohort()
    user = staff(OBSERVERS, cohort, role) if role else make_user()
    client.force_login(user)

    asked = reverse("lms_reports:people_file", args=["people-trained"])

    assert client.get(asked, follow=True).status_code in (302, 403) or (
        "purpose" not in client.get(asked, follow=True).content.decode()
    )
    client.post(asked, {"purpose": "x", "format": "csv"})
    assert not Export.objects.exists()
