"""Sessions planned in a series, changed alone or together."""

from copy import deepcopy
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.actions import attendance
from lms.actions import series as actions
from lms.actions.rederiving import rederive_starts
from lms.models import Cohort, Message, Session, SessionSeries, StatusSet
from lms.tasks import NIGHT_JOBS
from tests.cast import make_cast
from tests.factories import make_cohort

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 1), "ends_on": date(2027, 6, 30)}
MONDAYS = {"first_on": date(2026, 10, 19), "local_time": time(9)}


def plan(cohort, rule="FREQ=WEEKLY;COUNT=3", **fields):
    terms = MONDAYS | {"minutes": 90, "by": None} | fields
    return actions.plan_series(cohort, rule=rule, **terms)


def days_in(cohort):
    rows = cohort.sessions.live().values_list("local_date", "local_time")
    return [(day.isoformat(), at.hour) for day, at in rows]


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.all().delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    return deepcopy(scene_once)


def test_a_series_is_planned_in_one_step_without_the_days_left_out(scene):
    series = plan(scene.cohort, skip=[date(2026, 10, 26)], place="Hall")

    sessions = list(series.sessions.all())
    assert days_in(scene.cohort) == [("2026-10-19", 9), ("2026-11-02", 9)]
    assert {one.place for one in sessions} == {"Hall"}
    entry = ModelLogEntry.objects.get(action="lms.plan_series")
    assert entry.data == {"count": 2}


def test_nine_o_clock_stays_nine_over_the_change_of_clocks():
    """ATT-41"""
    cohort = make_cohort(timezone="Europe/Warsaw", **DAYS)

    plan(cohort, first_on=date(2026, 10, 24), rule="FREQ=DAILY;COUNT=3")

    starts = cohort.sessions.values_list("starts_at", flat=True)
    assert list(starts) == [
        datetime.fromisoformat("2026-10-24T09:00+02:00"),
        datetime.fromisoformat("2026-10-25T09:00+01:00"),
        datetime.fromisoformat("2026-10-26T09:00+01:00"),
    ]


@pytest.mark.parametrize(
    ("fields", "refusal", "said"),
    [
        ({"rule": "FREQ=DAILY"}, actions.RuleRefused, "never ends"),
        ({"rule": "FREQ=WEEKLY;COUNT=99"}, actions.OutsideCohort, "5 July 2027"),
        (
            {"skip": [date(2026, 10, 19)], "rule": "FREQ=DAILY;COUNT=1"},
            actions.NothingPlanned,
            "left out",
        ),
    ],
)
def test_a_series_is_planned_whole_or_not_at_all(scene, fields, refusal, said):
    with pytest.raises(refusal, match=said):
        plan(scene.cohort, **fields)

    assert not SessionSeries.objects.exists()
    assert not Session.objects.exists()


def test_a_day_planned_already_is_refused_by_name(scene):
    """ATT-45: a series planned twice is planned once."""
    plan(scene.cohort)

    with pytest.raises(actions.SessionExists, match="19 October 2026, 26 October"):
        plan(scene.cohort)

    assert len(days_in(scene.cohort)) == 3


def test_this_session_alone_moves(scene):
    second = plan(scene.cohort).sessions.all()[1]

    actions.change_series(
        second, which="this", by=None, local_time=time(11), place="Hall 2"
    )

    assert days_in(scene.cohort) == [
        ("2026-10-19", 9),
        ("2026-10-26", 11),
        ("2026-11-02", 9),
    ]


def test_later_ones_move_by_as_many_days_and_keep_what_is_their_own(scene):
    first, second, third = plan(scene.cohort).sessions.all()
    attendance.change_session(third, by=None, title="The last")

    changed = actions.change_series(
        second, which="later", by=None, local_date=date(2026, 11, 2), title=""
    )

    assert days_in(scene.cohort) == [
        ("2026-10-19", 9),
        ("2026-11-02", 9),
        ("2026-11-09", 9),
    ]
    assert {one.pk for one in changed} == {second.pk, third.pk}
    third.refresh_from_db()
    assert (third.title, first.sequence) == ("The last", 0)


