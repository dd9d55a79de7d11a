"""A quiz: what saving an answer costs, opening many questions, marking a thousand.

Fifty people answer at once on each database, and nobody may get an error. Saving is
counted in CPU as a ratio to a view that does nothing.
"""

import http.client
import statistics
import time
import urllib.parse

from . import apart
from .bench_pages import cpu_seconds
from .bench_writes import CLIENTS, rush, sitting_of
from .figures import Report
from .scratch import scratch_site, served

SAVE_QUERIES = 4
SAVE_RATIO = 8
FEW, MANY = 5, 50
ATTEMPTS = 1000
# So little is counted in hundredths of a second: it takes more of them.
BARE = 8
# What begins and ends a transaction asks for nothing.
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    for name, found in apart.on_each_database("quiz", short=short):
        _tell(report, name, found)


def _tell(report: Report, name: str, found: dict) -> None:
    def tell(what: str, key: str, unit: str, **limit) -> None:
        report.figure(f"{name}, {what}", found[key], unit, **limit)

    tell("saving an answer, queries", "save", "queries", most=SAVE_QUERIES)
    tell("saving an answer, CPU", "save_cpu", "ms")
    tell("saving an answer, CPU to the bare view", "ratio", "times", most=SAVE_RATIO)
    tell(f"opening a quiz of {MANY}, queries", "open", "queries")
    tell(f"the same, queries more than of {FEW}", "open_more", "queries", most=0)
    tell(f"marking attempts of {MANY} questions", "marked", "attempts", least=1)
    tell("marking one of them", "mark_each", "ms")
    tell(f"marking, queries more than of {FEW} questions", "mark_more", "", most=0)
    tell("marking one question of all again, dry run", "again_dry", "s")
    tell("marking one question of all again", "again", "s")
    tell("marking again, queries", "again_queries", "queries")
    tell(f"{CLIENTS} clients, errors", "errors", "", most=0)
    tell(f"{CLIENTS} clients, answers saved a second", "rate", "1/s")
    tell(f"{CLIENTS} clients, median answer", "median", "ms")
    tell(f"{CLIENTS} clients, slowest answer", "slowest", "ms")


def _measure(url: str | None, short: bool) -> dict:
    with scratch_site(url):
        quizzes = {size: _quiz(size) for size in (FEW, MANY)}
        found = _opening(quizzes) | _saving(quizzes[MANY])
        found |= _marking(quizzes, 50 if short else ATTEMPTS)
        edition, quiz = quizzes[MANY]
        sittings = [sitting_of(place, quiz) for place in _people(edition, CLIENTS)]
        rounds, requests = (3, 40) if short else (7, 150)
        with served(workers=2) as (port, pid):
            found |= _cpu(port, pid, sittings[0], rounds, requests)
            told = rush(port, sittings, seconds=4 if short else 20)
        in_ms = {key: told[key] * 1000 for key in ("median", "slowest")}
        return found | told | in_ms


def _quiz(size: int):
    """(edition, quiz) of so many questions that are published and frozen."""
    from courses.actions.questions import freeze_question
    from tests.factories import (
        make_course,
        make_edition,
        make_module,
        make_question,
        make_quiz,
    )

    course = make_course()
    questions = [make_question() for _ in range(size)]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions)
    return make_edition(course, quiz), quiz


def _people(edition, count: int) -> list:
    from .programme import make_room

    enrolments, _session, _trainer = make_room(edition, count)
    return enrolments


def _opening(quizzes: dict) -> dict:
    """Queries of the page with all questions."""
    from django.urls import reverse

    from lms.actions import attempts

    counts = {}
    for size, (edition, quiz) in quizzes.items():
        [place] = _people(edition, 1)
        attempt = attempts.start(place, quiz=quiz, language="en")
        client = _client(place)
        page = reverse("lms:attempt", args=[attempt.pk])
        client.get(page)
        counts[size] = _queries(lambda client=client, page=page: client.get(page))
    return {"open": counts[MANY], "open_more": counts[MANY] - counts[FEW]}


