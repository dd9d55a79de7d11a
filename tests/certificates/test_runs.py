"""CE-25: certificates for many, as a job that may be stopped at any moment."""

import errno
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from certificates.actions import run_work, runs
from certificates.actions.issuing import issue
from certificates.actions.run_work import take_up_runs, turn
from certificates.models import (
    Certificate,
    CertificateTemplate,
    GivenNumber,
    IssueRun,
    IssueRunPlace,
)
from certificates.models.run import LEASE
from courses import clock
from lms.models import Enrolment
from tests.factories import make_cohort, make_enrolment, make_participant, make_user

from .awards import without_template
from .builders import make_completed

pytestmark = pytest.mark.django_db

NAMES = ["Алиев Баҳром", "Болтаева Нигора", "Вализода Шоира"]


@pytest.fixture(scope="module")
def cast_once(once):
    """Three who are ready and one whose place is not completed."""
    cohort = make_cohort()
    ready = [
        make_completed(make_participant(legal_name=name), cohort) for name in NAMES
    ]
    late = make_enrolment(make_participant(legal_name="Ғаюров Саид"), cohort)
    return SimpleNamespace(cohort=cohort, ready=ready, late=late, by=make_user())


def start(cast, places=None) -> IssueRun:
    return runs.start_run(places or cast.ready, cohort=cast.cohort, by=cast.by)


def came(run) -> list[tuple[str, str]]:
    return list(
        run.places.order_by("pk").values_list("enrolment__person__legal_name", "state")
    )


def test_each_is_issued_or_was_there_or_is_refused_because(cast):
    """CE-25"""
    first = issue(cast.ready[0], by=make_user())
    run = start(cast, [*cast.ready, cast.late])

    assert turn(run.pk) is False

    run.refresh_from_db()
    late = run.places.get(enrolment=cast.late)
    assert came(run) == [
        (NAMES[0], "already"),
        (NAMES[1], "issued"),
        (NAMES[2], "issued"),
        ("Ғаюров Саид", "refused"),
    ]
    assert run.places.get(state="already").certificate == first
    assert (late.certificate, late.refusal != "") == (None, True)
    assert (run.state, run.finished_at is not None) == ("done", True)
    assert run.counts() == {
        "waiting": 0,
        "issued": 2,
        "already": 1,
        "refused": 1,
        "total": 4,
        "done": 4,
    }


def test_a_second_click_gives_the_same_run_and_adds_who_is_new(cast):
    """CE-01, CE-25"""
    run = start(cast, cast.ready[:2])

    again = start(cast, cast.ready)

    assert again == run
    assert came(run) == [(name, "waiting") for name in NAMES]
    entries = ModelLogEntry.objects.filter(action="certificates.start_run")
    assert [entry.data["count"] for entry in entries.order_by("pk")] == [2, 1]


def test_running_again_continues_where_the_last_run_was_stopped(cast):
    """CE-25"""
    run = start(cast)
    turn(run.pk, most=1)
    runs.stop(run, by=cast.by)
    assert turn(run.pk) is False

    second = start(cast)
    turn(second.pk)

    assert came(run) == [
        (NAMES[0], "issued"),
        (NAMES[1], "waiting"),
        (NAMES[2], "waiting"),
    ]
    assert came(second) == [
        (NAMES[0], "already"),
        (NAMES[1], "issued"),
        (NAMES[2], "issued"),
    ]
    assert Certificate.objects.count() == GivenNumber.objects.count() == 3


