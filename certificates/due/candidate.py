"""Somebody who may be given a certificate, as lists and forms show them."""

from typing import NamedTuple

from certificates.due.claim import Claim
from certificates.models import Certificate
from lms.models import Enrolment, Person


class Candidate(NamedTuple):
    """A certificate somebody has, or why they cannot have one, or neither: ready."""

    claim: Claim
    refusal: str | None
    certificate: Certificate | None = None

    @property
    def is_ready(self) -> bool:
        return self.refusal is None and self.certificate is None

    @property
    def enrolment(self) -> Enrolment | None:
        return self.claim.enrolment

    @property
    def person(self) -> Person:
        """For who taught and is no person here yet, one that is not saved."""
        return self.claim.person

    @property
    def number(self) -> int | None:
        """Of the place, or of the account of who taught."""
        return self.enrolment.pk if self.enrolment else self.person.user_id

    @property
    def key(self) -> str:
        """What a form sends to mean this one."""
        place = self.enrolment.pk if self.enrolment else None
        return key_of(place=place, trainer=self.person.user_id)


def key_of(*, place: int | None, trainer: int | None) -> str:
    return f"e{place}" if place else f"t{trainer}"