def _saving(made) -> dict:
    """Queries of one answer that comes while somebody types."""
    edition, quiz = made
    [place] = _people(edition, 1)
    address, _cookies, _token, questions = sitting_of(place, quiz)
    client = _client(place)

    def save(sequence: int) -> None:
        number, options = questions[0]
        fields = {
            f"answer-{number}": options[sequence % 2],
            f"sequence-{number}": sequence,
        }
        if client.post(address, fields).status_code != 200:
            raise RuntimeError("An answer was refused.")

    save(1)
    return {"save": _queries(lambda: save(2))}


def _marking(quizzes: dict, many: int) -> dict:
    """Handing in and marking, then one question of all attempts again."""
    few = _hand_in(*quizzes[FEW], 2)
    found = _hand_in(*quizzes[MANY], many)
    return {
        "marked": many,
        "mark_each": found["seconds"] / many * 1000,
        "mark_more": found["queries"] - few["queries"],
    } | _again(quizzes[MANY][1])


def _hand_in(edition, quiz, count: int) -> dict:
    """Seconds for all of them, and the queries of the last."""
    from lms.actions import attempts
    from tests.factories import make_cohort, make_enrolment, make_person
    from tests.lms.sitting import answers

    cohort = make_cohort(edition)
    places = [make_enrolment(make_person(), cohort) for _ in range(count)]
    running = [attempts.start(one, quiz=quiz, language="en") for one in places]
    for nth, attempt in enumerate(running):
        given = answers(attempt, rights=nth % 4)
        attempts.keep_answers(attempt, answers=given)
    started = time.monotonic()
    for attempt in running[:-1]:
        attempts.submit(attempt)
    queries = _queries(lambda: attempts.submit(running[-1]))
    return {"seconds": time.monotonic() - started, "queries": queries}


def _again(quiz) -> dict:
    """The same question by another key, for everybody."""
    from django.contrib.auth import get_user_model

    from lms.actions.regrade_plan import plan
    from lms.actions.regrading import regrade
    from lms.regrading import NEWEST, Terms
    from tests.lms.sitting import turn_key

    by = get_user_model().objects.create_superuser("examiner")
    question = quiz.slots.first().question
    turn_key(question)
    key, terms = question.translation_key, Terms(NEWEST)
    started = time.monotonic()
    seen = plan(key, terms, by=by).fingerprint
    shown = time.monotonic()
    queries = _queries(
        lambda: regrade(key, terms=terms, reason="The key", seen=seen, by=by)
    )
    return {
        "again_dry": shown - started,
        "again": time.monotonic() - shown,
        "again_queries": queries,
    }


def _client(place):
    from django.test import Client

    client = Client()
    client.force_login(place.person.user)
    return client


def _queries(call) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        call()
    return sum(not one["sql"].startswith(CONTROL) for one in seen)


def _cpu(port: int, pid: int, sitting, rounds: int, requests: int) -> dict:
    """Bare view and saving in turn, so that a slow minute hits both alike."""
    address, cookies, token, questions = sitting
    headers = {
        "Cookie": cookies,
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    place, options = questions[0]
    bare, save, sequence = [], [], 0
    for _ in range(rounds):
        nothing = [("GET", "/bare/", None, {})] * requests * BARE
        bare.append(_cost(port, pid, nothing))
        bodies = []
        for _ in range(requests):
            sequence += 1
            fields = {
                f"answer-{place}": options[sequence % 2],
                f"sequence-{place}": sequence,
            }
            body = urllib.parse.urlencode(fields)
            bodies.append(("POST", address, body, headers))
        save.append(_cost(port, pid, bodies))
    cost = statistics.median(save)
    return {"save_cpu": cost * 1000, "ratio": cost / statistics.median(bare)}


def _cost(port: int, pid: int, calls: list) -> float:
    """Server CPU seconds a request over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    before = cpu_seconds(pid)
    for method, address, body, headers in calls:
        connection.request(method, address, body, headers)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
    connection.close()
    return (cpu_seconds(pid) - before) / len(calls)
