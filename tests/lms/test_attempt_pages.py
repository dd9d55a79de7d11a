"""Sitting a quiz in the browser, with and without its script."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import translation

from courses.actions.questions import freeze_question
from courses.models import QuizPage
from lms.actions import attempts
from lms.models import Attempt, Response
from tests.factories import make_locale, make_participant
from tests.lms.sitting import answers, make_sitting, right, start, wrong

pytestmark = pytest.mark.django_db


def url(name, attempt):
    return reverse(f"lms:{name}", args=[attempt.pk])


@pytest.fixture
def sit(client):
    """`sit(3)` signs a participant in and starts a quiz of three questions."""

    def begin(how_many=2, **quiz_fields):
        enrolment, quiz = make_sitting(how_many, **quiz_fields)
        client.force_login(enrolment.person.user)
        return start(enrolment, quiz)

    return begin


def fields(attempt, given):
    """The form as a browser posts it."""
    posted = {}
    for response in attempt.responses.all():
        posted[f"sequence-{response.place}"] = str(response.sequence + 1)
        answer = given.get(response.place)
        if answer:
            posted[f"answer-{response.place}"] = answer["chosen"]
    return posted


def nothing_is_stored():
    return not Response.objects.filter(answer__isnull=False).exists()


def ticked(response):
    """The values of the choices that the page shows as chosen."""
    return set(re.findall(r'value="([^"]+)" checked', response.content.decode()))


def test_starting_posts_to_the_quiz_and_lands_on_the_one_attempt(client):
    """QZ-01."""
    enrolment, quiz = make_sitting()
    client.force_login(enrolment.person.user)
    address = reverse("lms:start_attempt", args=[quiz.translation_key])

    places = [client.post(address).url for _ in range(2)]

    attempt = Attempt.objects.get()
    assert places == [url("attempt", attempt)] * 2
    assert client.get(address).status_code == 405


def test_the_quiz_page_starts_goes_on_and_shows_results(client):
    enrolment, quiz = make_sitting(attempts_allowed=1)
    client.force_login(enrolment.person.user)
    texts = [client.get(quiz.url).content.decode()]
    attempt = start(enrolment, quiz)
    texts.append(client.get(quiz.url).content.decode())
    attempts.submit(attempt)
    texts.append(client.get(quiz.url).content.decode())

    assert "Start the quiz" in texts[0]
    assert "Go on with the quiz" in texts[1]
    assert "You have used all your attempts." in texts[2]
    assert url("result", attempt) in texts[2]


def test_a_refused_start_says_why_on_the_quizs_page(client):
    enrolment, quiz = make_sitting(0)
    client.force_login(enrolment.person.user)
    address = reverse("lms:start_attempt", args=[quiz.translation_key])

    response = client.post(address, follow=True)

    assert response.redirect_chain[0][0] == quiz.url
    assert "This quiz has no questions yet." in response.content.decode()


@pytest.mark.parametrize("name", ["attempt", "unanswered", "result"])
def test_nobody_sees_somebody_elses_attempt(client, sit, name):
    attempt = sit()
    client.force_login(make_participant().user)

    assert client.get(url(name, attempt)).status_code == 404


@pytest.mark.parametrize("name", ["save", "save_answer", "submit"])
def test_nobody_writes_into_somebody_elses_attempt(client, sit, name):
    attempt = sit()
    client.force_login(make_participant().user)

    posted = client.post(url(name, attempt), fields(attempt, answers(attempt)))

    assert posted.status_code == 404
    assert nothing_is_stored()


def test_only_dealt_questions_and_nothing_about_right_or_wrong_are_sent(client):
    """QZ-08."""
    enrolment, quiz = make_sitting(2)
    for response in start(enrolment, quiz).responses.all():
        version = response.version
        body = version.bodies["en"]
        body["feedback"] = dict.fromkeys(body["options"], "SECRET feedback")
        body["explanation"] = "SECRET explanation"
        body["accepted"] = ["SECRET wording"]
        version.save()
    attempt = Attempt.objects.get()
    client.force_login(enrolment.person.user)
    pages = [client.get(quiz.url)]
    pages.append(client.get(url("attempt", attempt)))
    post = fields(attempt, answers(attempt, rights=1))
    pages.append(client.post(url("save", attempt), post, follow=True))
    pages.append(client.get(url("unanswered", attempt)))
    pages.append(client.get(url("result", attempt), follow=True))

    sent = "".join(page.content.decode() for page in pages)
    assert "SECRET" not in sent
    assert "correct" not in sent
    assert "is_right" not in sent


def test_the_whole_form_is_kept_without_a_script(client, sit, at):
    at("2026-10-12T12:03+05:00")
    attempt = sit(2)
    given = {1: right(attempt.responses.get(place=1))}

    response = client.post(url("save", attempt), fields(attempt, given), follow=True)

    assert "Saved 12:03" in response.content.decode()
    assert ticked(response) == set(given[1]["chosen"])


def test_an_emptied_answer_is_no_answer(client, sit):
    attempt = sit(1)
    given = {1: right(attempt.responses.get())}
    client.post(url("save", attempt), fields(attempt, given))

    client.post(url("save", attempt), {"sequence-1": "2"})

    assert nothing_is_stored()


def test_a_stale_tab_is_told_so(client, sit):
    """QZ-18."""
    attempt = sit(1)
    response = attempt.responses.get()
    newer, older = right(response)["chosen"], wrong(response)["chosen"]
    client.post(url("save_answer", attempt), {"answer-1": newer, "sequence-1": "1"})

    by_script = client.post(
        url("save_answer", attempt), {"answer-1": older, "sequence-1": "1"}
    )
    by_form = client.post(
        url("submit", attempt), {"answer-1": older, "sequence-1": "1"}, follow=True
    )

    assert by_script.status_code == 409
    assert "In another tab you answered later: 1." in by_form.content.decode()
    assert ticked(by_form) == set(newer)
    assert Attempt.objects.get().is_running


def test_handing_in_with_gaps_shows_them_first(client, sit):
    attempt = sit(3)
    given = {2: right(attempt.responses.get(place=2))}

    shown = client.post(url("submit", attempt), fields(attempt, given), follow=True)
    done = client.post(url("submit", attempt), {"confirmed": "1"})

    text = shown.content.decode()
    assert "2 questions have no answer" in text
    assert re.findall(r"#q(\d)\" aria-label", text) == ["1", "3"]
    assert done.url == url("result", attempt)
    assert Attempt.objects.get().score == 1


def test_a_complete_form_is_handed_in_at_once_and_twice_is_once(client, sit):
    """QZ-16."""
    attempt = sit(2)
    post = fields(attempt, answers(attempt))

    results = [client.post(url("submit", attempt), post, follow=True) for _ in "ab"]

    assert [r.redirect_chain[-1][0] for r in results] == [url("result", attempt)] * 2
    assert results[0].content == results[1].content
    assert "Passed" in results[0].content.decode()
    assert Attempt.objects.count() == 1


def test_where_no_pass_mark_is_asked_the_result_speaks_of_none(client, sit):
    attempt = sit(2, pass_percent=0)
    post = fields(attempt, answers(attempt, rights=1))

    result = client.post(url("submit", attempt), post, follow=True).content.decode()

    assert "1 of 2 points" in result
    assert "Passed" not in result
    assert "needed" not in result


@pytest.mark.parametrize(
    "post",
    [
        {"answer-9": "x"},
        {"answer-1": "00000000-0000-0000-0000-000000000000"},
        {"answer-1": "\x00"},
        {"answer-99999999999999999999": "x"},
    ],
)
@pytest.mark.parametrize("name", ["save", "save_answer", "submit"])
def test_a_tampered_post_is_refused_without_losing_what_was_typed(
    client, sit, name, post
):
    """QZ-21."""
    attempt = sit(2)
    chosen = right(attempt.responses.get(place=2))["chosen"]
    typed = {} if name == "save_answer" else {"answer-2": chosen, "sequence-2": "1"}

    response = client.post(url(name, attempt), post | typed)

    assert response.status_code == 400
    assert nothing_is_stored()
    if typed:
        assert ticked(response) == set(chosen)


def test_a_post_of_garbage_changes_nothing(client, sit):
    attempt = sit(1)

    for post in ({"answer-": "x"}, {"answer-x": "1"}, {"sequence-1": "-5"}, {}):
        client.post(url("save", attempt), post)
        assert client.post(url("save_answer", attempt), post).status_code in (200, 400)

    assert Response.objects.get().answer is None


# The sign-in ran out.


@pytest.mark.parametrize("name", ["save", "submit"])
def test_answers_posted_after_the_sign_in_ran_out_are_kept_and_come_back(
    client, sit, name
):
    attempt = sit(2)
    user = attempt.enrolment.person.user
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    given = answers(attempt)
    post = fields(attempt, given)
    client.logout()

    asked = client.post(url(name, attempt), post)
    signed_in = client.post(
        asked.url, {"login": user.username, "password": "secret"}, follow=True
    )
    assert "Your answers are back." in signed_in.content.decode()
    assert ticked(signed_in) == {one for a in given.values() for one in a["chosen"]}
    assert nothing_is_stored()

    client.post(url("submit", attempt), fields(attempt, given))
    assert Attempt.objects.get().score == 2
    assert "kept_answers" not in client.session


def test_kept_answers_are_shown_to_nobody_else(client, sit):
    attempt = sit(1)
    other = make_participant()
    post = fields(attempt, answers(attempt))
    client.logout()

    client.post(url("submit", attempt), post)
    client.force_login(other.user)

    assert client.get(url("attempt", attempt)).status_code == 404


def test_the_script_is_told_that_the_sign_in_ran_out(client, sit):
    attempt = sit(1)
    client.logout()

    response = client.post(url("save_answer", attempt), {"sequence-1": "1"})

    assert response.status_code == 401


# Time.


def test_the_deadline_is_shown_on_the_cohorts_clock(client, sit, at):
    at("2026-10-12T09:00+05:00")
    attempt = sit(1, minutes=30)

    assert "until 09:30" in client.get(url("attempt", attempt)).content.decode()


def test_a_page_opened_after_the_time_leads_to_the_result(client, sit, at):
    """QZ-11."""
    at("2026-10-12T09:00+05:00")
    attempt = sit(1, minutes=30)
    post = fields(attempt, answers(attempt))

    at("2026-10-12T10:00+05:00")
    shown = client.get(url("attempt", attempt)).content.decode()
    late = client.post(url("submit", attempt), post, follow=True).content.decode()

    assert "The time is over" in shown
    assert "The time was over; what had been saved by then counts." in late
    assert Attempt.objects.get().score == 0


# The result.


def test_the_result_shows_my_own_order_and_right_answers_once_passed(client, sit):
    """QZ-27."""
    attempt = sit(1)
    response = attempt.responses.get()
    texts = response.version.bodies["en"]["options"]
    attempts.submit(attempt, answers=answers(attempt))

    page = client.get(url("result", attempt)).content.decode()

    shown = re.findall(r'class="choice[^>]*><span>(\w+)', page)
    assert shown == [texts[option] for option in response.order]
    assert "Yes." in page
    assert "100%" in page


def test_what_would_be_right_waits_while_attempts_are_left(client, sit):
    attempt = sit(1, attempts_allowed=2)
    attempts.submit(attempt, answers=answers(attempt, rights=0))

    first = client.get(url("result", attempt)).content.decode()
    again = start(attempt.enrolment, QuizPage.objects.get())
    attempts.submit(again, answers=answers(again, rights=0))
    last = client.get(url("result", again)).content.decode()

    assert "Not passed yet" in first
    assert "No." in first
    assert 'is-done"><span>Right' not in first
    assert 'is-done"><span>Right' in last


def test_another_language_changes_the_words_and_nothing_else(client):
    """QZ-51."""
    enrolment, quiz = make_sitting(1)
    question = quiz.slots.get().question
    twin = question.copy_for_translation(make_locale("ru"))
    twin.stem = "<p>Вопрос?</p>"
    twin.save()
    twin.save_revision().publish()
    freeze_question(question, by=None)
    attempt = start(enrolment, quiz)
    given = right(attempt.responses.get())
    attempts.save_answer(attempt, place=1, answer=given, sequence=1)
    client.force_login(enrolment.person.user)

    with translation.override("ru"):
        response = client.get(url("attempt", attempt))

    assert "Вопрос?" in response.content.decode()
    assert ticked(response) == set(given["chosen"])


@pytest.mark.parametrize("name", ["attempt", "result"])
def test_a_quiz_of_three_takes_as_many_queries_as_one(
    client, sit, name, django_assert_max_num_queries
):
    counts = []
    for how_many in (1, 3):
        attempt = sit(how_many)
        if name == "result":
            attempts.submit(attempt, answers=answers(attempt))
        # The very first page of a site also makes its settings.
        for _ in range(2):
            client.get(url(name, attempt))
        with django_assert_max_num_queries(20) as queries:
            client.get(url(name, attempt))
        counts.append(len(queries))

    assert counts[0] == counts[1]
