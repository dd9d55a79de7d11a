"""250 people check in by the code of a room within 30 seconds: is everybody marked?"""

import http.client
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from datetime import timedelta

from . import apart
from .bench_pages import cpu_seconds
from .figures import Report
from .scratch import scratch_site, served

PEOPLE, CONNECTIONS, ROUNDS = 250, 50, 5
WITHIN = 30


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    for name, found in apart.on_each_database("checkin", short=short):
        people = found["people"]
        for number, one in enumerate(found["rounds"], 1):
            label = f"{name}, round {number}"
            report.figure(f"{label}, marks", one["marks"], "marks", least=people)
            report.figure(f"{label}, errors", one["errors"], "", most=0)
            report.figure(f"{label}, all in after", one["seconds"], "s", most=WITHIN)
        report.figure(f"{name}, slowest answer", found["slowest"], "s")
        report.figure(f"{name}, bare view", found["bare"] * 1000, "CPU-ms")
        report.figure(f"{name}, one check-in", found["cost"] * 1000, "CPU-ms")
        report.figure(f"{name}, ratio to the bare view", found["ratio"], "times")


def _measure(url: str | None, short: bool) -> dict:
    people, rounds = (50, 2) if short else (PEOPLE, ROUNDS)
    with scratch_site(url):
        from . import programme

        _course, _pages, edition = programme.make_programme(modules=1, lessons=1)
        enrolments, first, _trainer = programme.make_room(edition, people)
        phones = [_phone(enrolment) for enrolment in enrolments]
        sessions = [first, *_more_sessions(first, rounds - 1)]
        with served(workers=2) as (port, pid):
            bare = _bare(port, pid, requests=people)
            found = [_round(port, pid, session, phones) for session in sessions]
    cost = sum(one["cpu"] for one in found) / (people * rounds)
    return {
        "people": people,
        "rounds": found,
        "slowest": max(one["slowest"] for one in found),
        "bare": bare,
        "cost": cost,
        "ratio": cost / bare,
    }


def _more_sessions(first, count: int) -> list:
    """Others of the same cohort, each begun a minute before the one before it."""
    from tests.factories import make_session

    starts = [first.instant() - timedelta(minutes=n + 1) for n in range(count)]
    return [
        make_session(first.cohort, local_date=start.date(), local_time=start.time())
        for start in starts
    ]


def _phone(enrolment) -> dict[str, str]:
    """The headers of one person's browser: signed in, a device of its own."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(enrolment.person.user)
    token = _get_new_csrf_string()
    session = client.cookies["sessionid"].value
    return {
        "Cookie": f"sessionid={session}; csrftoken={token}; device=d{enrolment.pk}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }


def _bare(port: int, pid: int, requests: int) -> float:
    """CPU seconds of a request that does nothing, from as many connections."""
    calls = [("GET", "/bare/", "", {})] * requests
    _rush(port, calls)
    before = cpu_seconds(pid)
    _rush(port, calls * 4)
    return (cpu_seconds(pid) - before) / (requests * 4)


def _round(port: int, pid: int, session, phones: list[dict]) -> dict:
    """Everybody types what stands on the wall as they begin."""
    from django.urls import reverse

    from courses import clock
    from lms import room_code
    from lms.models import Mark

    address = reverse("lms:check_in", args=[session.pk])
    began = time.monotonic()

    def body() -> str:
        code = room_code.code_at(session.secret, clock.now())
        return urllib.parse.urlencode({"code": code, "nonce": uuid.uuid4()})

    before = cpu_seconds(pid)
    answers, slowest = _rush(port, [("POST", address, body, one) for one in phones])
    cpu = cpu_seconds(pid) - before
    marks = Mark.objects.filter(session=session, status__isnull=False)
    return {
        "marks": marks.count(),
        "errors": sum(count for status, count in answers.items() if status != 302),
        "seconds": time.monotonic() - began,
        "slowest": slowest,
        "cpu": cpu,
    }


def _rush(port: int, calls: list) -> tuple[Counter[int], float]:
    """How often each status was answered, and the longest that anybody waited."""
    answers: Counter[int] = Counter()
    times = [0.0]
    threads = [
        threading.Thread(
            target=_send, args=(port, calls[n::CONNECTIONS], answers, times)
        )
        for n in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, max(times)


def _send(port: int, calls: list, answers: Counter[int], times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for method, address, body, headers in calls:
        started = time.monotonic()
        try:
            text = body() if callable(body) else body
            connection.request(method, address, text, headers)
            response = connection.getresponse()
            response.read()
            answers[response.status] += 1
        except (OSError, http.client.HTTPException):
            connection.close()
            answers[0] += 1
        times.append(time.monotonic() - started)
    connection.close()
