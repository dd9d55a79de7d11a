"""What happened to a person and in a cohort, as people read it."""

import re
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from lms.actions import enrolment as places
from lms.actions import erasure, merging
from lms.actions.cohorts import change_cohort
from lms.actions.corrections import ask_correction
from lms.actions.invitations import invite
from lms.actions.people import change_person
from lms.actions.sessions import cancel, change_session
from lms.actions.viewing import start_viewing, stop_viewing
from lms.timelines import telling, words
from tests.factories import (
    make_course,
    make_enrolment,
    make_invitation,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """A cohort of which nothing is written down yet."""
    ModelLogEntry.objects.all().delete()
    return cast


def history(cast, what):
    """The door to the history of what the cast holds under this name."""
    if what == "site":
        return reverse("lms:history", args=[cast.cohort.code])
    row = getattr(cast, what)
    kind = {"person": "people", "cohort": "cohorts"}[what.removeprefix("other_")]
    return reverse(f"lms_{kind}:history", args=[row.pk])


def read(client, cast, what, who="coordinator", **asked):
    client.force_login(getattr(cast, who))
    answer = client.get(history(cast, what), asked)
    assert answer.status_code == 200
    return answer


def sentences(answer):
    return [strip_tags(line.text) for line in answer.context["page_obj"].object_list]


def at_hour(hour, *, day=12):
    """The time of all that is written down and has none of these tests' days yet."""
    when = datetime.fromisoformat(f"2026-10-{day:02}T{hour:02}:30+05:00")
    ModelLogEntry.objects.exclude(timestamp__month=10).update(timestamp=when)


def filled(cohort, number):
    """So many people, each with a step of their own."""
    for _ in range(number):
        place = make_enrolment(make_person(email=""), cohort)
        log(place, "lms.waive", user=make_user(), data={"requirement": "attendance"})


@pytest.mark.parametrize(
    "who",
    [
        "participant",
        "stranger",
        "observer",
        "marker",
        "other_trainer",
        "other_coordinator",
        "other_observer",
    ],
)
@pytest.mark.parametrize("what", ["person", "cohort", "site"])
def test_who_may_not_read_a_history_reads_no_name(client, scene, who, what):
    """PR-11"""
    places.withdraw(scene.enrolment, by=None, reason="Moved away")
    client.force_login(getattr(scene, who))

    answer = client.get(history(scene, what))

    assert answer.status_code in (302, 403, 404)
    assert scene.person.legal_name not in answer.content.decode()
    assert "Moved away" not in answer.content.decode()


def test_a_signed_out_visitor_is_sent_to_sign_in(client, scene):
    assert client.get(history(scene, "site")).status_code == 302
    assert client.get(history(scene, "person")).status_code == 302


def test_a_history_is_only_looked_at(client, scene):
    client.force_login(scene.coordinator)

    for what in ("site", "person", "cohort"):
        assert client.post(history(scene, what)).status_code == 405


def test_a_coordinator_reads_nothing_of_the_persons_other_cohorts(client, scene):
    """PR-11"""
    elsewhere = make_enrolment(scene.person, scene.other_cohort)
    places.withdraw(elsewhere, by=scene.other_coordinator, reason="Ill")
    places.withdraw(scene.enrolment, by=scene.coordinator, reason="Moved away")

    own = read(client, scene, "person")
    every = read(client, scene, "person", "administrator")

    name, cohort = scene.person.legal_name, scene.cohort.title
    assert sentences(own) == [f"Withdrew {name} from {cohort}."]
    assert "Ill" not in own.content.decode()
    assert len(sentences(every)) == 2


def test_only_administrators_read_of_wishes_to_be_forgotten(client, scene):
    erasure.ask(scene.person, by=None, certificates="register")

    assert sentences(read(client, scene, "person")) == []
    assert sentences(read(client, scene, "person", "administrator")) == [
        f"Asked to erase the data of {scene.person.legal_name}."
    ]


def test_trainers_read_of_places_and_sessions_but_not_who_is_asked_in(client, scene):
    until = make_invitation().expires_at
    ModelLogEntry.objects.all().delete()
    guest = make_person(legal_name="Gulnora")
    invite(scene.cohort, person=guest, expires_at=until, by=scene.coordinator)
    cancel(scene.session, by=scene.trainer, reason="No heating")

    told = read(client, scene, "site", "trainer")
    known = sentences(read(client, scene, "site"))

    assert [one.partition(":")[0] for one in sentences(told)] == ["Cancelled a session"]
    assert "No heating" in told.content.decode()
    assert "Gulnora" not in told.content.decode()
    assert f"Invited Gulnora to {scene.cohort.code}." in known


def test_a_step_says_when_who_what_and_why(client, scene):
    places.withdraw(scene.enrolment, by=scene.coordinator, reason="Moved <b>away</b>")
    at_hour(1)

    answer = read(client, scene, "cohort")

    (line,) = answer.context["page_obj"].object_list
    assert (line.at.isoformat(), line.who, line.why) == (
        "2026-10-12T01:30:00+05:00",
        scene.coordinator.username,
        "Moved <b>away</b>",
    )
    page = answer.content.decode()
    assert "Monday, 12 October 2026" in page
    assert "01:30" in page
    assert "Moved &lt;b&gt;away&lt;/b&gt;" in page
    assert reverse("lms_people:inspect", args=[scene.person.pk]) in page


def test_a_name_never_becomes_markup(client, scene):
    scene.person.legal_name = "<script>x</script> 100%s"
    scene.person.save()
    places.withdraw(scene.enrolment, by=None, reason="–")

    page = read(client, scene, "cohort").content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt; 100%s" in page


def test_what_changed_in_a_cohort_is_told_with_old_and_new(client, scene):
    seats = scene.cohort.capacity or "–"
    change_cohort(
        scene.cohort,
        by=None,
        place="Panj",
        capacity=77,
        mode="online",
        ends_on=date(2027, 3, 1),
    )
    scene.cohort.refresh_from_db()
    before = ModelLogEntry.objects.get().data["changed"]

    (told,) = sentences(read(client, scene, "cohort"))

    assert before["capacity"] == ["" if seats == "–" else str(seats), "77"]
    for part in (
        f"seats ({seats} → 77)",
        "→ Panj)",
        "mode (Online and in a room → Online)",
        "→ 1 March 2027)",
    ):
        assert part in told


def test_a_moved_session_says_when_it_was(client, scene):
    change_session(scene.session, by=None, local_time=time(15, 30), is_required=False)

    (told,) = sentences(read(client, scene, "cohort"))

    assert told.endswith(": time (09:00 → 15:30) and required (yes → no).")


def test_of_people_only_what_changed_is_told(client, scene):
    change_person(scene.person, by=None, position="Judge", latin_name="Rahimova")

    assert sentences(read(client, scene, "person")) == [
        f"Changed the data of {scene.person.legal_name}: position and name in Latin "
        "letters."
    ]


def test_what_the_system_did_is_said_to_be_the_systems(client, scene):
    log(scene.enrolment, "lms.offer_expired")

    (line,) = read(client, scene, "person").context["page_obj"].object_list

    assert line.who == "the system"


def test_looking_through_somebodys_eyes_stays_in_their_history(client, scene):
    """PR-07"""
    start_viewing(scene.person, by=scene.coordinator, reason="They see no quiz")
    stop_viewing(scene.person, by=scene.coordinator, ended="time")

    lines = read(client, scene, "person").context["page_obj"].object_list

    name = scene.person.legal_name
    assert [(line.text, line.why) for line in lines] == [
        (f"Stopped seeing the site as {name} does (the time was over).", ""),
        (
            f"Began to see the site as {name} does, only for reading.",
            "They see no quiz",
        ),
    ]


def test_what_was_known_of_a_merged_row_is_told_with_the_person(client, scene):
    twin = make_person(email="", legal_name="Nigina R.")
    make_enrolment(twin)
    ask_correction(twin, field="region", new="gbao", by=None)
    merging.merge(twin, into=scene.person, by=scene.administrator)

    told = sentences(read(client, scene, "person"))

    name = scene.person.legal_name
    assert f"Merged Nigina R. into {name}." in told
    assert "Asked to correct the data of Nigina R.: region." in told


def test_a_stranger_to_the_reader_is_not_named(client, scene):
    data = {"person": scene.other_person.pk}
    log(scene.person, "lms.undo_merge", data=data)

    own = read(client, scene, "person")
    every = read(client, scene, "person", "administrator")

    name = scene.person.legal_name
    assert sentences(own) == [f"Took back the merge of another row into {name}."]
    other = scene.other_person.legal_name
    assert sentences(every) == [f"Took back the merge of {other} into {name}."]


def test_what_an_erasure_has_emptied_still_reads_well(client, scene):
    """PR-03"""
    start_viewing(scene.person, by=scene.coordinator, reason="Asked by Nigina")
    places.withdraw(scene.enrolment, by=None, reason="Nigina is ill")
    erasure.anonymise(scene.person, by=scene.administrator, reason="Their wish")
    scene.person.refresh_from_db()

    answer = read(client, scene, "person", "administrator")

    name = scene.person.legal_name
    stays = "Certificates: Stay valid in the register, without the name."
    lines = [
        (strip_tags(one.text), one.why)
        for one in answer.context["page_obj"].object_list
    ]
    erased = "What was written here is erased."
    assert lines == [
        (f"Erased the data of {name}. {stays}", ""),
        (f"Asked to erase the data of {name}.", ""),
        (f"Withdrew {name} from {scene.cohort.title}.", erased),
        (f"Began to see the site as {name} does, only for reading.", erased),
    ]


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        "text",
        dict.fromkeys(
            ["reason", "changed", "until", "on", "user", "person", "activity", "from"],
            "–",
        ),
        {"changed": {"title": ["a", "b"], "place": 7, "ends_on": ["x", ""], "_": []}},
        {"changed": {"local_time": ["x", "09:00:00"], "edition": [], "x": ["a"]}},
        dict.fromkeys(["changed", "field", "until", "on", "user", "person"], 7),
        {key: ["x"] for key in ["changed", "user", "person", "role", "ended", "kind"]},
    ],
)
def test_every_step_is_told_whatever_the_log_keeps_of_it(scene, data):
    about = [scene.enrolment, scene.person, scene.session, scene.cohort]
    for row in about:
        log(row, "lms.enrol")
    entry = ModelLogEntry.objects.first()
    for row in ModelLogEntry.objects.all():
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=row.content_type,
                object_id=row.object_id,
                label="A label",
                action=action,
                data=data,
                timestamp=entry.timestamp,
            )
            for action in words.known()
        )
    story = telling.of_cohort(scene.cohort, scene.administrator)
    pages = [story.page(number).object_list for number in range(1, 7)]
    story = telling.of_person(scene.person, scene.administrator)
    pages += [story.page(number).object_list for number in range(1, 5)]

    texts = {strip_tags(line.text) for lines in pages for line in lines}

    assert len(texts) > len(words.known())
    assert [one for one in texts if re.search(r"%\(|None|[{}\[\]_]|\blms\.", one)] == []


