"""How people of a cohort found the training: the survey at its end."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from courses import clock
from home.models import User
from lms.actions.surveys import answer, open_survey
from lms.models import Cohort, SurveyInvitation, SurveyKind
from lms.survey_questions import Question

OPEN_DAYS = 7
ANSWERS = 12
MARKS = (3, 4, 4, 4, 5, 5, 5)
# The pace was right for most; the options stand from too slow to too fast.
PACES = (0, 1, 1, 1, 1, 2)
WORDS = {
    "best": (
        "Машқҳо бо ҳодисаҳои воқеӣ.",
        "Разбор случаев в малых группах.",
        "Сабти рақамҳо ва суроғаҳои ҳамкорон.",
    ),
    "change": (
        "Вақти бештар барои саволҳо.",
        "Больше времени на практику.",
        "Нусхаи чопии ёддоштҳо лозим аст.",
    ),
}


def ask_how_it_was(cohort: Cohort, *, by: User) -> None:
    today = timezone.localdate(clock.now(), cohort.zone)
    last = today + timedelta(days=OPEN_DAYS)
    open_survey(cohort, kind=SurveyKind.END, opens_on=today, closes_on=last, by=by)


def answer_survey(cohort: Cohort) -> None:
    """A dozen answer, mostly content; a few of them also write something."""
    random = Random(f"survey {cohort.code}")  # noqa: S311 - invents, no secrets
    invitations = SurveyInvitation.objects.filter(survey__cohort=cohort)
    for invitation in invitations.select_related("survey").order_by("pk")[:ANSWERS]:
        questions = invitation.survey.questions
        given = {one["key"]: _value(one, random) for one in questions}
        values = {name: value for name, value in given.items() if value != ""}
        answer(invitation, values=values)


def _value(question: Question, random: Random) -> int | str:
    if question["kind"] == "scale":
        return random.choice(MARKS)
    if question["kind"] == "choice":
        return random.choice(PACES)
    words = WORDS.get(question["key"], ())
    return random.choice(words) if words and random.random() < 0.3 else ""