def test_a_paused_run_waits_and_goes_on(cast):
    run = start(cast)
    runs.pause(run, by=cast.by)
    runs.pause(run, by=cast.by)
    assert turn(run.pk) is False
    assert not Certificate.objects.exists()

    run = runs.resume(run, by=cast.by)
    turn(run.pk)

    run.refresh_from_db()
    assert run.state == "done"
    assert list(
        ModelLogEntry.objects.filter(action__endswith="_run")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["certificates.start_run", "certificates.pause_run", "certificates.resume_run"]


@pytest.mark.parametrize("step", [runs.pause, runs.resume])
def test_what_has_ended_is_neither_paused_nor_gone_on_with(cast, step):
    run = runs.stop(start(cast), by=cast.by)

    with pytest.raises(runs.RunEnded, match="Stopped"):
        step(run, by=cast.by)

    assert runs.stop(run, by=cast.by).state == "stopped"


def test_nobody_is_no_run(cast):
    with pytest.raises(runs.NobodyChosen):
        runs.start_run([], cohort=cast.cohort, by=cast.by)

    assert not IssueRun.objects.exists()


def test_a_run_is_never_of_a_kind_that_no_place_earns(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        runs.start_run(
            cast.ready, cohort=cast.cohort, kind=Certificate.Kind.TRAINER, by=cast.by
        )

    assert not IssueRun.objects.exists()


def test_a_missing_template_pauses_the_run_instead_of_refusing_everybody(cast):
    """CE-26"""
    run = start(cast)
    template = CertificateTemplate.objects.get(kind="completion")
    CertificateTemplate.objects.filter(pk=template.pk).update(course_key=uuid.uuid4())

    turn(run.pk)

    run.refresh_from_db()
    assert (run.state, run.note) == (
        "paused",
        "There is no published certificate template for this course.",
    )
    assert set(run.places.values_list("state", "attempts", "lease")) == {
        ("waiting", 0, None)
    }
    CertificateTemplate.objects.filter(pk=template.pk).update(course_key=None)
    turn(runs.resume(run, by=cast.by).pk)
    run.refresh_from_db()
    assert (run.state, run.note, Certificate.objects.count()) == ("done", "", 3)


def test_a_full_disk_pauses_the_run_and_loses_nothing(cast, monkeypatch):
    """CE-07"""
    run = start(cast)

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Certificate._meta.get_field("pdf").storage, "_save", refuse)
        turn(run.pk)

    run.refresh_from_db()
    assert (run.state, "could not be stored" in run.note) == ("paused", True)
    assert not Certificate.objects.exists()
    turn(runs.resume(run, by=cast.by).pk)
    numbers = GivenNumber.objects.order_by("count")
    assert [(one.count, one.certificate.number == one.text) for one in numbers] == [
        (1, True),
        (2, True),
        (3, True),
    ]


def test_what_is_wrong_in_one_course_keeps_no_other_course_from_theirs(cast):
    stuck, other = make_completed(), make_completed()
    without_template(stuck.cohort)
    run = runs.start_run([stuck, other], query={"region": "sughd"}, by=cast.by)

    turn(run.pk)

    run.refresh_from_db()
    assert [state for _name, state in came(run)] == ["refused", "issued"]
    assert "template" in run.places.get(enrolment=stuck).refusal
    assert run.state == "done"


def claimed(run) -> list[IssueRunPlace]:
    """A worker takes places into its hands, and is killed."""
    IssueRun.objects.filter(pk=run.pk).update(state="running", started_at=clock.now())
    return run_work._claim(run, 2)


def test_what_a_living_worker_has_in_its_hands_nobody_else_takes(cast):
    run = start(cast)
    first = claimed(run)

    second = claimed(run)

    assert [place.enrolment for place in first] == cast.ready[:2]
    assert [place.enrolment for place in second] == cast.ready[2:]
    assert claimed(run) == []


def test_a_worker_whose_clock_is_behind_takes_nothing_out_of_anothers_hands(cast, at):
    now = at("2026-10-20T09:00:05+05:00")
    run = start(cast)
    claimed(run)

    at(now - timedelta(seconds=5))

    assert [place.enrolment for place in claimed(run)] == cast.ready[2:]


def test_what_a_killed_worker_had_is_taken_up_when_its_lease_is_over(cast, at):
    now = at("2026-10-20T09:00+05:00")
    run = start(cast)
    claimed(run)
    assert turn(run.pk) is False
    assert run.counts()["issued"] == 1

    at(now + LEASE)
    take_up_runs()

    run.refresh_from_db()
    assert (run.state, run.counts()["issued"]) == ("done", 3)
    assert Certificate.objects.count() == GivenNumber.objects.count() == 3


def test_a_clock_that_was_put_back_binds_nobody(cast, at):
    now = at("2026-10-20T09:00+05:00")
    run = start(cast)
    claimed(run)

    at(now - timedelta(hours=3))
    turn(run.pk)

    run.refresh_from_db()
    assert (run.state, run.counts()["issued"]) == ("done", 3)


def test_a_worker_killed_after_the_certificate_and_before_the_list_says_issued(cast):
    """CE-01: what the run itself issued is not told as having been there before."""
    run = start(cast)
    certificate = issue(cast.ready[0], by=cast.by)

    turn(run.pk)

    place = run.places.get(enrolment=cast.ready[0])
    assert (place.state, place.certificate) == ("issued", certificate)
    assert Certificate.objects.count() == 3


def test_who_ends_every_worker_is_left_out_at_last(cast):
    run = start(cast)
    run.places.filter(enrolment=cast.ready[0]).update(attempts=run_work.DEATHS)

    turn(run.pk)

    place = run.places.get(enrolment=cast.ready[0])
    assert place.refusal == "The worker ended each time it came to this person."
    assert run.counts()["issued"] == 2


def test_a_place_costs_the_same_number_of_queries_in_a_short_and_a_long_run(cast):
    def queries(places) -> int:
        run = runs.start_run(places, by=cast.by)
        with CaptureQueriesContext(
            connection,
        ) as found:
            turn(run.pk, most=1)
        assert run.counts()["issued"] == 1
        return len(found)

    issue(make_completed(), by=cast.by)
    short = queries([make_completed()])
    long = queries([make_completed() for _ in range(30)])

    assert long <= short + 1


def test_without_a_worker_a_small_run_is_finished_in_the_request(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = start(cast)

    run.refresh_from_db()
    assert (run.state, run.counts()["issued"]) == ("done", 3)


def test_without_a_worker_a_large_run_waits_for_a_hand(
    cast, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(run_work, "AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        run = start(cast)
    assert (run.counts()["issued"], run_work.needs_a_hand(run)) == (0, True)

    run_work.go_on_here(run, by=cast.by)

    assert run.counts()["issued"] == 2
    run_work.go_on_here(run, by=cast.by)
    run.refresh_from_db()
    assert (run.state, run.counts()["issued"]) == ("done", 3)


def test_a_run_of_whoever_has_none_needs_no_cohort(cast):
    other = make_completed()
    places = Enrolment.objects.filter(pk__in=[cast.ready[0].pk, other.pk])

    run = runs.start_run(places, query={"region": "sughd"}, by=cast.by)
    turn(run.pk)

    assert set(Certificate.objects.values_list("cohort", flat=True)) == {
        cast.cohort.pk,
        other.cohort.pk,
    }


def test_files_of_broken_off_tries_are_none(cast):
    run = start(cast, [*cast.ready, cast.late])
    turn(run.pk)

    shelf = storages["private"]
    year = str(Certificate.objects.first().issued_at.year)
    files = {
        f"certificates/{year}/{name}"
        for name in shelf.listdir(f"certificates/{year}")[1]
    }
    assert files == set(Certificate.objects.values_list("pdf", flat=True))
