"""What happens in one cohort, told by the verbs in the order of time.

Every step runs with the clock stopped at its instant, and none that is still to come:
a cohort that is running today is told up to now.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from courses import clock
from courses.models import Edition
from home.models import User
from lms.actions import attendance
from lms.actions.cohorts import add_staff, change_cohort, create_cohort
from lms.attendance import sheet_of
from lms.models import Cohort, Donor, Enrolment, Person, Project, Session, Staff

from . import at_the_door
from .fates import EXCUSED, LEAVES, PRESENT, fate, guess, steady
from .keys import key
from .opinions import answer_survey, ask_how_it_was
from .plans import Plan, starts_on
from .profiles import PARTICIPANT
from .proof import count_as_sent, issue_to
from .study import LEFT, Completes, Participant
from .waiting import answer_requests, nominate_people, pass_a_seat_on

EXCUSE = {"en": "On duty", "ru": "Дежурство", "tg": "Навбатдорӣ"}
# Days at the end of a cohort without lessons, for the quiz.
FOR_THE_QUIZ = 5
# So long ago requests were answered and a seat given back where people ask for one.
ANSWERED, PASSED_ON = timedelta(days=2), timedelta(hours=5)


class Story:
    """One cohort from its planning to its certificates."""

    def __init__(self, plan: Plan, staff: dict[str, User]):
        self.plan, self.staff = plan, staff
        self.trainer = staff[plan.trainer]
        self.administrator = staff["administrator"]
        self.random = Random(f"story {plan.code}")  # noqa: S311 - invents, no secrets
        self.guesses = Random(f"pre-test {plan.code}")  # noqa: S311 - the same
        self.zone = ZoneInfo(plan.timezone)
        self.now = clock.now()
        self.today = self.now.astimezone(self.zone).date()
        self.first_day = starts_on(plan, self.today)
        self.participants: dict[int, Participant] = {}
        self.steps: list[tuple[datetime, int, Callable]] = []

    def tell(self, people: list[Person]) -> Cohort:
        """Plan the cohort and let everything happen that has happened by now."""
        planned = min(self.at(-30), self.now - timedelta(days=14))
        with clock.stopped_at(planned):
            self.cohort = self._create()
            self.sessions = [self._schedule(day) for day in self.plan.days]
            self.codes = nominate_people(
                self.cohort, self.plan.nominated_by, people, by=self.administrator
            )
        for person in people:
            self._plan_participant(person, planned)
        self._plan_days()
        if self.cohort.admission == Cohort.Admission.REQUEST:
            self._plan_answers()
        for instant, _order, step in sorted(self.steps, key=lambda step: step[:2]):
            if instant <= self.now:
                with clock.stopped_at(instant):
                    step()
        count_as_sent(self.cohort)
        return self.cohort

    def at(self, day: float, hour: float = 0) -> datetime:
        """So many days after the first one, at this hour of the cohort's zone."""
        start = datetime.combine(self.first_day, time(), tzinfo=self.zone)
        return start + timedelta(days=day, hours=hour)

    def then(self, instant: datetime, verb: Callable, *args, **kwargs) -> None:
        step = partial(verb, *args, **kwargs)
        self.steps.append((instant, len(self.steps), step))

    def _create(self) -> Cohort:
        plan, by = self.plan, self.administrator
        cohort = create_cohort(
            edition=Edition.objects.newest(key("course", plan.course)),
            by=by,
            donors=Donor.objects.filter(short_name__in=plan.donors),
            project=Project.objects.filter(short_name=plan.project).first(),
            starts_on=self.first_day,
            ends_on=self.first_day + timedelta(days=plan.lasts),
            **plan.as_fields(),
        )
        for username, role in (
            (plan.trainer, Staff.Role.TRAINER),
            (plan.coordinator, Staff.Role.COORDINATOR),
            ("observer", Staff.Role.OBSERVER),
        ):
            add_staff(cohort, user=self.staff[username], role=role, by=by)
        return cohort

    def _schedule(self, day: int) -> Session:
        is_online = self.plan.mode == Cohort.Mode.ONLINE
        return attendance.schedule(
            self.cohort,
            local_date=self.first_day + timedelta(days=day),
            local_time=time(17) if is_online else time(9),
            minutes=120 if is_online else 240,
            place=self.plan.place,
            link="https://meet.example.org/room" if is_online else "",
            by=self.administrator,
        )

    def _plan_days(self) -> None:
        """What happens to all at once: beginning, registers, end, certificates.

        Today's register is left to whoever opens the site.
        """
        self.then(self.at(0, 7), self._change, Cohort.Status.RUNNING)
        for place, session in enumerate(self.sessions):
            if session.local_date != self.today:
                over = session.ends_at + timedelta(minutes=15)
                self.then(over, self._take_register, session, place)
        if self.plan.has_door:
            self._plan_door()
        end = self.plan.lasts + 1
        self.then(self.at(end, 7), self._change, Cohort.Status.FINISHED)
        self.then(self.at(end + 2, 11), self._issue)
        if self.plan.has_survey:
            self.then(self.at(end, 12), ask_how_it_was, self.cohort, by=self.trainer)
            self.then(self.at(end + 3, 18), answer_survey, self.cohort)

    def _plan_answers(self) -> None:
        """Lately, who asked was answered, and somebody gave a seat back."""
        by, locale = self.staff[self.plan.coordinator], self.plan.locale
        self.then(self.now - ANSWERED, answer_requests, self.cohort, by=by)
        self.then(
            self.now - PASSED_ON, pass_a_seat_on, self.cohort, LEFT[locale], by=by
        )

    def _plan_door(self) -> None:
        """On the second day codes are read; the last one somebody cannot come to."""
        session, door, by = self.sessions[1], at_the_door, self.trainer
        minute = timedelta(minutes=1)
        came = session.starts_at - 2 * minute
        self.then(self.at(0, 7), door.warn_of_absences, self.cohort, by=by)
        self.then(came, lambda: door.arrive(session, self._present(1), by=by))
        unasked = session.starts_at + 20 * minute
        self.then(unasked, door.come_unasked, session, by=by)
        left = door.before_the_end(session)
        self.then(left, lambda: door.leave(session, self._present(1), by=by))
        sorry = self.now - PASSED_ON
        last = self.sessions[-1]
        self.then(sorry, lambda: door.say_sorry(last, self._present(1)[-1]))

    def _present(self, place: int) -> list[Enrolment]:
        """Who attends this session, with an account, in the order they enrolled."""
        places = self.cohort.enrolments.filter(status=Enrolment.Status.ACTIVE)
        rows = places.exclude(person__user=None).select_related("person__user")
        return [
            one
            for one in rows.order_by("pk")
            if self.participants[one.person_id].fate.marks[place] == PRESENT
        ]

    def _change(self, status: str) -> None:
        change_cohort(self.cohort, by=self.administrator, status=status)

    def _take_register(self, session: Session, place: int) -> None:
        rows = []
        for line in sheet_of(session):
            person = line.enrolment.person_id
            if line.is_expected and person in self.participants:
                code = self.participants[person].fate.marks[place]
                remark = EXCUSE[self.plan.locale] if code == EXCUSED else ""
                rows.append(attendance.Row(line.pk, code, line.version, remark))
        attendance.save_register(session, rows=rows, by=self.trainer)
        attendance.sign_off_register(session, by=self.trainer)

    def _issue(self) -> None:
        issue_to(self.cohort, by=self.administrator)

    def _plan_participant(self, person: Person, planned: datetime) -> None:
        throw = steady if person.email == PARTICIPANT.email else fate
        lot = throw(self.random, sessions=len(self.sessions))
        participant = Participant(person, lot, self.random)
        self.participants[person.pk] = participant
        last = min(self.at(-1), self.now - ANSWERED)
        enrolled = planned + (last - planned) * self.random.random()
        self._plan_place(participant, enrolled)
        self._plan_study(participant)
        if lot.kind == LEAVES:
            coordinator = self.staff[self.plan.coordinator]
            gone = self.at(self.plan.lasts * self.random.uniform(0.2, 0.6))
            self.then(gone, participant.leave, by=coordinator)

    def _plan_place(self, participant: Participant, enrolled: datetime) -> None:
        begun = self.first_day <= self.today
        if code := self.codes.get(participant.person.pk):
            self.then(enrolled, participant.use_code, code)
            return
        self.then(
            enrolled,
            participant.take_place,
            self.cohort,
            by=self.administrator,
            has_account=begun
            or self.random.random() < 0.5
            or self.plan.is_entered_by_oneself,
        )

    def _plan_study(self, participant: Participant) -> None:
        """Lessons through the cohort's days at one's pace, then the quiz."""
        activities = self.cohort.edition.activities
        lessons = [one for one in activities if one["kind"] == "lesson"]
        days = (self.plan.lasts - FOR_THE_QUIZ) * participant.fate.pace / len(lessons)
        for place, lesson in enumerate(lessons):
            moment = self.at(0, 12) + timedelta(
                days=days * (place + self.random.uniform(0.1, 0.8))
            )
            self._plan_lesson(participant, lesson, moment)
        quizzes = [one for one in activities if one["kind"] == "quiz"]
        if self.plan.has_pre_test:
            self._plan_pre_test(participant, quizzes[0])
        moment = self.at(0, 14) + timedelta(days=days * len(lessons))
        for quiz in [one for one in quizzes if one["is_required"]]:
            for right in participant.fate.scores:
                moment += timedelta(hours=self.random.uniform(3, 24))
                self.then(moment, participant.sit, UUID(quiz["key"]), right=right)

    def _plan_pre_test(self, participant: Participant, quiz: dict) -> None:
        """On the first morning, before anything is taught."""
        right, hour = guess(self.guesses), self.guesses.uniform(7.5, 8.5)
        if right is not None:
            moment = self.at(0, hour)
            self.then(moment, participant.sit, UUID(quiz["key"]), right=right)

    def _plan_lesson(self, participant, lesson: dict, moment: datetime) -> None:
        activity = UUID(lesson["key"])
        self.then(moment, participant.open, activity)
        if lesson["completes"] != Completes.OPENED:
            minutes = lesson["minutes"] * self.random.uniform(0.7, 1.3)
            self.then(
                moment + timedelta(minutes=minutes, seconds=lesson["least_seconds"]),
                participant.finish,
                activity,
                lesson["completes"],
                trainer=self.trainer,
            )
