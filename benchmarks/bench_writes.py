"""Fifty people answering a quiz at once: does anybody get an error?"""

import http.client
import threading
import time
import urllib.parse
from collections import Counter

from . import apart
from .figures import Report
from .scratch import scratch_site, served

CLIENTS = 50


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    for name, found in apart.on_each_database("writes", short=short):
        report.figure(f"{name}, {CLIENTS} clients, errors", found["errors"], "", most=0)
        report.figure(f"{name}, answers saved", found["saved"], "answers")
        report.figure(f"{name}, answers a second", found["rate"], "1/s")
        report.figure(f"{name}, median answer", found["median"] * 1000, "ms")
        report.figure(f"{name}, slowest answer", found["slowest"] * 1000, "ms")


def _measure(url: str | None, short: bool) -> dict:
    with scratch_site(url):
        from . import programme

        _course, pages, edition = programme.make_programme(modules=1, lessons=1)
        enrolments, _session, _trainer = programme.make_room(edition, CLIENTS)
        sittings = [sitting_of(enrolment, pages[-1]) for enrolment in enrolments]
        with served(workers=2) as (port, _pid):
            return rush(port, sittings, seconds=4 if short else 20)


def sitting_of(enrolment, quiz) -> tuple[str, str, str, list[tuple[int, list[str]]]]:
    """(address, cookies, token, [(place, option ids)]) of a running attempt."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client
    from django.urls import reverse

    from lms.actions import attempts

    attempt = attempts.start(enrolment, quiz=quiz, language="en")
    client = Client()
    client.force_login(enrolment.person.user)
    token = _get_new_csrf_string()
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    questions = [(r.place, r.order) for r in attempt.responses.all()]
    return reverse("lms:save_answer", args=[attempt.pk]), cookies, token, questions


def rush(port: int, sittings: list, seconds: int) -> dict:
    """Everybody saves answers as fast as the server lets them, for so many seconds."""
    times: list[float] = []
    answers: Counter[int] = Counter()
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_sit, args=(port, sitting, end, times, answers))
        for sitting in sittings
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "errors": sum(count for status, count in answers.items() if status != 200),
        "saved": answers[200],
        "rate": answers[200] / seconds,
        "median": times[len(times) // 2],
        "slowest": times[-1],
    }


def _sit(port, sitting, end, times, answers) -> None:
    address, cookies, token, questions = sitting
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": cookies,
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    sequence = 0
    while time.monotonic() < end:
        sequence += 1
        place, options = questions[sequence % len(questions)]
        body = urllib.parse.urlencode(
            {
                f"answer-{place}": options[sequence % len(options)],
                f"sequence-{place}": sequence,
            }
        )
        started = time.monotonic()
        try:
            connection.request("POST", address, body, headers)
            response = connection.getresponse()
            response.read()
            answers[response.status] += 1
        except (OSError, http.client.HTTPException):
            connection.close()
            answers[0] += 1
        times.append(time.monotonic() - started)
    connection.close()
