"""A quiz before the ready participant, whose line may be cut."""

from django.urls import reverse
from django.utils.translation import override

from home.models import User
from lms.actions import attempts
from lms.models import Attempt, Response
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)
from tests.lms.sitting import right

from .visiting import Visit

QUESTIONS = 5
# As long as everything else is waited for: half a minute.
TURNS = 600
IS_READY = "caches.match(document.querySelector('.quiz').dataset.away).then(Boolean)"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('ustod-answer:'))"


def begin() -> Attempt:
    """The ready participant begins a quiz of five questions."""
    course = make_course(title="A short course")
    questions = [make_question() for _number in range(QUESTIONS)]
    quiz = make_quiz(make_module(course), questions, title="What was said")
    cohort = make_cohort(make_edition(course, quiz))
    person = User.objects.get(username="participant").person
    return attempts.start(make_enrolment(person, cohort), quiz=quiz, language="en")


def address(attempt: Attempt) -> str:
    with override("en"):
        return reverse("lms:attempt", args=[attempt.pk])


def choose(visit: Visit, response: Response, answer: dict) -> None:
    """Press it; what the server says of it may have changed it again by then."""
    name, [value] = f"answer-{response.place}", answer["chosen"]
    visit.page.locator(f"input[name='{name}'][value='{value}']").click()


def answer_all(visit: Visit, attempt: Attempt) -> dict[int, dict]:
    given = {}
    for response in attempt.responses.select_related("version"):
        given[response.place] = right(response)
        choose(visit, response, given[response.place])
    return given


def stored(attempt: Attempt) -> dict[int, dict | None]:
    return dict(attempt.responses.values_list("place", "answer"))


def status(visit: Visit):
    return visit.page.locator("[data-saved]")


def wait_until_kept(page, count: int) -> None:
    """The pages' policy lets no condition be waited for inside them."""
    for _turn in range(TURNS):
        if len(page.evaluate(KEPT)) == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(KEPT))


def cut_the_line(page) -> None:
    """Once the page has put aside what it takes to be shown without one."""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    for _turn in range(TURNS):
        if page.evaluate(IS_READY):
            page.context.set_offline(True)
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing is put aside")
