"""What is odd about marks: listed, told, and decided by those who teach."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions import attendance, reviewing
from lms.actions.evidence import Evidence, record
from lms.actions.refused_check_ins import refuse_check_in
from lms.models import Mark, Session
from lms.standing import attendance_of
from lms.to_look_at import to_look_at
from tests.factories import make_enrolment
from tests.lms.this_morning import make_this_morning

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:05+05:00")
    return make_this_morning("to_look_at")


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def check_in(scene, place, *, flags=(), waits=False, **fields):
    """By the code of the room; gives the event."""
    piece = Evidence(
        enrolment_id=place.pk,
        source="room_code",
        code="present",
        flags=flags,
        waits=waits,
        **fields,
    )
    [outcome] = record(scene.session, [piece], by=place.person.user)
    return outcome.event


def decide(client, scene, event, decision, **data):
    url = reverse("lms:to_look_at_decide", args=[scene.session.pk, event.pk])
    return client.post(url, {"decision": decision} | data)


def test_what_is_flagged_is_listed_with_what_it_means(client, scene):
    """ATT-23, ATT-24, ATT-27, ATT-28, ATT-29"""
    check_in(scene, scene.enrolment, flags=("same_device",), device="a-phone-0123")
    check_in(scene, scene.enrolment, happened_at=clock.now() + timedelta(seconds=1))
    check_in(scene, scene.second, flags=("off_site", "late_upload"), waits=True)
    client.force_login(scene.trainer)

    html = client.get(scene.url).content.decode()
    found = client.get(scene.url).context["found"]

    assert [one.event.flags for one in found.waiting] == [
        ["off_site", "late_upload", "forced"]
    ]
    assert [one.event.flags for one in found.odd] == [["same_device"], ["duplicate"]]
    for said in (
        "The same device checked somebody else in",
        "checked in twice; the earlier time counts",
        "another network than the room",
        "sent later than it happened",
        "counts only when somebody accepts it",
        "device a-phone-",
    ):
        assert said in html


def test_a_flag_never_changes_a_figure(scene):
    """ATT-24"""
    check_in(scene, scene.enrolment, flags=("same_device", "off_site", "burst"))
    check_in(scene, scene.second)
    Session.objects.update(status="held")

    flagged, plain = (attendance_of(one) for one in (scene.enrolment, scene.second))

    assert flagged == plain


def test_what_waits_counts_once_it_is_accepted_and_twice_is_once(client, scene):
    """ATT-28"""
    event = check_in(scene, scene.enrolment, waits=True)
    client.force_login(scene.trainer)
    before = list(Mark.objects.all())

    answers = [decide(client, scene, event, "accept") for _ in range(2)]

    assert before == []
    assert [answer.url for answer in answers] == [scene.url] * 2
    assert Mark.objects.get().status.code == "present"
    assert scene.session.mark_events.count() == 2
    found = to_look_at([scene.session.pk])
    assert (found.waiting, [one.event for one in found.done]) == ([], [event])


def test_what_counts_already_is_accepted_in_one_go_as_it_stood_on_the_page(
    client, scene
):
    """A tablet that went through the room would be thirty pages."""
    seen = [
        check_in(scene, place, flags=("same_device",)) for place in scene_people(scene)
    ]
    waits = check_in(scene, scene.enrolment, waits=True)
    later = check_in(scene, scene.enrolment, flags=("off_site",))
    client.force_login(scene.trainer)
    url = reverse("lms:to_look_at_accept_all", args=[scene.session.pk])
    assert url in client.get(scene.url).content.decode()

    sent = {"event": [*(one.pk for one in [*seen, waits]), "x"]}
    answers = [client.post(url, sent) for _ in range(2)]

    assert [answer.url for answer in answers] == [scene.url] * 2
    found = to_look_at([scene.session.pk])
    assert [one.event for one in found.done] == seen
    assert [one.event for one in found.waiting + found.odd] == [waits, later]
    accepted = scene.session.mark_events.filter(kind="accept")
    assert [one.by for one in accepted] == [scene.trainer] * 2


def test_in_a_signed_register_nothing_is_accepted_in_one_go(client, scene):
    """ATT-49"""
    events = [check_in(scene, one, flags=("burst",)) for one in scene_people(scene)]
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    client.force_login(scene.trainer)
    url = reverse("lms:to_look_at_accept_all", args=[scene.session.pk])

    client.post(url, {"event": [one.pk for one in events]})

    assert url not in client.get(scene.url).content.decode()
    assert not scene.session.mark_events.filter(kind="accept").exists()


def test_what_is_not_accepted_counts_no_more_and_stays_in_history(client, scene):
    """ATT-23"""
    event = check_in(scene, scene.enrolment, flags=("same_device",))
    client.force_login(scene.trainer)

    decide(client, scene, event, "reject")

    assert Mark.objects.get().status is None
    [undone] = scene.session.mark_events.filter(kind="undo")
    assert (undone.about, undone.reason) == (
        event,
        "Not accepted when it was looked at.",
    )
    html = client.get(scene.url).content.decode()
    assert f"taken back by {scene.trainer}" in html


def test_refused_check_ins_stand_with_time_reason_and_device(client, scene):
    """ATT-25"""
    for place in (scene.enrolment, None):
        refuse_check_in(
            why="too_late",
            source="room_code",
            session=scene.session,
            enrolment=place,
            device="0123456789abcdef",
        )
    client.force_login(scene.trainer)

    html = client.get(scene.url).content.decode()

    assert scene.enrolment.person.legal_name in html
    for said in ("Nobody known", "Too late.", "09:05", "device 01234567"):
        assert said in html
    assert "0123456789" not in html


def test_guesses_of_one_person_are_one_line_each_reason(client, scene):
    """ATT-25: a list of twenty guesses hides the one that matters."""
    tries = [(scene.enrolment, "unknown")] * 3
    tries += [(scene.second, "unknown"), (scene.enrolment, "too_many")]
    for place, why in tries:
        refuse_check_in(
            why=why, source="room_code", session=scene.session, enrolment=place
        )
    client.force_login(scene.trainer)

    found = to_look_at([scene.session.pk]).refused

    assert [(one.first.enrolment, one.first.why, one.count) for one in found] == [
        (scene.enrolment, "unknown", 3),
        (scene.second, "unknown", 1),
        (scene.enrolment, "too_many", 1),
    ]
    assert client.get(scene.url).content.decode().count("× 3") == 1


def test_one_device_for_two_names_the_other_to_who_teaches_only(client, scene):
    """ATT-23"""
    places = [scene.enrolment, scene.second]
    for place in places:
        check_in(scene, place, flags=("same_device",), device="a-phone-0123")
    client.force_login(scene.trainer)

    html = client.get(scene.url).content.decode()

    first, second = (place.person.legal_name for place in places)
    assert [one.together for one in to_look_at([scene.session.pk]).odd] == [
        (second,),
        (first,),
    ]
    assert f"With this device also: {second}" in html
    client.force_login(scene.enrolment.person.user)
    own = reverse("lms:my_attendance", args=[scene.enrolment.pk])
    assert second not in client.get(own).content.decode()


def test_of_a_tablet_for_the_whole_room_only_some_are_named(scene):
    places = [make_enrolment(cohort=scene.session.cohort) for _ in range(8)]
    for place in places:
        check_in(scene, place, flags=("same_device",), device="a-tablet")

    [first, *_] = to_look_at([scene.session.pk]).odd

    names = [place.person.legal_name for place in places]
    assert first.together == (*names[1:7], "…")


def test_in_a_signed_register_nothing_is_decided(client, scene):
    """ATT-49"""
    event = check_in(scene, scene.enrolment, flags=("burst",))
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    client.force_login(scene.trainer)

    decide(client, scene, event, "reject")
    html = client.get(scene.url).content.decode()

    assert "a coordinator opens it before anything is decided" in html
    assert 'name="decision"' not in html
    assert not scene.session.mark_events.filter(kind="undo").exists()


def test_the_cohorts_list_has_every_session_and_comes_back_to_itself(client, scene):
    event = check_in(scene, scene.enrolment, flags=("burst",))
    url = reverse("lms:cohort_to_look_at", args=[scene.cohort.code])
    client.force_login(scene.coordinator)

    html = client.get(url).content.decode()
    answer = decide(client, scene, event, "accept", back="cohort")

    assert "Many people checked in within a minute." in html
    assert answer.url == url


@pytest.mark.parametrize("who", ["participant", "marker", "observer", "other_trainer"])
def test_nobody_else_sees_or_decides(client, scene, who):
    event = check_in(scene, scene.enrolment, waits=True)
    client.force_login(getattr(scene, who))

    answers = [client.get(scene.url), decide(client, scene, event, "accept")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Mark.objects.exists()


def test_an_event_of_another_session_is_not_decided_here(client, scene):
    piece = Evidence(
        enrolment_id=scene.other_enrolment.pk, source="room_code", code="present"
    )
    [other] = record(scene.other_session, [piece], by=scene.other_trainer)
    client.force_login(scene.trainer)

    assert decide(client, scene, other.event, "reject").status_code == 404


def test_people_nobody_saw_leaving_are_one_sentence(client, scene, at):
    """ATT-31: everybody stays to the end; that is nothing to look at."""
    piece = Evidence(
        enrolment_id=scene.enrolment.pk,
        source="personal_code",
        kind="entry",
        code="present",
    )
    record(scene.session, [piece], by=scene.trainer)
    at("2026-10-12T10:31+05:00")
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    client.force_login(scene.trainer)

    found = client.get(scene.url).context["found"]

    assert (found.odd, found.closed) == ([], 1)


def test_as_many_queries_for_ten_as_for_one(scene):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            place = make_enrolment(cohort=scene.cohort)
            event = check_in(scene, place, flags=("burst",))
            check_in(scene, place, flags=("off_site",))
        reviewing.accept(event, by=scene.trainer)
        with CaptureQueriesContext(connection) as queries:
            found = to_look_at([scene.session.pk])
            assert all(one.what and one.event.session.cohort for one in found.odd)
        counts.append(len(queries))

    assert counts == [2, 2]


def test_what_waits_stands_on_the_trainers_page_until_it_is_decided(client, scene):
    events = [check_in(scene, place, waits=True) for place in scene_people(scene)]
    client.force_login(scene.trainer)
    page = reverse("lms:teach")
    words = f"{scene.cohort.title}: 2 marks to look at"

    before = client.get(page).content.decode()
    decide(client, scene, events[0], "accept")
    decide(client, scene, events[1], "reject")
    after = client.get(page).content.decode()

    assert (words in before, "marks to look at" in after) == (True, False)


def test_the_number_beside_the_link_is_what_nobody_has_decided_about(client, scene):
    events = [check_in(scene, place, waits=True) for place in scene_people(scene)]
    check_in(scene, scene.enrolment, flags=("same_device",))
    client.force_login(scene.trainer)
    pages = (
        reverse("lms:register", args=[scene.session.pk]),
        reverse("lms:sessions", args=[scene.cohort.code]),
    )

    before = [client.get(page).context["to_look_at"] for page in pages]
    decide(client, scene, events[0], "accept")
    decide(client, scene, events[1], "reject")
    after = [client.get(page).context["to_look_at"] for page in pages]

    found = to_look_at([scene.session.pk])
    assert (before, after) == ([3, 3], [len(found.waiting) + len(found.odd)] * 2)


def scene_people(scene):
    return [scene.enrolment, scene.second]


@pytest.mark.parametrize(
    ("who", "seen"),
    [("trainer", ["participant"]), ("coordinator", ["participant", None])],
)
def test_tries_at_no_session_stand_with_those_whom_they_may_concern(
    client, scene, at, who, seen
):
    """ATT-25: of our own people for staff, of nobody known for who runs the cohort."""
    room = {"why": "unknown", "source": "room_code"}
    for by in (scene.participant, scene.other_trainer, None):
        refuse_check_in(by=by, **room)
    at("2026-10-11T10:00+05:00")
    refuse_check_in(by=scene.participant, **room)
    at("2026-10-12T09:10+05:00")
    client.force_login(getattr(scene, who))
    cohort = reverse("lms:cohort_to_look_at", args=[scene.cohort.code])

    pages = [client.get(page) for page in (scene.url, cohort)]
    today, always = (page.context["found"] for page in pages)

    name = scene.enrolment.person.legal_name
    assert all(f"<strong>{name}</strong>" in page.content.decode() for page in pages)
    people = [name and getattr(scene, name) for name in seen]
    assert [one.first.by for one in today.refused] == people
    assert [one.first.by for one in always.refused] == [scene.participant, *people]
