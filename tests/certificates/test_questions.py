"""CE-10: who tries many codes is asked a question before each, and then waits."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates import codes
from certificates.checking import question
from certificates.views.verify_pages import ASKED
from courses import clock
from lms import throttle

pytestmark = pytest.mark.django_db

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.fixture(autouse=True)
def _stopped(at):
    at("2026-10-20T09:00:10+05:00")


def later(at, **spans):
    at(clock.now() + timedelta(**spans))


def sum_of(words: str) -> str:
    first, second = re.fullmatch(r"How much is (\w+) plus (\w+)\?", words).groups()
    return str(NUMBERS.index(first) + NUMBERS.index(second) + 2)


def slowed(client, **posted):
    """The page after the free tries of a minute: the question and its token."""
    for _try in range(throttle.TRIES):
        client.get("/en/verify/", {"code": "ABC"})
    return read(client.post("/en/verify/", {"code": "ABC"} | posted))


def read(response):
    html = response.content.decode()
    (words,) = re.findall(r"How much is [^<]+\?", html)
    (token,) = re.findall(r'name="question" value="([^"]+)"', html)
    return response, words, token


def test_a_question_answered_goes_on_with_what_was_typed(client, issued, at):
    """CE-10"""
    code = issued.certificate.code
    response, words, token = slowed(client, code=code, family_name="Раҳимова")
    html = response.content.decode()
    assert (response.status_code, f'value="{code}"' in html) == (429, True)
    assert 'name="family_name" value="Раҳимова"' in html

    later(at, seconds=5)
    given = {"code": code, "question": token, "sum": sum_of(words)}
    answer = client.post("/en/verify/", given | {"family_name": "Раҳимова"})

    assert answer.status_code == 200
    assert "This certificate is valid." in answer.content.decode()
    assert "Раҳимова Зебунисо" in answer.content.decode()


def test_a_wrong_answer_is_told_and_asked_another_question(client, at):
    """CE-10"""
    _response, words, token = slowed(client)
    later(at, seconds=5)

    wrong = client.post("/en/verify/", {"code": "x", "question": token, "sum": "99"})
    again = {"code": "x", "question": token, "sum": sum_of(words)}
    used = client.post("/en/verify/", again)

    assert wrong.status_code == used.status_code == 429
    assert "Here is another question." in wrong.content.decode()
    assert read(used)[2] != token


@pytest.mark.parametrize(
    ("seconds", "answered"),
    [(0, False), (1, False), (2, True), (600, True), (601, False)],
)
def test_a_question_is_answered_neither_at_once_nor_much_later(at, seconds, answered):
    asked = question.ask()
    later(at, seconds=seconds)

    assert question.is_answered(asked.token, sum_of(asked.words)) is answered


@pytest.mark.parametrize("typed", ["", "x", "1" * 5000, "-3", "\x00"])
def test_what_is_no_number_and_no_token_of_ours_is_no_answer(at, typed):
    asked = question.ask()
    later(at, seconds=5)

    assert not question.is_answered(asked.token, typed)
    assert not question.is_answered(asked.token + "x", sum_of(asked.words))
    assert not question.is_answered("", typed)


def test_answering_everything_helps_no_longer_after_so_many_a_minute(client, at):
    """CE-10: a script that can add is stopped, too."""
    slowed(client)
    at("2026-10-20T09:00:30+05:00")
    statuses = []
    for _try in range(ASKED + 1):
        asked = question.ask()
        later(at, seconds=2)
        given = {"code": "x", "question": asked.token, "sum": sum_of(asked.words)}
        statuses.append(client.post("/en/verify/", given).status_code)
        at("2026-10-20T09:00:30+05:00")

    # The free tries of this minute are used up already.
    assert statuses == [200] * ASKED + [429]


def test_a_machine_is_told_when_to_come_again(client, issued):
    for _try in range(throttle.TRIES):
        client.get("/en/verify/ABC.json")

    response = client.get("/en/verify/ABC.json")

    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert response.json() == {"verdict": "slowed", "retry_after_seconds": 60}


def test_no_address_of_anybody_is_kept(client, settings, tmp_path):
    """CE-10: tries are counted under a keyed hash, for a minute."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": tmp_path}}

    client.get("/en/verify/ABC/", REMOTE_ADDR="198.51.100.7")

    kept = [path.read_bytes() for path in tmp_path.rglob("*.djcache")]
    assert kept
    assert not [one for one in kept if b"198.51" in one]


def test_not_found_asks_as_much_as_found_and_looks_alike(client, issued):
    """CE-10: nobody learns from the time or the shape of an answer."""
    paths = [issued.certificate.code, codes.make(), "ABC"]
    client.get(f"/en/verify/{codes.make()}/")

    asked, fields = [], []
    for code in paths:
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/en/verify/{code}/")
        asked.append(len(seen))
        fields.append(set(client.get(f"/en/verify/{code}.json").json()))

    assert len(set(asked)) == 1
    assert fields[0] == fields[1] == fields[2]
