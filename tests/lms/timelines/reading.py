"""Opening a history, and what its lines say."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tests.factories import (
    make_enrolment,
    make_person,
    make_user,
)


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
