"""1,000 certificates whose workers are killed at 20 random moments: is anything lost?

The moments are chosen by how far the run is, with a seed, so that a quick and a slow
machine are killed at the same places. A worker that is killed holds its places for a
lease's time; here that time is said to be over at once.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from . import apart
from .figures import Report
from .scratch import ROOT, scratch_site

PEOPLE, KILLS, WORKERS = 1000, 20, 2
SHORT_PEOPLE, SHORT_KILLS = 60, 6
SEED = 6
# Without a step forward for so long something is wrong.
STANDSTILL = 120


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    for name, found in apart.on_each_database("kill", short=short):
        people, kills = found["people"], found["kills"]

        def exactly(label: str, expected: int, name=name, found=found) -> None:
            value = found[label]
            report.figure(f"{name}, {label}", value, "", least=expected, most=expected)

        report.figure(f"{name}, workers killed", kills, "", least=found["to kill"])
        exactly("places issued", people)
        exactly("valid certificates", people)
        exactly("people with one", people)
        exactly("numbers on them", people)
        exactly("letters to them", people)
        exactly("files with the right hash", people)
        for label in ("numbers unexplained", "files that no record names"):
            exactly(label, 0)
        report.figure(f"{name}, numbers counted", found["numbers counted"], "")
        report.figure(f"{name}, numbers void", found["numbers void"], "")
        report.figure(f"{name}, places tried again", found["places tried again"], "")
        report.figure(f"{name}, files of broken-off tries", found["swept"], "")
        report.figure(f"{name}, all of it", found["seconds"], "s")


def _measure(url: str | None, short: bool) -> dict:
    people, kills = (SHORT_PEOPLE, SHORT_KILLS) if short else (PEOPLE, KILLS)
    with scratch_site(url):
        began = time.monotonic()
        issue_run = _ready(people)
        killed = _kill_and_go_on(issue_run, people, kills, 1 if short else WORKERS)
        swept = _sweep()
        found = _what_is_there(issue_run)
    seconds = time.monotonic() - began
    return found | {
        "people": people,
        "to kill": kills,
        "kills": killed,
        "swept": swept,
        "seconds": seconds,
    }


def _ready(people: int):
    """A run over so many who have completed; its jobs are queued."""
    from django.conf import settings
    from django.core.management import call_command

    from certificates.actions.runs import start_run
    from courses import clock
    from tests.factories import make_cohort, make_enrolment, make_person, make_user

    call_command("make_signing_keys", settings.VAR_DIR / "keys", development=True)
    now, cohort = clock.now(), make_cohort()
    done = {"status": "completed", "completed_at": now, "completed_on": now.date()}
    places = [
        make_enrolment(make_person(legal_name=f"Мирзоев Фаррух {n}"), cohort, **done)
        for n in range(people)
    ]
    return start_run(places, cohort=cohort, by=make_user())


def _kill_and_go_on(issue_run, people: int, kills: int, workers: int) -> int:
    """Kill a worker at each of the moments and start another; how many were killed."""
    chance = random.Random(SEED)  # noqa: S311
    moments = sorted(chance.sample(range(1, people - workers * 5), kills))
    working = [_worker() for _ in range(workers)]
    killed = 0
    try:
        for number, moment in enumerate(moments):
            _until(lambda moment=moment: _issued() >= moment)
            if number % 2:
                _until_between_paper_and_record()
            else:
                # Anywhere else: reading, counting, drawing.
                time.sleep(chance.random() / 10)
            one = working.pop(chance.randrange(workers))
            one.send_signal(signal.SIGKILL)
            one.wait()
            killed += 1
            _leases_are_over(issue_run)
            working.append(_worker())
        _until(lambda: _is_done(issue_run))
    finally:
        for one in working:
            one.kill()
            one.wait()
    return killed


def _worker() -> subprocess.Popen:
    command = [sys.executable, "manage.py", "work", "--seconds", "1"]
    return subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL
    )


def _until(is_so: Callable[[], bool]) -> None:
    before, since = _issued(), time.monotonic()
    while not is_so():
        time.sleep(0.005)
        now = _issued()
        if now != before:
            before, since = now, time.monotonic()
        if time.monotonic() - since > STANDSTILL:
            raise TimeoutError(f"nothing moves after {now} certificates")


def _until_between_paper_and_record() -> None:
    """The worst moment: the file is written and no record says so."""
    for _look in range(5000):
        if len(_files()) > _issued():
            return


def _issued() -> int:
    from certificates.models import Certificate

    return Certificate.objects.count()


def _is_done(issue_run) -> bool:
    issue_run.refresh_from_db()
    return issue_run.state == "done"


def _leases_are_over(issue_run) -> None:
    from courses import clock

    issue_run.places.waiting().exclude(lease=None).update(leased_until=clock.now())


def _sweep() -> int:
    """The night's job, as of the day after tomorrow; how many files it deletes."""
    from certificates.actions.numbers import sweep
    from courses import clock

    before = len(_files())
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        sweep()
    return before - len(_files())


def _files() -> set[str]:
    from certificates.actions.numbers import FOLDER
    from lms.models.roster import private_storage

    storage = private_storage()
    if not storage.exists(FOLDER):
        return set()
    return {
        f"{FOLDER}/{year}/{name}"
        for year in storage.listdir(FOLDER)[0]
        for name in storage.listdir(f"{FOLDER}/{year}")[1]
    }


def _what_is_there(issue_run) -> dict[str, int]:
    from certificates.actions.numbers import unexplained
    from certificates.models import Certificate, GivenNumber, Serial
    from lms.models import Message

    rows = list(Certificate.objects.valid())
    void = GivenNumber.objects.exclude(voided_at=None)
    named = {row.pdf.name for row in rows}
    return {
        "places issued": issue_run.counts()["issued"],
        "valid certificates": len(rows),
        "people with one": len({row.person_id for row in rows}),
        "numbers on them": len({row.number for row in rows}),
        "letters to them": Message.objects.filter(key__endswith=":holder").count(),
        "files with the right hash": sum(_is_right(row) for row in rows),
        "files that no record names": len(_files() - named),
        "numbers counted": sum(serial.last for serial in Serial.objects.all()),
        "numbers void": void.count(),
        "numbers unexplained": sum(
            len(unexplained(one)) for one in Serial.objects.all()
        )
        + GivenNumber.objects.unused().count()
        + void.filter(void_reason="").count(),
        "places tried again": issue_run.places.filter(attempts__gt=1).count(),
    }


def _is_right(row) -> bool:
    with row.pdf.open("rb") as paper:
        return hashlib.sha256(paper.read()).hexdigest() == row.sha256
