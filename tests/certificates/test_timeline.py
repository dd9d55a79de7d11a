"""What happened to a certificate, as people read it."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.log_actions import log

from certificates.actions import ending, issuing
from tests.cast import make_cast
from tests.factories import make_user

from .builders import correct_name, make_completed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once) -> SimpleNamespace:
    """A certificate that was issued in place of an older one."""
    cast = make_cast()
    place = make_completed(cohort=cast.cohort)
    log(place, "lms.waive", data={"requirement": "attendance"})
    log(place, "lms.complete", data={"on": "2026-10-14"})
    cast.old = issuing.issue(place, by=cast.coordinator)
    correct_name(place.person, "Раҳимзода Зебунисо", by=cast.coordinator)
    cast.new = ending.replace(cast.old, by=cast.coordinator, reason="A letter")
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    return deepcopy(scene_once)


def door(certificate):
    return reverse("certificates_list:history", args=[certificate.pk])


def read(client, scene, certificate, who="coordinator", **asked):
    client.force_login(getattr(scene, who))
    answer = client.get(door(certificate), asked)
    assert answer.status_code == 200
    return answer


def sentences(answer):
    return [strip_tags(line.text) for line in answer.context["page_obj"].object_list]


@pytest.mark.parametrize(
    "who",
    [
        "participant",
        "stranger",
        "observer",
        "trainer",
        "marker",
        "other_trainer",
        "other_coordinator",
    ],
)
def test_who_does_not_run_the_cohort_reads_no_history(client, scene, who):
    """PR-11"""
    client.force_login(getattr(scene, who))

    answer = client.get(door(scene.new))

    assert answer.status_code in (302, 403, 404)
    assert "Раҳимова" not in answer.content.decode()


def test_it_is_told_with_what_came_before_and_the_day_the_course_was_done(
    client, scene
):
    """CE-18"""
    told = sentences(read(client, scene, scene.new))

    name, old, new = "Раҳимзода Зебунисо", scene.old.number, scene.new.number
    assert told == [
        f"Issued certificate {new} to {name} in place of {old}.",
        f"Issued certificate {old} to {name}.",
        f"{name} completed {scene.cohort.title} on 14 October 2026.",
    ]
    assert sentences(read(client, scene, scene.old)) == told


def test_a_revocation_says_why_and_leads_to_the_older_one(client, scene):
    """CE-20: revoked and made valid again by two people, both with their reasons."""
    ending.revoke(scene.new, by=scene.coordinator, reason="Wrong person")
    ending.reinstate(scene.new, by=make_user(), reason="The right one after all")

    answer = read(client, scene, scene.new, kind="certificates")

    whys = [line.why for line in answer.context["page_obj"].object_list]
    assert whys[:2] == ["The right one after all", "Wrong person"]
    older = reverse("certificates_list:inspect", args=[scene.old.pk])
    assert older in answer.content.decode()


def test_certificates_stand_in_the_histories_of_their_person_and_cohort(client, scene):
    client.force_login(scene.coordinator)
    person = scene.new.enrolment.person
    for address in (
        reverse("lms_people:history", args=[person.pk]),
        reverse("lms_cohorts:history", args=[scene.cohort.pk]),
        reverse("lms:history", args=[scene.cohort.code]),
    ):
        told = sentences(client.get(address, {"kind": "certificates"}))
        assert len(told) == 2


def test_a_long_history_costs_as_many_queries_as_a_short_one(client, scene):
    def queries(number):
        for _ in range(number):
            log(scene.new, "certificates.revoke", user=make_user())
        with CaptureQueriesContext(connection) as seen:
            read(client, scene, scene.new)
        return len(seen)

    read(client, scene, scene.new)
    assert queries(1) == queries(2) == queries(27)
