"""What each kind of certificate asks of somebody, for many at once. Writes nothing.

All in a list are weighed by the same few queries, of however many cohorts they are.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Max, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.due.claim import Claim
from certificates.models import AwardRule
from certificates.models.kinds import Kind
from certificates.paper import wording
from courses import clock
from courses.marking import counted
from courses.models import QuizPage
from lms.completion import percent_text
from lms.models import Attempt, Cohort, Enrolment, Mark, Session, Staff
from lms.presence import earlier_places, meetings_of, sums_in_any_cohort
from lms.standing import waived_by
from lms.sums import Sums, reaches

Rules = Mapping[uuid.UUID, AwardRule]
Answers = list[str | None]


def refusals(claims: list[Claim], rules: Rules) -> Answers:
    """Of each claim, what is still to be earned; None where nothing is.

    All are of one kind; `rules` are by course.
    """
    if not claims:
        return []
    return _ASKED[claims[0].kind](claims, rules)


def award_days(claims: list[Claim]) -> list[date | None]:
    """The day printed as that of the award (CE-06): the completion; for who attended
    or taught the last session that was held, or at which they were marked.
    """
    held = _last_days([claim.cohort for claim in claims if _goes_by_sessions(claim)])
    marked = _last_marked(
        [claim.enrolment for claim in claims if claim.kind == Kind.ATTENDANCE]
    )
    return [
        _latest(held.get(claim.cohort.pk), marked.get(claim.enrolment))
        if _goes_by_sessions(claim)
        else claim.enrolment.completed_on
        for claim in claims
    ]


def scores(places: Iterable[Enrolment]) -> dict[int, Fraction | None]:
    """By enrolment, the mean of what counts in each required quiz, in percent.

    A quiz nobody tried counts as nothing, a waived one not at all; None where there is
    no quiz to go by.
    """
    places = list(places)
    asked = {place.pk: _quizzes_of(place) for place in places}
    keys = {key for found in asked.values() for key in found}
    grading = _grading(keys)
    shares, waived = _shares(places, keys), waived_by(places)
    return {
        place.pk: _mean(
            [
                counted(grading[key], shares[place.pk, key]) or Fraction(0)
                for key in asked[place.pk]
                if key in grading and str(key) not in waived[place.pk]
            ]
        )
        for place in places
    }


def shown_for(claims: list[Claim]) -> list[str]:
    """What each has to show, for a committee to judge by; nothing for who taught, and
    nothing where the records say nothing any more.
    """
    if not claims or claims[0].kind == Kind.TRAINER:
        return [""] * len(claims)
    places = [claim.enrolment for claim in claims]
    if claims[0].kind == Kind.COMPLETION:
        return [_completed_on(place) for place in places]
    if claims[0].kind == Kind.DISTINCTION:
        label, found = _("Result"), scores(places)
    else:
        label = _("Attendance")
        found = {pk: sums.projected for pk, sums in attendance(places).items()}
    shares = [found[place.pk] for place in places]
    return [
        f"{label}: {percent_text(share)}" if share is not None else ""
        for share in shares
    ]


def _completed_on(place: Enrolment) -> str:
    if place.completed_on is None:
        return ""
    day = wording.day(place.completed_on, get_language())
    return _("Completed on %(day)s") % {"day": day}


def not_completed() -> str:
    return _("The course is not completed yet.")


def attendance(places: Iterable[Enrolment]) -> dict[int, Sums]:
    return sums_in_any_cohort(places)


def running(cohorts: Iterable[int]) -> set[int]:
    """Of the cohorts with these keys, those with a session that is not over yet."""
    now: datetime = clock.now()
    return {
        cohort
        for cohort, meetings in meetings_of(cohorts).items()
        if any(meeting.ends_at > now for meeting in meetings)
    }


def taught(cohort: Cohort) -> tuple[int, int]:
    """Sessions held and their minutes."""
    held = cohort.sessions.filter(status=Session.Status.HELD)
    minutes = held.aggregate(minutes=Sum("minutes"))["minutes"]
    return held.count(), minutes or 0


def _completion(claims: list[Claim], rules: Rules) -> Answers:
    done = Enrolment.Status.COMPLETED
    return [
        None if claim.enrolment.status == done else not_completed() for claim in claims
    ]


def _distinction(claims: list[Claim], rules: Rules) -> Answers:
    completed = _completion(claims, rules)
    found = scores(claim.enrolment for claim in claims)
    return [
        refusal or _below(found[claim.enrolment.pk], _rule(claim, rules).least_score)
        for claim, refusal in zip(claims, completed, strict=True)
    ]


def _below(score: Fraction | None, least: int) -> str | None:
    if score is None:
        return _("The course has no required quiz to go by.")
    if reaches(score, least):
        return None
    return _("The result is %(value)s, %(least)s is needed.") % {
        "value": percent_text(score),
        "least": percent_text(Fraction(least)),
    }


def _attendance(claims: list[Claim], rules: Rules) -> Answers:
    """Completed or not, once every session that counts is over."""
    running = _running([claim.cohort for claim in claims])
    sums = attendance(claim.enrolment for claim in claims)
    return [
        running.get(claim.cohort.pk)
        or _absent(sums[claim.enrolment.pk], _rule(claim, rules).least_attendance)
        for claim in claims
    ]


def _absent(sums: Sums, least: int) -> str | None:
    """What was planned and never held counts as missed: nobody attended it."""
    if sums.percent is None:
        return _("No session counts for this person.")
    if reaches(sums.projected, least):
        return None
    return _("Attendance is %(value)s, %(least)s is needed.") % {
        "value": percent_text(sums.projected),
        "least": percent_text(Fraction(least)),
    }


def _trainer(claims: list[Claim], rules: Rules) -> Answers:
    running = _running([claim.cohort for claim in claims])
    days = _last_days([claim.cohort for claim in claims])
    teaching = _teaching([claim.cohort for claim in claims])
    return [
        _no_trainer(claim, teaching)
        or running.get(claim.cohort.pk)
        or (None if claim.cohort.pk in days else _("No session was held."))
        for claim in claims
    ]


def _no_trainer(claim: Claim, teaching: set[tuple]) -> str | None:
    if (claim.cohort.pk, claim.person.user_id) in teaching:
        return None
    return _("This account is no trainer of the cohort.")


def _teaching(cohorts: Iterable[Cohort]) -> set[tuple]:
    """Pairs of a cohort and the account of somebody who teaches there."""
    rows = Staff.objects.filter(
        cohort__in={cohort.pk for cohort in cohorts},
        role=Staff.Role.TRAINER,
        user__is_active=True,
    )
    return set(rows.values_list("cohort", "user"))


_ASKED = {
    Kind.COMPLETION: _completion,
    Kind.DISTINCTION: _distinction,
    Kind.ATTENDANCE: _attendance,
    Kind.TRAINER: _trainer,
}


def _rule(claim: Claim, rules: Rules) -> AwardRule:
    return rules[claim.cohort.edition.course_key]


def _goes_by_sessions(claim: Claim) -> bool:
    return claim.kind in (Kind.ATTENDANCE, Kind.TRAINER)


def _running(cohorts: Iterable[Cohort]) -> dict[int, str]:
    """By cohort, that its sessions are not over; those of which they are left out."""
    text = _("The sessions of the cohort are not over yet.")
    return dict.fromkeys(running(cohort.pk for cohort in cohorts), text)


def _last_days(cohorts: Iterable[Cohort]) -> dict[int, date]:
    held = Session.objects.filter(
        cohort__in={cohort.pk for cohort in cohorts}, status=Session.Status.HELD
    )
    days = held.order_by().values_list("cohort").annotate(day=Max("local_date"))
    return dict(days)


def _last_marked(places: list[Enrolment]) -> dict[Enrolment | None, date]:
    """A session whose register nobody took counts for who checked in by the code."""
    earlier = earlier_places(places)
    chains = {place: [place, *earlier.get(place.pk, [])] for place in places}
    marks = Mark.objects.filter(
        enrolment__in=[one for chain in chains.values() for one in chain],
        status__isnull=False,
        session__in=Session.objects.live().filter(starts_at__lte=clock.now()),
    )
    rows = marks.order_by().values_list("enrolment")
    days = dict(rows.annotate(day=Max("session__local_date")))
    found = {
        place: _latest(*(days.get(one.pk) for one in chain))
        for place, chain in chains.items()
    }
    return {place: day for place, day in found.items() if day}


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _quizzes_of(place: Enrolment) -> list[uuid.UUID]:
    return [
        uuid.UUID(str(activity["key"]))
        for activity in place.cohort.edition.activities
        if activity["is_required"] and activity["kind"] == "quiz"
    ]


def _grading(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How attempts count, by quiz; one taken off the site counts for nobody."""
    quizzes = QuizPage.objects.live().filter(translation_key__in=keys)
    return dict(quizzes.order_by("-pk").values_list("translation_key", "grading"))


def _shares(places, keys) -> defaultdict[tuple, list[Fraction]]:
    rows = Attempt.objects.filter(
        enrolment__in=[place.pk for place in places],
        quiz_key__in=keys,
        score__isnull=False,
    ).order_by("number")
    found = defaultdict(list)
    for place, key, score, out_of in rows.values_list(
        "enrolment", "quiz_key", "score", "out_of"
    ):
        found[place, key].append(Fraction(score) / Fraction(out_of))
    return found


def _mean(shares: list[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) * 100 / len(shares) if shares else None
