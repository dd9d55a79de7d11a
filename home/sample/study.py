"""One participant in one cohort: the place, the lessons, the quiz, the end."""

from datetime import datetime, timedelta
from random import Random

from courses import clock
from courses.models import LessonPage, QuizPage
from home.models import User
from lms.actions import attempts, progress
from lms.actions.enrolment import enrol, join, withdraw
from lms.actions.nominations import use_nomination
from lms.models import Cohort, Enrolment, Person

from .accounts import open_account
from .answers import answers_to
from .fates import Fate

LEFT = {
    "en": "Has moved to other duties.",
    "ru": "Переведён на другую работу.",
    "tg": "Ба кори дигар гузашт.",
}
# Why a newcomer is let into a course that asks for the foundations.
INSTEAD = {
    "en": "Passed the entry interview instead of the foundations.",
    "ru": "Прошёл входное собеседование вместо основ.",
    "tg": "Ба ҷойи асосҳо аз сӯҳбати қабул гузашт.",
}
Completes = LessonPage.Completes
BY_ONESELF = (Cohort.Admission.OPEN, Cohort.Admission.REQUEST)
QUESTIONS = 10


class Participant:
    """Each method is one thing done at the instant the clock shows."""

    def __init__(self, person: Person, fate: Fate, random: Random):
        self.person, self.fate, self.random = person, fate, random
        self.enrolment: Enrolment | None = None
        self.has_left = False
        self.shown_at: datetime | None = None

    def take_place(self, cohort: Cohort, *, by: User, has_account: bool) -> None:
        user = open_account(self.person) if has_account else self.person.user
        if user and cohort.admission in BY_ONESELF:
            self.enrolment = join(user, cohort=cohort)
        else:
            why = INSTEAD[cohort.locale]
            self.enrolment = enrol(self.person, cohort=cohort, by=by, reason=why)

    def use_code(self, code: str) -> None:
        """Come in with the code of one's organisation."""
        self.enrolment = use_nomination(open_account(self.person), code=code)

    def leave(self, *, by: User) -> None:
        reason = LEFT[self.enrolment.cohort.locale]
        self.enrolment = withdraw(self.enrolment, by=by, reason=reason)
        self.has_left = True

    def open(self, activity: str) -> None:
        if not self.has_left:
            progress.open_activity(self.enrolment, activity=activity)
            self.shown_at = clock.now()

    def finish(self, activity: str, completes: str, *, trainer: User) -> None:
        """Do what completes this lesson, each in its own way."""
        if self.has_left:
            return
        place = {"activity": activity}
        if completes == Completes.SIGN_OFF:
            progress.sign_off(self.enrolment, **place, by=trainer)
        elif completes == Completes.SELF_CHECK:
            progress.answer_self_check(self.enrolment, **place, by=self.person.user)
        elif completes == Completes.READ:
            progress.finish_lesson(
                self.enrolment, **place, shown_at=self.shown_at, by=self.person.user
            )

    def sit(self, activity: str, *, right: int) -> None:
        """Take the quiz in one's own language, with so many right answers."""
        if self.has_left:
            return
        language = self.person.locale
        quiz = QuizPage.objects.get(
            translation_key=activity, locale__language_code=language
        )
        attempt = attempts.start(self.enrolment, quiz=quiz, language=language)
        answers = answers_to(attempt, right=right, random=self.random)
        taken = timedelta(minutes=self.random.randint(9, 26)) * len(answers) / QUESTIONS
        with clock.stopped_at(clock.now() + taken):
            attempts.submit(attempt, answers=answers)
