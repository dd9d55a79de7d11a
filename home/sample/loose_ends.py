"""What is left for staff to decide: a correction asked for, a person added twice."""

from home.models import User
from lms.actions.corrections import ask_correction
from lms.actions.people import add_person
from lms.models import Cohort, CorrectionRequest, Person

from .names import latin
from .proof import with_patronymic

WHY = {
    "en": "My passport also has the patronymic.",
    "ru": "В паспорте есть и отчество.",
    "tg": "Дар шиноснома номи падар ҳам ҳаст.",
}


def ask_for_a_correction(cohort: Cohort) -> None:
    """The first who is written without a patronymic asks for it."""
    person = next(one for one in _people(cohort) if len(one.legal_name.split()) == 2)
    ask_correction(
        person,
        field=CorrectionRequest.Field.NAME,
        new=with_patronymic(person),
        reason=WHY[person.locale],
        by=person.user,
    )


def add_a_person_twice(cohort: Cohort, *, by: User) -> None:
    """The last one is added again: another domain, and the name in Latin letters."""
    known = _people(cohort)[-1]
    add_person(
        by=by,
        legal_name=known.latin_name or latin(known.legal_name),
        email=f"{known.email.partition('@')[0]}@example.net",
        locale="en",
        sex=known.sex,
        organisation=known.organisation,
    )


def _people(cohort: Cohort) -> list[Person]:
    people = Person.objects.filter(enrolments__cohort=cohort)
    return list(people.select_related("organisation", "user").order_by("email"))
