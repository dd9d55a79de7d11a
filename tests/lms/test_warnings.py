"""Warning whose attendance passes a limit: whom, of what, and how often."""

from copy import deepcopy
from datetime import date
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms import tasks
from lms.actions import attendance, messages
from lms.actions.warnings import set_warning_rules, warn_all
from lms.models import AttendanceWarning, Cohort, Enrolment, Message, WarningRules
from lms.panels import waiting
from lms.titles import course_titles
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_participant,
    make_session,
    make_staff,
)

pytestmark = pytest.mark.django_db

CODES = {"P": "present", "L": "late", "E": "excused", "A": "absent"}
LIMITS = {"below": 70, "in_a_row": 2, "when_unreachable": True}


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    """Eight sessions, of which five are held; 60 percent are asked for."""
    now = at_once("2026-10-20T01:00+05:00")
    cohort = make_cohort(
        make_edition(make_course(), policy={"attendance_percent": 60}),
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 11, 30),
    )
    days = [12, 13, 14, 15, 16, 21, 22, 23]
    sessions = [make_session(cohort, local_date=date(2026, 10, day)) for day in days]
    for session in sessions[:5]:
        session.status = "held"
        session.save()
    set_warning_rules(cohort, by=None, **LIMITS)
    trainer, coordinator = (
        make_staff(cohort, r).user for r in ("trainer", "coordinator")
    )
    return SimpleNamespace(
        cohort=cohort,
        sessions=sessions,
        trainer=trainer,
        coordinator=coordinator,
        since=now.replace(day=1),
    )


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def with_marks(scene, letters, **fields):
    """Somebody with these marks in the first sessions; a point is none."""
    person = fields.pop("person", None) or make_participant()
    place = make_enrolment(person, scene.cohort, active_from=scene.since, **fields)
    mark(scene, place, letters)
    return place


def mark(scene, place, letters, first=0):
    for session, letter in zip(scene.sessions[first:], letters, strict=False):
        if letter in CODES:
            attendance.mark(
                session, enrolment=place, status_code=CODES[letter], by=scene.trainer
            )


def told(place):
    rows = AttendanceWarning.objects.filter(enrolment=place).order_by("pk")
    return [(row.threshold, float(row.figure), row.is_sent) for row in rows]


def letters():
    return Message.objects.filter(template="lms/mail/attendance_warning")


def test_the_gravest_of_several_is_written_about_and_the_others_are_not_after_it(scene):
    """ATT-52: of 8 sessions four are missed for good: 50% at best."""
    place = with_marks(scene, "PAAAA")

    assert (warn_all(), warn_all()) == (1, 0)

    assert told(place) == [
        ("unreachable", 50.0, True),
        ("below", 20.0, False),
        ("in_a_row", 4.0, False),
    ]
    [letter] = letters()
    assert letter.context["threshold"] == "unreachable"


def test_a_threshold_is_told_again_only_when_more_is_missed(scene):
    """ATT-52: a good mark is no reason to write again, a missed session is."""
    place = with_marks(scene, "PLLAP")
    warn_all()
    first = told(place)

    mark(scene, place, "P", first=5)
    again = warn_all()
    mark(scene, place, "A", first=5)

    assert (first, again, warn_all()) == ([("below", 60.0, True)], 0, 1)
    assert letters().count() == 2


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("PPPPP", []),
        ("PPPAP", []),
        ("EEEEE", []),
        (".....", []),
        ("P....", []),
        ("PPPAA", [("below", 60.0, True), ("in_a_row", 2.0, False)]),
    ],
)
def test_what_is_excused_or_not_marked_warns_nobody(scene, marks, expected):
    """ATT-53: whose best possible is complete is not warned."""
    place = with_marks(scene, marks)

    warn_all()

    assert told(place) == expected


def test_nobody_is_warned_whose_requirement_is_met_for_certain(scene):
    """ATT-53: four of five sessions are 80%, and no sixth is asked for."""
    for session in scene.sessions[5:]:
        session.is_required = False
        session.save()
    set_warning_rules(scene.cohort, by=None, **LIMITS | {"below": 90})
    place = with_marks(scene, "PPPPA")

    warn_all()

    assert told(place) == []


@pytest.mark.parametrize("status", ["withdrawn", "completed", "cancelled"])
def test_nobody_is_warned_whose_place_has_ended_or_is_completed(scene, status):
    """ATT-53"""
    place = with_marks(scene, "PAAAA")
    fields = {"active_to": scene.sessions[5].starts_at}
    if status == "completed":
        fields = {"completed_at": scene.since, "completed_on": date(2026, 10, 1)}
    Enrolment.objects.filter(pk=place.pk).update(status=status, **fields)

    assert warn_all() == 0