def test_steps_of_other_apps_are_told_as_wagtail_tells_them(client, scene):
    log(scene.cohort, "wagtail.edit")

    assert sentences(read(client, scene, "cohort")) == ["Edited"]
    assert sentences(read(client, scene, "cohort", kind="other")) == ["Edited"]
    assert sentences(read(client, scene, "cohort", kind="places")) == []


def test_the_newest_comes_first_and_the_rest_on_further_pages(client, scene):
    for _ in range(telling.LINES_A_PAGE):
        log(scene.enrolment, "lms.wait")
    log(scene.session, "lms.schedule")

    first = read(client, scene, "cohort")
    last = read(client, scene, "cohort", page=2)

    assert sentences(first)[0].startswith("Planned a session")
    assert len(sentences(first)) == telling.LINES_A_PAGE
    assert len(sentences(last)) == 1
    assert "?page=2" in first.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", ""])
def test_an_impossible_page_gives_a_possible_one(client, scene, page):
    log(scene.enrolment, "lms.wait")

    assert len(sentences(read(client, scene, "cohort", page=page))) == 1
    assert len(sentences(read(client, scene, "site", "trainer", page=page))) == 1


def test_a_history_is_narrowed_to_a_kind_of_step(client, scene):
    log(scene.enrolment, "lms.wait")
    log(scene.session, "lms.schedule")

    (told,) = sentences(read(client, scene, "cohort", kind="sessions"))

    assert told.startswith("Planned a session")
    empty = read(client, scene, "cohort", kind="letters").content.decode()
    assert "Nothing like this is written down." in empty


