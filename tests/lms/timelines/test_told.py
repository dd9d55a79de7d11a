"""What happened to a person and in a cohort, as people read it."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from lms.actions import enrolment as places
from lms.actions import erasure, merging
from lms.actions.cohorts import change_cohort
from lms.actions.corrections import ask_correction
from lms.actions.people import change_person
from lms.actions.session_changes import change_session
from lms.actions.viewing import start_viewing, stop_viewing
from lms.timelines import telling, words
from tests.factories import (
    make_course,
    make_enrolment,
    make_person,
    make_user,
)

from .reading import at_hour, read, sentences

pytestmark = pytest.mark.django_db


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
        ends_on=date(2099, 3, 1),
    )
    scene.cohort.refresh_from_db()
    before = ModelLogEntry.objects.get().data["changed"]

    (told,) = sentences(read(client, scene, "cohort"))

    assert before["capacity"] == ["" if seats == "–" else str(seats), "77"]
    for part in (
        f"seats ({seats} → 77)",
        "→ Panj)",
        "mode (Online and in a room → Online)",
        "→ 1 March 2099)",
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


def test_a_course_that_need_not_come_before_is_named(client, scene):
    course = make_course(title="Foundations")
    data = {"requirement": f"before:{course.translation_key}", "reason": "A judge."}
    log(scene.enrolment, "lms.waive", user=make_user(), data=data)

    told = sentences(read(client, scene, "person", "administrator"))

    assert any(one.endswith("Foundations.") for one in told), told
