"""A conference's report becomes marks: who, how often, and what stays."""

from copy import deepcopy
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.actions import attendance, conferences
from lms.actions.conference_plan import Outcome, plan
from lms.models import ConferenceUpload, Mark, MarkEvent, MarkStatus, OnlineRules
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_staff,
    make_user,
)
from tests.lms.conference_files import TEAMS, ZOOM, ZOOM_UNIQUE, lines

pytestmark = pytest.mark.django_db
HEADS = "Name,Email,Join Time,Leave Time"


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    """A session of 90 minutes is over; three are expected, one is found by name."""
    now = at_once("2026-04-03T12:00+05:00")
    cohort = make_cohort(
        starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30), timezone="Asia/Dushanbe"
    )
    session = make_session(
        cohort, local_date=date(2026, 4, 3), local_time=time(9), minutes=90
    )
    scene = SimpleNamespace(cohort=cohort, session=session)
    people = {
        "madina": ("Мадина Раҳимова", "madina@example.org"),
        "jamshed": ("Каримов Джамшед", ""),
        "zarina": ("Zarina Saidova", "zarina@example.org"),
    }
    for key, (name, email) in people.items():
        person = make_person(legal_name=name, email=email)
        place = make_enrolment(person, cohort, active_from=now.replace(day=1))
        setattr(scene, key, place)
    scene.trainer = make_staff(cohort, "trainer", make_user(email="t@example.org")).user
    return scene


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def kept(scene, data=ZOOM, **fields):
    fields = {"name": "report.csv", "timezone": "Asia/Dushanbe"} | fields
    return conferences.keep_report(scene.session, data=data, by=scene.trainer, **fields)


def marks(scene):
    rows = Mark.objects.filter(session=scene.session).order_by("enrolment_id")
    return list(rows.values_list("enrolment", "status__code", "minutes", "source"))


def looked_at(upload):
    rows = plan(upload).rows
    return [
        (row.line.pk, row.status.code, row.stay.minutes, row.outcome) for row in rows
    ]


@pytest.mark.parametrize("data", [ZOOM, TEAMS], ids=["zoom", "teams"])
def test_rejoins_become_one_mark_with_their_minutes(scene, data):
    """ATT-32: 40 and 45 minutes of 90 are present; 40 alone are late."""
    upload = kept(scene, data)

    conferences.apply(upload, by=scene.trainer)

    assert marks(scene) == [
        (scene.madina.pk, "present", 85, "import"),
        (scene.jamshed.pk, "late", 40, "import"),
    ]
    scene.session.refresh_from_db()
    assert scene.session.status == "held"


def test_the_dry_run_says_what_would_happen_and_writes_nothing(scene):
    upload = kept(scene, ZOOM_UNIQUE)

    assert sorted(looked_at(upload)) == [
        (scene.madina.pk, "present", 88, Outcome.CREATE),
        (scene.jamshed.pk, "late", 40, Outcome.CREATE),
    ]
    assert [line.pk for line in plan(upload).rest] == [scene.zarina.pk]
    assert not MarkEvent.objects.exists()


def test_applied_twice_and_the_same_file_again_change_nothing(scene):
    """ATT-34"""
    upload = kept(scene)
    conferences.apply(upload, by=scene.trainer)
    before = marks(scene), MarkEvent.objects.count()

    conferences.apply(upload, by=scene.trainer)
    second = kept(scene)
    outcomes = {row.outcome for row in plan(second).rows}
    conferences.apply(second, by=scene.trainer)

    assert (marks(scene), MarkEvent.objects.count()) == before
    assert outcomes == {Outcome.SAME}


def test_a_trainers_mark_is_stronger_and_takes_the_minutes(scene):
    attendance.mark(
        scene.session, enrolment=scene.jamshed, status_code="absent", by=scene.trainer
    )
    upload = kept(scene)
    looked = {pk: outcome for pk, _, _, outcome in looked_at(upload)}

    conferences.apply(upload, by=scene.trainer)

    assert looked[scene.jamshed.pk] == Outcome.KEPT
    assert marks(scene)[1] == (scene.jamshed.pk, "absent", 40, "trainer")