def test_a_series_moves_onto_days_its_own_sessions_leave(scene):
    """ATT-45 holds in between as well: each steps onto a place that is free."""
    plan(scene.cohort, rule="FREQ=DAILY;COUNT=3")
    first = scene.cohort.sessions.first()

    for day in (20, 19):
        actions.change_series(
            first, which="all", by=None, local_date=date(2026, 10, day)
        )
        first.refresh_from_db()
        assert [int(on[-2:]) for on, _ in days_in(scene.cohort)] == [
            day,
            day + 1,
            day + 2,
        ]


def test_a_signed_session_of_a_series_stays_when_all_are_changed(scene, at):
    first, second, _third = plan(scene.cohort).sessions.all()
    at("2026-10-19T12:00+05:00")
    attendance.mark_the_rest_present(first, by=scene.trainer)
    attendance.sign_off_register(first, by=scene.trainer)

    actions.change_series(second, which="all", by=None, local_time=time(14))

    assert [hour for _, hour in days_in(scene.cohort)] == [9, 14, 14]


def test_one_refused_change_of_a_series_takes_all_back(scene):
    plan(scene.cohort)
    last = scene.cohort.sessions.last()

    with pytest.raises(attendance.OutsideCohort):
        actions.change_series(last, which="all", by=None, local_date=date(2026, 10, 7))

    assert max(days_in(scene.cohort)) == ("2026-11-02", 9)


def test_future_starts_follow_new_rules_of_a_zone_and_past_ones_stay(scene, at):
    """ATT-42: After a change of the time zone data 09:00 is still 09:00."""
    plan(scene.cohort, rule="FREQ=DAILY;COUNT=4")
    promised = list(scene.cohort.sessions.values_list("starts_at", flat=True))
    # As if planned while the server still thought that Dushanbe were an hour ahead:
    # each start is now where its neighbour's is to be.
    for session in scene.cohort.sessions.order_by("starts_at"):
        start = session.starts_at - timedelta(hours=24)
        Session.objects.filter(pk=session.pk).update(starts_at=start)
    at("2026-10-18T12:00+05:00")

    counts = [rederive_starts(), rederive_starts()]

    starts = list(scene.cohort.sessions.values_list("starts_at", flat=True))
    assert counts == [3, 0]
    assert starts == [promised[0] - timedelta(hours=24), *promised[1:]]
    assert {one.local_time for one in scene.cohort.sessions.all()} == {time(9)}
    assert starts[1].astimezone(ZoneInfo("Asia/Dushanbe")).hour == 9
    assert ModelLogEntry.objects.filter(action="lms.rederive_start").count() == 3
    assert not Message.objects.exists()
    assert rederive_starts in NIGHT_JOBS


ANSWERS = {
    "title": "Referral",
    "repeat": "weekly",
    "days": ["MO", "TH"],
    "first_on": "2026-10-19",
    "until": "2026-11-02",
    "times": "",
    "local_time": "09:00",
    "minutes": "90",
    "place": "Khujand",
    "link": "",
    "is_required": "on",
    "rule": "",
    "show": "1",
}
FOUR = ["2026-10-19", "2026-10-22", "2026-10-26", "2026-10-29"]


def post(client, scene, **answers):
    address = reverse("lms:series_add", args=[scene.cohort.code])
    return client.post(address, ANSWERS | answers)


def test_a_trainer_sees_the_days_leaves_some_out_and_plans_the_rest(client, scene):
    client.force_login(scene.trainer)

    shown = post(client, scene)
    assert not Session.objects.exists()
    # A phone shows the days, which stand below a long form.
    html = shown.content.decode()
    assert 'action="#days"' in html
    assert 'id="days"' in html
    key = shown.context["key"]
    answer = post(client, scene, plan="1", shown=key, on=FOUR[1:])

    days = [one.on.isoformat() for one in shown.context["form"].occurrences]
    assert days == [*FOUR, "2026-11-02"]
    assert answer.status_code == 302
    assert [day for day, _ in days_in(scene.cohort)] == FOUR[1:]
    assert Session.objects.first().title == "Referral"