@pytest.mark.parametrize("status", ["finished", "cancelled"])
def test_nobody_is_warned_in_a_cohort_that_is_over(scene, status):
    """ATT-53"""
    with_marks(scene, "PAAAA")
    Cohort.objects.filter(pk=scene.cohort.pk).update(status=status)

    assert warn_all() == 0


def test_a_warning_is_dropped_on_its_way_when_the_person_has_withdrawn(scene):
    """ATT-53"""
    place = with_marks(scene, "PAAAA")
    warn_all()
    Enrolment.objects.filter(pk=place.pk).update(
        status="withdrawn", active_to=scene.sessions[5].starts_at
    )

    messages.send_due()

    assert (mail.outbox, letters().get().dropped_because) == ([], "ended")


def test_the_letter_says_the_figure_leads_to_the_marks_and_names_no_course(scene):
    """CM-11"""
    with_marks(scene, "PLLAP")
    set_warning_rules(scene.cohort, by=None, **LIMITS)

    tasks.every_night()
    messages.send_due()

    [letter] = mail.outbox
    said = "Your attendance so far is 60%. We write to you below 70%."
    [sent] = AttendanceWarning.objects.filter(is_sent=True)
    assert said in letter.body
    assert reverse("lms:my_attendance", args=[sent.enrolment_id]) in letter.body
    course = course_titles()[scene.cohort.edition.course_key]
    assert not [title for title in (course, scene.cohort.title) if title in letter.body]


def test_who_missed_a_session_that_must_be_attended_is_told_so(scene):
    """ATT-51: everything else was attended."""
    scene.sessions[1].is_mandatory = True
    scene.sessions[1].save()
    with_marks(scene, "PAPPP")

    warn_all()
    messages.send_due()

    [letter] = mail.outbox
    assert "You missed a session that must be attended." in letter.body


def test_a_cohort_without_limits_warns_nobody_and_setting_them_is_logged_once(scene):
    with_marks(scene, "AAAAA")
    none = {"below": None, "in_a_row": None, "when_unreachable": False}

    set_warning_rules(scene.cohort, by=scene.coordinator, **none)
    set_warning_rules(scene.cohort, by=scene.coordinator, **none)

    assert warn_all() == 0
    assert WarningRules.objects.count() == 1


def test_three_people_are_warned_in_as_many_queries_as_one(scene):
    with_marks(scene, "AAAAA")
    with CaptureQueriesContext(connection) as one:
        warn_all()
    for _ in range(3):
        with_marks(scene, "AAAAA")

    with CaptureQueriesContext(connection) as three:
        assert warn_all() == 3

    assert len(three) == len(one)


def test_trainers_read_who_was_warned_and_a_coordinator_sets_the_limits(scene, client):
    place = with_marks(scene, "PPPAA")
    warn_all()
    url = reverse("lms:warnings", args=[scene.cohort.code])

    client.force_login(scene.trainer)
    page = client.get(url).content.decode()
    refused = client.post(url, {"below": 50})
    client.force_login(scene.coordinator)
    wrong = client.post(url, {"below": 101})
    saved = client.post(url, {"below": 50, "in_a_row": ""})

    assert place.person.legal_name in page
    assert "60% so far, the limit is 70%" in " ".join(page.split())
    statuses = [one.status_code for one in (refused, wrong, saved)]
    assert statuses == [403, 200, 302]
    rules = WarningRules.objects.get()
    assert (rules.below, rules.in_a_row, rules.when_unreachable) == (50, None, False)


def test_where_only_a_session_is_mandatory_something_can_be_out_of_reach(client):
    """ATT-51: the page says the opposite only of a course that asks for nothing."""
    cohort = make_cohort(
        make_edition(make_course(), policy={}), starts_on=date(2026, 10, 1)
    )
    session = make_session(cohort, local_date=date(2026, 10, 12))
    client.force_login(make_staff(cohort, "coordinator").user)
    url = reverse("lms:warnings", args=[cohort.code])
    said = "nothing can become out of reach"
    before = client.get(url).content.decode()
    session.is_mandatory = True
    session.save()

    assert said in before
    assert said not in client.get(url).content.decode()


@pytest.mark.parametrize(("figure", "said"), [("79.96", "79.9"), ("66.66", "66.6")])
def test_a_figure_is_cut_as_everywhere_and_never_shown_as_the_limit(
    scene, client, figure, said
):
    place = with_marks(scene, "PPAAP")
    warn_all()
    place.warnings.update(threshold="below", figure=figure, limit=80)
    client.force_login(scene.trainer)

    page = client.get(reverse("lms:warnings", args=[scene.cohort.code]))

    words = " ".join(page.content.decode().split())
    assert f"{said}% so far, the limit is 80%" in words


def test_who_was_warned_waits_among_the_trainers_tasks(scene):
    with_marks(scene, "PPPAA")
    warn_all()

    found = {panel.key: tasks for panel, tasks in waiting(scene.trainer)}

    assert [task.count for task in found["warned"]] == [1]