def test_a_later_report_changes_what_an_earlier_one_said(scene):
    conferences.apply(kept(scene), by=scene.trainer)
    shorter = lines(HEADS, "x,madina@example.org,2026-04-03 09:00,2026-04-03 10:00")
    upload = kept(scene, shorter)

    applied = conferences.apply(upload, by=scene.trainer)

    assert applied.result["change"] == 1
    assert marks(scene)[0] == (scene.madina.pk, "left_early", 60, "import")


def test_who_matches_nobody_is_listed_and_stops_nothing(scene):
    """ATT-33"""
    data = lines(
        HEADS,
        "Guest,guest@example.org,2026-04-03 09:00,2026-04-03 10:30",
        "Madina,,2026-04-03 09:00,2026-04-03 10:30",
        "iPad,zarina@example.org,2026-04-03 09:00,2026-04-03 10:30",
    )
    upload = kept(scene, data)

    review = {one.who.name: one.candidates for one in plan(upload).review}
    applied = conferences.apply(upload, by=scene.trainer)

    assert {name: [p.pk for p in found] for name, found in review.items()} == {
        "Guest": [],
        "Madina": [scene.madina.pk],
    }
    assert marks(scene) == [(scene.zarina.pk, "present", 90, "import")]
    assert applied.result["review"] == 2


def test_staff_say_who_is_meant_and_who_is_not_one_of_them(scene):
    data = lines(
        HEADS,
        "iPhone,,2026-04-03 09:00,2026-04-03 10:30",
        "Galaxy,,2026-04-03 09:00,2026-04-03 10:30",
    )
    upload = kept(scene, data)

    conferences.decide(
        upload, by=scene.trainer, decisions={"2": scene.zarina.pk, "3": 0}
    )
    applied = conferences.apply(upload, by=scene.trainer)

    assert marks(scene) == [(scene.zarina.pk, "present", 90, "import")]
    assert (applied.result["review"], applied.result["not_ours"]) == (0, 1)
    assert applied.decisions == {}


def test_one_person_under_two_names_is_put_together_and_both_lines_are_named(scene):
    """ATT-32, ATT-34: one hour by telephone and one by computer overlap."""
    data = lines(
        HEADS,
        "Zarina Saidova,,2026-04-03 09:00,2026-04-03 10:00",
        "phone,zarina@example.org,2026-04-03 09:30,2026-04-03 10:15",
    )

    [row] = plan(kept(scene, data)).rows

    assert (row.lines, row.names) == ([2, 3], ["Zarina Saidova", "phone"])
    assert (row.stay.minutes, row.is_merged) == (75, True)


def test_who_teaches_the_cohort_is_nobody_of_its_participants(scene):
    """By address; by name where the report has no address and no participant has it."""
    for first, last in (("Далер", "Ҳакимзода"), ("Zarina", "Saidova")):
        make_staff(scene.cohort, user=make_user(first_name=first, last_name=last))
    data = lines(
        HEADS,
        "Host,T@example.org,2026-04-03 09:00,2026-04-03 10:30",
        "Daler Hakimzoda (Host),,2026-04-03 09:00,2026-04-03 10:30",
        "Zarina Saidova,,2026-04-03 09:00,2026-04-03 10:30",
    )

    looked = plan(kept(scene, data))

    assert looked.review == []
    assert [one.who.lines for one in looked.not_ours] == [[2], [3]]
    assert [row.line.pk for row in looked.rows] == [scene.zarina.pk]


