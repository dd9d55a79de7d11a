"""The night's jobs: once a day, by one worker, and again where they failed."""

import pytest

from lms import tasks
from lms.actions import messages, nights
from lms.actions.each import add_up
from lms.management.commands.work import Command
from lms.models import Message, Night
from tests.factories import make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(monkeypatch):
    """The jobs of this test only, with a count of their runs."""
    runs = []
    monkeypatch.setattr(tasks, "NIGHT_JOBS", [lambda: runs.append("run")])
    return runs


def test_the_jobs_run_once_a_day_however_often_the_worker_asks(jobs, at):
    at("2026-10-12T01:05+05:00")
    assert [tasks.once_a_day(), tasks.once_a_day()] == [True, False]

    at("2026-10-13T00:59+05:00")
    assert not tasks.once_a_day()

    at("2026-10-13T01:00+05:00")
    assert tasks.once_a_day()
    assert jobs == ["run", "run"]


def test_a_worker_that_was_off_at_night_catches_up_by_day(jobs, at):
    at("2026-10-12T15:00+05:00")

    assert tasks.once_a_day()


def test_a_failing_job_stops_no_other_and_is_tried_again_an_hour_later(
    jobs, at, monkeypatch, caplog
):
    def broken():
        raise OSError("disk full")

    monkeypatch.setattr(tasks, "NIGHT_JOBS", [broken, *tasks.NIGHT_JOBS])

    for instant in ("01:00", "01:30", "02:00", "03:00", "04:00"):
        at(f"2026-10-12T{instant}+05:00")
        tasks.once_a_day()
    caplog.clear()

    night = Night.objects.get()
    assert jobs == ["run"] * 3
    assert (night.tries, night.finished_at) == (3, None)
    assert night.failed == [tasks._name(broken)]


def test_a_row_that_fails_stops_no_other_and_fails_the_job_at_the_end():
    done = []

    def do(number):
        done.append(number)
        return 6 // number

    with pytest.raises(ExceptionGroup) as failed:
        add_up([1, 0, 2], do)

    assert done == [1, 0, 2]
    assert [type(one) for one in failed.value.exceptions] == [ZeroDivisionError]
    assert add_up([1, 2], do) == 9


def test_the_log_says_where_each_row_of_a_job_failed_and_quotes_nobody(
    monkeypatch, caplog
):
    """PR-06: the text of a failure may hold a name or an address."""

    def do(row):
        raise ValueError(row)

    rows = ["nigina@example.tj"]
    monkeypatch.setattr(tasks, "MINUTE_JOBS", [lambda: add_up(rows, do)])
    tasks.every_minute()
    said = caplog.text
    caplog.clear()

    assert "ValueError" in said
    assert "in do\n" in said
    assert "nigina" not in said


def test_each_job_of_the_minute_has_its_turn_whatever_becomes_of_the_others(
    monkeypatch, caplog
):
    """An attempt that cannot be marked would keep every letter from going out."""
    messages.queue(
        make_participant(),
        key="correction:1",
        template="lms/mail/correction_decided",
        context={"name": "Nigina", "decision": "yes"},
    )

    def broken():
        raise OSError("disk full")

    monkeypatch.setattr(tasks, "MINUTE_JOBS", [broken, *tasks.MINUTE_JOBS])
    tasks.every_minute()

    assert "broken failed" in caplog.text
    assert Message.objects.get().state != Message.State.QUEUED
    caplog.clear()


def test_of_two_workers_that_find_a_dead_night_one_goes_on_with_it(at):
    now = at("2026-10-12T01:00+05:00")
    night = nights.begin()
    seen = Night.objects.get()

    later = at("2026-10-12T02:00+05:00")

    assert nights.begin() == night
    assert nights._again(seen, later) is None
    assert Night.objects.get().started_at == later != now


def test_a_job_registered_twice_runs_once(jobs):
    job = tasks.NIGHT_JOBS[0]

    assert tasks.register_night_job(job) is job
    assert [job] == tasks.NIGHT_JOBS


def test_a_failing_round_does_not_end_the_worker(caplog):
    def broken():
        raise OSError("no database")

    Command().run_round(broken)

    assert "round" in caplog.text
    caplog.clear()
