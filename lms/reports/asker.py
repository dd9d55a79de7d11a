"""Who asks a report: which cohorts answer, and with names or only with figures."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from lms import scoping
from lms.models import Cohort
from lms.roles import is_administrator

WATCHED = "watched"


@dataclass(frozen=True)
class Asker:
    """`is_observer` asks about cohorts whose people may be counted but not seen.

    Who sees some cohorts and observes others asks about them apart: taken together,
    the people one knows would give away those one does not.
    """

    user: AbstractBaseUser
    cohorts: QuerySet[Cohort]
    is_observer: bool = False
    can_switch: bool = False
    asks_of_all: bool = False


def asker(user, *, whose: str = "") -> Asker:
    """`whose` is WATCHED for the cohorts that the user only observes."""
    counted = scoping.cohorts_for(user, "count")
    if is_administrator(user):
        return Asker(user, counted, asks_of_all=True)
    seen = scoping.cohorts_for(user, "see")
    watched = counted.exclude(pk__in=seen.values("pk"))
    sees, watches = seen.exists(), watched.exists()
    is_observer = watches and (whose == WATCHED or not sees)
    cohorts = watched if is_observer else seen
    return Asker(user, cohorts, is_observer, sees and watches)