def test_who_is_not_in_the_report_is_absent_only_when_everybody_in_it_is_known(scene):
    stranger = lines(HEADS, "Guest,,2026-04-03 09:00,2026-04-03 10:30")
    upload = kept(scene, stranger)
    conferences.decide(upload, by=scene.trainer, marks_the_rest=True)

    with pytest.raises(conferences.Undecided):
        conferences.apply(upload, by=scene.trainer)
    conferences.decide(upload, by=scene.trainer, decisions={"2": 0})
    conferences.apply(upload, by=scene.trainer)

    assert {row[1:] for row in marks(scene)} == {("absent", None, "import")}
    assert len(marks(scene)) == 3


def test_the_cohort_says_from_which_share_somebody_was_present(scene):
    conferences.set_online_rules(
        scene.cohort,
        by=None,
        present_percent=40,
        partly_percent=40,
        link_minutes=5,
    )

    assert {code for _, code, _, _ in looked_at(kept(scene))} == {"present"}
    assert OnlineRules.objects.count() == 1


def test_a_set_with_other_words_is_marked_by_what_they_are_worth(scene):
    for code, credit in [("there", 1), ("half", "0.4"), ("gone", 0)]:
        MarkStatus.objects.create(set="short", code=code, credit=credit)
    scene.session.status_set = "short"
    scene.session.save()

    conferences.apply(kept(scene), by=scene.trainer)

    assert [code for _, code, _, _ in marks(scene)] == ["there", "half"]


def test_the_file_is_gone_once_it_is_applied(scene, django_capture_on_commit_callbacks):
    upload = kept(scene)
    name = upload.file.name

    with django_capture_on_commit_callbacks(execute=True):
        applied = conferences.apply(upload, by=scene.trainer)

    assert (applied.file.name, storages["private"].exists(name)) == ("", False)


def test_a_report_of_another_day_marks_nobody(scene):
    data = lines(HEADS, "x,madina@example.org,2026-04-04 09:00,2026-04-04 10:30")
    upload = kept(scene, data)

    with pytest.raises(conferences.NoReport, match="another day"):
        conferences.apply(upload, by=scene.trainer)

    assert marks(scene) == []


def test_a_report_by_another_clock_is_read_by_it(scene):
    data = lines(HEADS, "x,madina@example.org,2026-04-03 06:00,2026-04-03 07:30")

    upload = kept(scene, data, timezone="Europe/Vienna")

    assert looked_at(upload) == [(scene.madina.pk, "present", 90, Outcome.CREATE)]


def test_what_is_no_report_or_comes_too_early_is_refused(scene, at):
    with pytest.raises(conferences.NoReport) as refusal:
        kept(scene, b"one,two\n1,2\n")
    at("2026-04-03T08:59+05:00")
    with pytest.raises(conferences.NotBegun):
        kept(scene)

    assert (refusal.value.field, ConferenceUpload.objects.count()) == ("file", 0)


def test_a_signed_register_is_not_changed_by_a_report(scene):
    upload = kept(scene)
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    before = marks(scene)

    with pytest.raises(attendance.RegisterSigned):
        conferences.apply(upload, by=scene.trainer)

    assert marks(scene) == before


def test_three_people_take_as_many_queries_as_one(scene):
    one = lines(HEADS, "x,madina@example.org,2026-04-03 09:00,2026-04-03 10:30")
    uploads = [kept(scene, one), kept(scene, TEAMS)]
    counted = []
    plan(uploads[0])
    rows = ConferenceUpload.objects.select_related("session__cohort")
    for upload in [rows.get(pk=one.pk) for one in uploads]:
        with CaptureQueriesContext(connection) as queries:
            plan(upload)
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_a_report_with_5000_lines_of_rejoins_becomes_one_mark(scene):
    """ATT-32: every line is read, the minutes count once."""
    begins = datetime(2026, 4, 3, 9)
    times = [begins + timedelta(seconds=n) for n in range(5001)]
    rejoins = [
        f"Madina Rahimova,madina@example.org,{came},{left}"
        for came, left in pairwise(times)
    ]

    upload = kept(scene, lines(HEADS, *rejoins))
    conferences.apply(upload, by=scene.trainer)

    assert marks(scene) == [(scene.madina.pk, "present", 83, "import")]
