"""Who signs, and the certificates of a cohort that is over."""

from datetime import date

from django.db.models import Q

from certificates.actions.ending import replace, revoke
from certificates.actions.run_work import turn
from certificates.actions.runs import start_run
from certificates.models import Certificate, Signatory
from courses import clock
from home.models import User
from lms.actions.corrections import approve_correction, ask_correction
from lms.models import Cohort, CorrectionRequest, Enrolment, Message, Person, Sex

from .awards import award_more
from .names import FATHERS

SIGNATORIES = [
    (
        "Гулрухсор Абдуллозода",
        {
            "en": "Head of the training programme",
            "ru": "Руководитель учебной программы",
            "tg": "Роҳбари барномаи омӯзишӣ",
        },
    ),
    (
        "Tomas Vermeulen",
        {
            "en": "Programme coordinator",
            "ru": "Координатор программы",
            "tg": "Ҳамоҳангсози барнома",
        },
    ),
]
# Certificates of these cohorts show what may become of one.
REPLACED_IN, REVOKED_IN = "FND-KHUJAND", "FND-ABROAD"
# And other kinds than completion are given in this one.
MORE_IN = "FND-KHUJAND"
MISSING = "The patronymic was missing on the list of participants."
MISTAKEN = "Issued on the register of another person with the same name."


def load_signatories() -> None:
    """Two people who may sign since the programme began; known names are kept."""
    since = date(clock.now().year - 1, 1, 1)
    for place, (name, titles) in enumerate(SIGNATORIES, 1):
        Signatory.objects.get_or_create(
            name=name, defaults={"titles": titles, "since": since, "place": place}
        )


def issue_to(cohort: Cohort, *, by: User) -> None:
    """A run for all who completed; in two cohorts one certificate ends again."""
    completed = cohort.enrolments.filter(status=Enrolment.Status.COMPLETED)
    places = completed.select_related("person").order_by("completed_at", "pk")
    if places:
        run = start_run(places, cohort=cohort, by=by)
        while turn(run.pk):
            pass
    first = Certificate.objects.filter(enrolment__cohort=cohort).order_by("pk").first()
    if first and cohort.code == REPLACED_IN:
        _correct_name(first.enrolment.person, by=by)
        replace(first, by=by, reason=MISSING)
    if first and cohort.code == REVOKED_IN:
        revoke(first, by=by, reason=MISTAKEN)
    if cohort.code == MORE_IN:
        award_more(cohort, by=by)
    count_as_sent(cohort)


def _correct_name(person: Person, *, by: User) -> None:
    """By a request, as the rule wants it (CE-19); the participant asks."""
    new = with_patronymic(person)
    field = CorrectionRequest.Field.NAME
    request = ask_correction(person, field=field, new=new, by=person.user)
    approve_correction(request, by=by)


def with_patronymic(person: Person) -> str:
    """The name of the person with that of a father."""
    man, woman = FATHERS[1]
    father = woman if person.sex == Sex.FEMALE else man
    return " ".join([*person.legal_name.split()[:2], father])


def count_as_sent(cohort: Cohort) -> None:
    """Nobody lives at these addresses: the letters count as sent and never leave."""
    letters = Message.objects.filter(
        Q(cohort=cohort) | Q(person__enrolments__cohort=cohort),
        state=Message.State.QUEUED,
    )
    Message.objects.filter(pk__in=letters.values("pk")).update(
        state=Message.State.SENT, sent_at=clock.now()
    )
