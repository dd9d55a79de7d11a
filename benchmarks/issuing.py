"""A whole cohort's certificates by workers that have just been started."""

import os
import subprocess
import sys
import time
from datetime import date

from .scratch import ROOT

# How long anybody waits before the benchmark says that it does not end.
PATIENCE = 300


def cohort(people: int, *, workers: int) -> dict:
    """Seconds from the first worker's start until everybody's paper is stored."""
    from certificates.actions import runs
    from certificates.models import Certificate, IssueRun
    from tests.factories import make_user

    from . import programme

    _course, _pages, edition = programme.make_programme(modules=1, lessons=1)
    enrolments, _session, _trainer = programme.make_room(edition, people)
    for enrolment in enrolments:
        _complete(enrolment)
    run = runs.start_run(enrolments, by=make_user(), cohort=enrolments[0].cohort)
    began = time.monotonic()
    command = [sys.executable, "manage.py", "work"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ)  # noqa: S603
        for _ in range(workers)
    ]
    try:
        while IssueRun.objects.going().filter(pk=run.pk).exists():
            if time.monotonic() - began > PATIENCE:
                break
            time.sleep(0.1)
        seconds = time.monotonic() - began
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()
    return {"seconds": seconds, "issued": Certificate.objects.count()}


def _complete(enrolment) -> None:
    from courses import clock

    enrolment.status, enrolment.completed_at = "completed", clock.now()
    enrolment.completed_on = date(2026, 10, 14)
    enrolment.save()
