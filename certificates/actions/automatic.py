"""Certificates that issue themselves: after completion, every minute, once a day.

Safe to run twice and beside itself: `award` gives each once. What was refused is
remembered, so that it is not tried every minute for ever.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from certificates.due.claim import of_place
from certificates.due.readiness import candidates_of, of_trainer
from certificates.due.ruled import is_by_itself
from certificates.models import AutomaticRefusal, AwardRule, Certificate
from certificates.models.kinds import Kind
from courses import clock
from lms.actions.refusal import Refused
from lms.actions.unforeseen import told
from lms.models import Cohort, Enrolment, Staff

from .issuing import NotEarned, award
from .run_work import FOR_A_COURSE, FOR_ALL
from .trainers import award_trainer

logger = logging.getLogger(__name__)

AFTER_COMPLETION = [Kind.COMPLETION, Kind.DISTINCTION]
# So many in one minute, and so long after its end a cohort is looked at every night.
AT_ONCE = 200
SINCE = timedelta(days=60)
_DAY = timedelta(days=1)


def after_completion(enrolment: Enrolment) -> None:
    """Called inside the transaction that completes a place."""
    key = enrolment.cohort.edition.course_key
    rules = AwardRule.objects.kinds_of(key)
    if any(kind in rules and rules[kind].is_automatic for kind in AFTER_COMPLETION):
        transaction.on_commit(issue_completed.enqueue)


@task()
def issue_completed() -> int:
    """The job behind `after_completion`, and every minute's."""
    return issue_due()


def issue_due() -> int:
    """Issue what completed places have earned of themselves; says how many."""
    issued = 0
    for kind in AFTER_COMPLETION:
        issued += _issue_all(completed_waiting(kind), kind, most=AT_ONCE - issued)
    return issued


def look_again() -> int:
    """The night's: whose certificate was refused as not earned and who has earned it
    since is tried anew; says how many.

    A better result, another certificate or a milder rule may have come at any time.
    """
    found = 0
    for kind in (*AFTER_COMPLETION, Kind.ATTENDANCE):
        refused = AutomaticRefusal.objects.filter(kind=kind, is_earned=False)
        places = Enrolment.objects.filter(pk__in=refused.values("enrolment"))
        for one in candidates_of(places, kind):
            if one.is_ready:
                found += refused.filter(enrolment=one.enrolment).delete()[0]
    return found


def issue_over() -> int:
    """The night's: statements and trainers of cohorts that ended lately."""
    issued = 0
    over = Cohort.objects.filter(
        ends_on__lte=clock.now().date(), ends_on__gte=(clock.now() - SINCE).date()
    )
    for cohort in over.select_related("edition"):
        rules = AwardRule.objects.kinds_of(cohort.edition.course_key)
        if _is_automatic(rules, Kind.ATTENDANCE):
            places = _waiting(cohort.enrolments.studying(), Kind.ATTENDANCE)
            issued += _issue_all(places, Kind.ATTENDANCE)
        if _is_automatic(rules, Kind.TRAINER):
            issued += _issue_trainers(cohort)
    return issued


def completed_waiting(kind: str) -> QuerySet[Enrolment]:
    """Completed places whose course issues this kind of itself, and that have none."""
    places = Enrolment.objects.filter(
        is_by_itself(kind), status=Enrolment.Status.COMPLETED
    )
    return _waiting(places, kind).order_by("completed_at", "pk")


def _waiting(places: QuerySet[Enrolment], kind: str) -> QuerySet[Enrolment]:
    """Without a certificate of this kind, whatever became of it, or a fresh refusal."""
    had = Certificate.objects.filter(enrolment=OuterRef("pk"), kind=kind)
    refused = AutomaticRefusal.objects.filter(
        Q(refused_at__gt=clock.now() - _DAY)
        | Q(tries__gte=AutomaticRefusal.MOST_TRIES),
        enrolment=OuterRef("pk"),
        kind=kind,
    )
    return places.filter(~Exists(had), ~Exists(refused))


def _is_automatic(rules: dict[str, AwardRule], kind: str) -> bool:
    return kind in rules and rules[kind].is_automatic


@transaction.atomic
def try_again(cohort: Cohort, *, by) -> int:
    """Forget what was refused there, so that the next minute tries anew."""
    rows = AutomaticRefusal.objects.to_show().filter(enrolment__cohort=cohort)
    count = rows.delete()[0]
    if count:
        log(cohort, "certificates.try_again", user=by, data={"people": count})
        transaction.on_commit(issue_completed.enqueue)
    return count


def _issue_all(
    places: QuerySet[Enrolment], kind: str, *, most: int | None = None
) -> int:
    """What is wrong for everybody, or for all of a course, is held against nobody.

    A course that cannot issue now is left to the next round, the others get theirs.
    """
    places = places.select_related("person", "cohort__edition")
    rows, issued, stuck = iter(places[:most]), 0, []
    while place := next(rows, None):
        try:
            # Why not is read by whoever looks after the cohort.
            with translation.override(place.cohort.locale):
                issued += _issue(place, kind)
        except FOR_A_COURSE as problem:
            stuck.append(place.cohort.edition.course_key)
            logger.warning("A course issues nothing: %s", type(problem).__name__)
            others = places.exclude(cohort__edition__course_key__in=stuck)
            rows = iter(others[: most and most - issued])
        except FOR_ALL as problem:
            logger.warning("Nothing issues itself: %s", type(problem).__name__)
            break
    return issued


def _issue(place: Enrolment, kind: str) -> bool:
    """Is there a new one? Raises what is wrong for more than this place."""
    try:
        return award(of_place(place, kind), by=None)[1]
    except (*FOR_ALL, *FOR_A_COURSE):
        raise
    except Refused as refusal:
        is_earned = not isinstance(refusal, NotEarned)
        _remember(place, kind, str(refusal), is_earned=is_earned)
    except Exception as error:
        # One place that fails must not keep the others from theirs.
        logger.error("Enrolment %s was not issued one: %s", place.pk, told(error))
        _remember(place, kind, _("It failed. The server's log says why."))
    return False


def _issue_trainers(cohort: Cohort) -> int:
    """A refusal is seen on the cohort's list; there is one cohort, not one a minute."""
    staff = cohort.staff.filter(role=Staff.Role.TRAINER, user__is_active=True)
    issued = 0
    for row in staff.select_related("user__person"):
        try:
            issued += award_trainer(of_trainer(cohort, row.user), by=None)[1]
        except Refused as refusal:
            logger.info("A trainer's certificate waits: %s", type(refusal).__name__)
        except Exception as error:
            # Every other cohort would wait for one account that fails.
            logger.error("Staff %s was not issued one: %s", row.pk, told(error))
    return issued


@transaction.atomic
def _remember(
    place: Enrolment, kind: str, reason: str, *, is_earned: bool = True
) -> None:
    said = {"reason": reason, "is_earned": is_earned, "refused_at": clock.now()}
    row, is_new = AutomaticRefusal.objects.get_or_create(
        enrolment=place, kind=kind, defaults=said
    )
    if not is_new:
        rows = AutomaticRefusal.objects.filter(pk=row.pk)
        rows.update(**said, tries=F("tries") + 1)
