"""What the script of an attempt is told: saved when, what is newer, how late it is."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.actions import attempts
from lms.models import Attempt, Response
from tests.factories import make_participant
from tests.lms.sitting import make_sitting, right, start, wrong

pytestmark = pytest.mark.django_db

NINE = "2026-10-12T09:00+05:00"


@pytest.fixture
def sit(client, at):
    """A participant signed in who begins a quiz at nine, with half an hour for it."""

    def begin(how_many=1, **quiz_fields):
        at(NINE)
        enrolment, quiz = make_sitting(how_many, **{"minutes": 30} | quiz_fields)
        client.force_login(enrolment.person.user)
        return start(enrolment, quiz)

    return begin


@pytest.fixture
def save(client):
    def post(attempt, fields):
        return client.post(reverse("lms:save_answer", args=[attempt.pk]), fields)

    return post


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


def test_an_answer_is_saved_with_its_flag_and_the_clock_is_told(sit, save, at):
    attempt = sit(2)
    at("2026-10-12T09:03+05:00")
    given = right(attempt.responses.get(place=2))
    post = {"answer-2": given["chosen"], "sequence-2": "1", "flag-2": "1"}

    told = save(attempt, post).json()

    assert told == {
        "message": "Saved 09:03",
        "now": seconds("2026-10-12T09:03+05:00"),
        "deadline": seconds("2026-10-12T09:30+05:00"),
        "until": "until 09:30",
    }
    stored = Response.objects.get(place=2)
    assert (stored.answer, stored.is_flagged) == (given, True)


def test_saving_an_answer_asks_the_database_four_times(sit, save):
    attempt = sit(2)
    given = [right(response)["chosen"] for response in attempt.responses.all()]
    save(attempt, {"answer-1": given[0], "sequence-1": "1"})

    with CaptureQueriesContext(connection) as queries:
        save(attempt, {"answer-2": given[1], "sequence-2": "1"})

    asked = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= 4


def test_a_flag_is_a_change_of_its_own_and_an_older_one_takes_nothing_back(sit, save):
    attempt = sit()
    flagged = {"sequence-1": "2", "flag-1": "1"}

    statuses = [
        save(attempt, flagged).status_code,
        save(attempt, {"sequence-1": "1"}).status_code,
    ]
    after = Response.objects.get().is_flagged
    save(attempt, {"sequence-1": "3"})

    assert (statuses, after) == ([200, 200], True)
    assert not Response.objects.get().is_flagged


def test_a_stale_tab_is_told_what_is_newer(sit, save):
    """QZ-18."""
    attempt = sit()
    response = attempt.responses.get()
    newer, older = right(response)["chosen"], wrong(response)["chosen"]
    save(attempt, {"answer-1": newer, "sequence-1": "4", "flag-1": "1"})

    refused = save(attempt, {"answer-1": older, "sequence-1": "4"})

    told = refused.json()
    assert refused.status_code == 409
    assert "A newer answer is saved" in told["message"]
    assert (told["values"], told["is_flagged"], told["sequence"]) == (newer, True, 4)
    assert Response.objects.get().answer == {"chosen": newer}


def test_the_deadline_told_is_the_one_that_holds_now(sit, save):
    attempt = sit()
    moved = datetime.fromisoformat("2026-10-12T10:15+05:00")
    Attempt.objects.update(deadline_at=moved)

    told = save(attempt, {}).json()

    assert told == {
        "now": seconds(NINE),
        "deadline": moved.timestamp(),
        "until": "until 10:15",
    }


def test_without_a_limit_there_is_no_deadline_to_tell(sit, save):
    told = save(sit(minutes=None), {}).json()

    assert (told["deadline"], told["until"]) == (None, "")


def test_the_clock_is_told_to_nobody_else(sit, save, client):
    attempt = sit()
    client.force_login(make_participant().user)

    assert save(attempt, {}).status_code == 404


def test_what_is_handed_in_already_is_final(sit, save):
    attempt = sit()
    attempts.submit(attempt)

    assert save(attempt, {"sequence-1": "9"}).status_code == 410


# The browser says that the time is up.


@pytest.mark.parametrize(
    ("moment", "is_believed"),
    [
        ("2026-10-12T09:10:00+05:00", False),
        ("2026-10-12T09:29:57+05:00", False),
        ("2026-10-12T09:29:58+05:00", True),
        ("2026-10-12T09:30:05+05:00", True),
    ],
)
def test_a_browser_is_believed_that_is_two_seconds_ahead_at_most(
    sit, client, at, moment, is_believed
):
    """QZ-10: otherwise the answers are kept and the page shows the true time left."""
    attempt = sit(2)
    given = right(attempt.responses.get(place=1))["chosen"]
    post = {"answer-1": given, "sequence-1": "1", "sequence-2": "1", "time_is_up": "1"}

    at(moment)
    shown = client.post(reverse("lms:submit", args=[attempt.pk]), post, follow=True)

    attempt.refresh_from_db()
    assert attempt.is_running is not is_believed
    assert Response.objects.get(place=1).answer == {"chosen": given}
    text = shown.content.decode()
    assert ("There is time left" in text) is not is_believed
    assert ("until 09:30" in text) is not is_believed


def test_time_is_never_up_without_a_limit(sit, client):
    """QZ-10."""
    attempt = sit(minutes=None)

    client.post(reverse("lms:submit", args=[attempt.pk]), {"time_is_up": "1"})

    attempt.refresh_from_db()
    assert attempt.is_running


# Flags on the pages.


def flags_shown(page):
    return page.content.decode().count("is-flagged")


def test_a_flag_is_kept_by_the_plain_form_and_shown_before_handing_in(sit, client):
    attempt = sit(2)
    post = {"sequence-1": "1", "sequence-2": "1", "flag-2": "1"}
    for response in attempt.responses.all():
        post[f"answer-{response.place}"] = right(response)["chosen"]

    saved = client.post(reverse("lms:save", args=[attempt.pk]), post, follow=True)
    asked = client.post(reverse("lms:submit", args=[attempt.pk]), post, follow=True)
    done = client.post(reverse("lms:submit", args=[attempt.pk]), {"confirmed": "1"})

    assert 'name="flag-2" value="1" checked' in saved.content.decode()
    assert flags_shown(saved) == 1
    assert "Every question has an answer" in asked.content.decode()
    assert "Question 2, to look at again" in asked.content.decode()
    assert done.url == reverse("lms:result", args=[attempt.pk])


def test_a_flag_is_taken_back_by_the_plain_form(sit, client):
    attempt = sit(1)
    save = reverse("lms:save", args=[attempt.pk])

    client.post(save, {"sequence-1": "1", "flag-1": "1"})
    again = client.post(save, {"sequence-1": "2"}, follow=True)

    assert flags_shown(again) == 0


def test_a_flag_without_its_question_clears_no_answer(sit, client):
    attempt = sit(1)
    given = right(attempt.responses.get())
    attempts.save_answer(attempt, place=1, answer=given, sequence=1)

    client.post(reverse("lms:save", args=[attempt.pk]), {"flag-1": "1"})

    assert Response.objects.get().answer == given
