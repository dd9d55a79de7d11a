"""What one letter is about, read again when it is sent."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from lms.models import Cohort, Enrolment, Person, Session


class Gone(LookupError):
    """What the letter is about is no longer in the database."""


@dataclass
class About:
    """The rows a letter's context names; each is read when it is first asked for."""

    person: Person | None
    context: dict = field(default_factory=dict)
    to: str = ""

    @cached_property
    def enrolment(self) -> Enrolment:
        rows = Enrolment.objects.select_related("cohort__edition", "person")
        return self._row(rows, "enrolment")

    @cached_property
    def session(self) -> Session:
        return self._row(Session.objects.select_related("cohort__edition"), "session")

    @cached_property
    def cohort(self) -> Cohort:
        if "cohort" in self.context:
            return self._row(Cohort.objects.select_related("edition"), "cohort")
        return (self.session if "session" in self.context else self.enrolment).cohort

    @property
    def has_cohort(self) -> bool:
        return not {"cohort", "session", "enrolment"}.isdisjoint(self.context)

    @property
    def zone(self) -> ZoneInfo:
        """For times: the cohort's zone, else the site's."""
        return self.cohort.zone if self.has_cohort else timezone.get_default_timezone()

    @property
    def base_url(self) -> str:
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/")

    def instant(self, name: str) -> datetime | None:
        """A time of the context; None where it has none."""
        written = self.context.get(name)
        return datetime.fromisoformat(written) if written else None

    def _row(self, rows, name: str):
        found = rows.filter(pk=self.context.get(name)).first()
        if found is None:
            raise Gone(name)
        return found