def test_days_are_those_of_the_cohorts_clock(client, scene):
    """Half past one in Dushanbe is still the day before in Greenwich."""
    log(scene.enrolment, "lms.wait")
    at_hour(1, day=12)

    def on(day):
        return len(sentences(read(client, scene, "cohort", first=day, last=day)))

    assert [on("2026-10-11"), on("2026-10-12"), on("2026-10-13")] == [0, 1, 0]


@pytest.mark.parametrize("what", ["person", "cohort", "site"])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "nonsense"}, "nonsense"),
        ({"first": "yesterday"}, "Enter a valid date"),
        ({"last": "2026-02-31"}, "Enter a valid date"),
        (
            {"first": "2026-10-12", "last": "2026-10-11"},
            "The last day is before the first.",
        ),
        ({"kind": "\x00", "page": "\x00"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(client, scene, what, asked, said):
    log(scene.enrolment, "lms.wait")

    answer = read(client, scene, what, **asked)

    page = answer.content.decode()
    assert said in page
    for name, text in asked.items():
        if name in ("first", "last"):
            assert f'value="{text}"' in page


@pytest.mark.parametrize("what", ["cohort", "site"])
def test_a_long_history_costs_as_many_queries_as_a_short_one(client, scene, what):
    def queries(number):
        filled(scene.cohort, number)
        with CaptureQueriesContext(connection) as seen:
            assert sentences(read(client, scene, what))
        return len(seen)

    read(client, scene, what)
    assert queries(1) == queries(2) == queries(27)


def test_a_persons_long_history_costs_as_many_queries_as_a_short_one(client, scene):
    def queries(number):
        for _ in range(number):
            place = make_enrolment(scene.person)
            log(place, "lms.waive", user=make_user(), data={"requirement": "x"})
        with CaptureQueriesContext(connection) as seen:
            assert sentences(read(client, scene, "person", "administrator"))
        return len(seen)

    read(client, scene, "person", "administrator")
    assert queries(1) == queries(2) == queries(27)


def test_a_course_that_need_not_come_before_is_named(client, scene):
    course = make_course(title="Foundations")
    data = {"requirement": f"before:{course.translation_key}", "reason": "A judge."}
    log(scene.enrolment, "lms.waive", user=make_user(), data=data)

    told = sentences(read(client, scene, "person", "administrator"))

    assert any(one.endswith("Foundations.") for one in told), told


def test_trainers_come_from_the_cohorts_home_and_go_on_to_people(client, scene):
    places.withdraw(scene.enrolment, by=None, reason="Moved away")
    client.force_login(scene.trainer)
    home = client.get(reverse("lms:cohort", args=[scene.cohort.code]))

    page = read(client, scene, "site", "trainer").content.decode()

    assert history(scene, "site") in home.content.decode()
    args = [scene.cohort.code, scene.enrolment.pk]
    assert reverse("lms:cohort_person", args=args) in page
