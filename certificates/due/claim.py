"""Who may have earned what: the key under which a certificate is valid once."""

from typing import NamedTuple

from certificates.models.kinds import Kind
from lms.models import Cohort, Enrolment, Person


class Claim(NamedTuple):
    """A kind of certificate in a cohort; only who taught has no place in it."""

    kind: str
    cohort: Cohort
    person: Person
    enrolment: Enrolment | None


def of_place(enrolment: Enrolment, kind: str = Kind.COMPLETION) -> Claim:
    return Claim(kind, enrolment.cohort, enrolment.person, enrolment)


def of_certificate(certificate) -> Claim:
    return Claim(
        certificate.kind, certificate.cohort, certificate.person, certificate.enrolment
    )
