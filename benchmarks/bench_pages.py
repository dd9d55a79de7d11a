"""What a page costs: CPU through gunicorn as a ratio to a view that does nothing."""

import gzip
import http.client
import re
import statistics
from collections.abc import Callable

import psutil

from .figures import Report
from .scratch import scratch_site, served

BUDGET_BYTES = 14 * 1024
LESSON_RATIO = 10
LESSON_QUERIES = 4


def run(report: Report, *, short: bool) -> None:
    with scratch_site():
        from . import programme

        course, pages, edition = programme.make_programme(modules=3, lessons=10)
        enrolments, session, trainer = programme.make_room(edition, 30)
        person = enrolments[0].person
        paths = {
            "bare view": ("/bare/", None),
            "home page": ("/en/", None),
            "course page": (course.get_url(), person.user),
            "lesson page": (pages[12].get_url(), person.user),
            "my courses": (_reverse("lms:my_courses"), person.user),
            "register of 30": (_reverse("lms:register", session.pk), trainer),
        }
        _measure_queries(report, paths)
        _measure_growth(report)
        rounds, requests = (3, 40) if short else (7, 150)
        _measure_cpu(report, paths, rounds, requests)


def _reverse(name: str, *args) -> str:
    from django.urls import reverse

    return reverse(name, args=args)


def _client(user):
    from django.test import Client

    client = Client(headers={"accept-encoding": "gzip"})
    if user:
        client.force_login(user)
    return client


def _queries(path: str, user) -> tuple[int, bytes]:
    """Queries and compressed body of a warm request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return len(queries), response.content


def _measure_queries(report: Report, paths: dict) -> None:
    for name, (path, user) in paths.items():
        most = LESSON_QUERIES if name == "lesson page" else None
        queries, body = _queries(path, user)
        report.figure(f"{name}, queries", queries, "queries", most=most)
        report.figure(f"{name}, compressed", len(body), "bytes")
        if name == "lesson page":
            report.figure(
                "lesson page, first visit without pictures",
                len(body) + _linked(gzip.decompress(body).decode()),
                "bytes",
                most=BUDGET_BYTES,
            )


def _linked(html: str) -> int:
    """Compressed bytes of the style sheets and scripts a page loads."""
    from django.conf import settings

    found = re.findall(
        r'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"]+)"', html
    )
    size = 0
    for address in found:
        name = address.removeprefix(settings.STATIC_URL)
        compressed = settings.STATIC_ROOT / f"{name}.gz"
        plain = settings.STATIC_ROOT / name
        size += (compressed if compressed.exists() else plain).stat().st_size
    return size


def _measure_growth(report: Report) -> None:
    """Queries with three rows less queries with one: nothing may grow."""
    from tests.factories import make_participant

    from . import programme

    def course(count: int) -> tuple[str, object]:
        page, _pages, edition = programme.make_programme(modules=count, lessons=count)
        return page.get_url(), programme.make_room(edition, 1)[0][0].person.user

    def lesson(count: int) -> tuple[str, object]:
        _page, pages, edition = programme.make_programme(modules=1, lessons=count)
        person = programme.make_room(edition, 1)[0][0].person
        return pages[0].get_url(), person.user

    def my_courses(count: int) -> tuple[str, object]:
        person = make_participant()
        programme.make_courses_of(person, count)
        return _reverse("lms:my_courses"), person.user

    def register(count: int) -> tuple[str, object]:
        _page, _pages, edition = programme.make_programme(modules=1, lessons=1)
        _people, session, trainer = programme.make_room(edition, count)
        return _reverse("lms:register", session.pk), trainer

    pages: dict[str, Callable[[int], tuple[str, object]]] = {
        "course page": course,
        "lesson page": lesson,
        "my courses": my_courses,
        "register": register,
    }
    for name, make in pages.items():
        one, three = (_queries(*make(count))[0] for count in (1, 3))
        report.figure(
            f"{name}, queries more for 3 rows than for 1",
            three - one,
            "queries",
            most=0,
        )


def _measure_cpu(report: Report, paths: dict, rounds: int, requests: int) -> None:
    """Every page in turn, round after round, so that a slow minute hits all alike."""
    cookies = {name: _cookie(user) for name, (_path, user) in paths.items()}
    costs: dict[str, list[float]] = {name: [] for name in paths}
    with served() as (port, pid):
        for name, (path, _user) in paths.items():
            _cost(port, pid, path, cookies[name], 20)
        for _ in range(rounds):
            for name, (path, _user) in paths.items():
                costs[name].append(_cost(port, pid, path, cookies[name], requests))
    bare = statistics.median(costs["bare view"])
    for name, values in costs.items():
        cost = statistics.median(values)
        report.figure(f"{name}, CPU a request", cost * 1000, "ms")
        if name != "bare view":
            report.figure(
                f"{name}, CPU as a ratio to the bare view",
                cost / bare,
                "times",
                most=LESSON_RATIO if name == "lesson page" else None,
            )


def _cookie(user) -> str:
    return f"sessionid={_client(user).cookies['sessionid'].value}" if user else ""


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU the server's processes have used."""
    processes = psutil.Process(pid).children(recursive=True)
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _cost(port: int, pid: int, path: str, cookie: str, requests: int) -> float:
    """Server CPU seconds a request over one kept connection."""
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
    connection = http.client.HTTPConnection("127.0.0.1", port)
    before = cpu_seconds(pid)
    for _ in range(requests):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
    connection.close()
    return (cpu_seconds(pid) - before) / requests