def test_days_that_were_not_on_the_page_are_shown_before_they_are_planned(
    client, scene
):
    client.force_login(scene.trainer)
    key = post(client, scene).context["key"]

    answer = post(client, scene, plan="1", shown=key, on=FOUR, local_time="10:00")

    assert answer.status_code == 200
    assert len(answer.context["chosen"]) == 5
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"until": ""}, "until", "Say either"),
        ({"times": "3"}, "until", "Say either"),
        ({"until": "2026-10-01"}, "until", "No day fits"),
        ({"until": "", "times": "999"}, "times", "less than or equal to 200"),
        ({"repeat": "rule"}, "rule", "Write the rule"),
        ({"repeat": "rule", "rule": "FREQ=DAILY"}, "rule", "never ends"),
        ({"repeat": "rule", "rule": "FREQ=x;COUNT=2"}, "rule", "not understood"),
        ({"first_on": "19.19.2026"}, "first_on", "valid date"),
        ({"repeat": "daily", "until": "2029-01-01"}, "until", "more than 200"),
    ],
)
def test_a_broken_repeat_is_said_beside_its_field_and_nothing_is_lost(
    client, scene, answers, field, said
):
    client.force_login(scene.trainer)

    answer = post(client, scene, **answers)

    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    assert answer.context["form"]["title"].value() == "Referral"
    assert answer.context["form"]["days"].value() == ["MO", "TH"]


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({"repeat": "fortnightly", "until": "", "times": "4"}, 4),
        ({"repeat": "weekdays"}, 11),
        ({"repeat": "daily"}, 15),
        ({"days": []}, 3),
        ({"repeat": "rule", "until": "", "rule": "FREQ=WEEKLY;COUNT=2"}, 2),
    ],
)
def test_the_ways_to_repeat(client, scene, answers, count):
    client.force_login(scene.trainer)

    assert len(post(client, scene, **answers).context["form"].occurrences) == count


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9998-12-31"])
def test_days_at_the_ends_of_the_calendar_are_answered_everywhere(client, scene, day):
    client.force_login(scene.coordinator)
    session = plan(scene.cohort).sessions.first()
    one = ANSWERS | {"local_date": day, "cohort": scene.cohort.pk}
    code = scene.cohort.code

    answers = [
        post(client, scene, first_on=day, until="", times="3"),
        client.post(reverse("lms:session_add", args=[code]), one),
        client.post(reverse("lms_sessions:add"), one),
        *(
            client.post(
                reverse("lms:session_edit", args=[session.pk]), one | {"which": which}
            )
            for which in ("this", "later", "all")
        ),
    ]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len(days_in(scene.cohort)) == 3


def test_sessions_that_must_be_attended_are_planned_as_such(client, scene):
    client.force_login(scene.trainer)
    must = {"is_mandatory": "on", "plan": "1"}
    key = post(client, scene, **must).context["key"]

    post(client, scene, **must, shown=key, on=FOUR)

    assert {one.is_mandatory for one in Session.objects.all()} == {True}


@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_who_does_not_teach_here_plans_no_series(client, scene, who):
    client.force_login(getattr(scene, who))

    assert post(client, scene, plan="1").status_code == 404


def test_a_series_takes_the_statuses_that_are_offered(client, scene):
    """ATT-37: as a single session does; where no set was made nothing is asked."""
    client.force_login(scene.trainer)
    assert "status_set" not in post(client, scene).context["form"].fields
    short = StatusSet.objects.create(title="Short")
    chosen = {"status_set": short.key, "plan": "1"}
    key = post(client, scene, **chosen).context["key"]

    post(client, scene, **chosen, shown=key, on=FOUR)

    assert {one.status_set for one in Session.objects.all()} == {short.key}
