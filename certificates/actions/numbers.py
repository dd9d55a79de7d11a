"""Numbers of certificates: counted under a lock, each used or explained (CE-07)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from certificates.due.claim import Claim
from certificates.models import Certificate, CertificateCopy, GivenNumber, Serial
from courses import clock
from lms.actions.refusal import Refused
from lms.models.roster import private_storage

FOLDER = "certificates"
COPIES = "certificates/copies"
# Nothing takes so long to draw: whoever was at it has died.
LONGEST = timedelta(days=1)


class NumberVoided(Refused):
    """Drawing took so long that the number was given up meanwhile."""


def reserve(claim: Claim, year: int) -> GivenNumber:
    """The next number for this claim, or the one that an earlier try left.

    Inside the caller's transaction, which holds the claim's lock; the serial's row is
    locked last and not while anything is drawn.
    """
    left = GivenNumber.objects.unused().filter(
        kind=claim.kind,
        cohort=claim.cohort,
        person=claim.person,
        enrolment=claim.enrolment,
        serial__prefix=settings.USTOD_CERTIFICATE_PREFIX,
        serial__year=year,
    )
    if number := left.order_by("count").first():
        return number
    serial, _is_new = Serial.objects.select_for_update().get_or_create(
        prefix=settings.USTOD_CERTIFICATE_PREFIX, year=year
    )
    serial.last += 1
    serial.save(update_fields=["last"])
    return GivenNumber.objects.create(
        serial=serial,
        count=serial.last,
        text=text_of(serial, serial.last),
        kind=claim.kind,
        cohort=claim.cohort,
        person=claim.person,
        enrolment=claim.enrolment,
        given_at=clock.now(),
    )


def use(text: str, certificate: Certificate) -> None:
    """The number stands on this certificate; inside the transaction that saves it."""
    number = GivenNumber.objects.select_for_update().get(text=text)
    if number.voided_at:
        raise NumberVoided(_("Drawing took too long. Please try again."))
    number.certificate, number.problem = certificate, ""
    number.save(update_fields=["certificate", "problem"])


def note_problem(text: str, problem: str) -> None:
    """Keep why nothing came of it yet; the next try takes the number again."""
    with transaction.atomic():
        GivenNumber.objects.unused().filter(text=text).update(problem=problem)


def sweep() -> None:
    """Void what has been left for a day, and delete papers that no record names.

    The night's job, safe to run twice.
    """
    _void_left(clock.now() - LONGEST)
    _delete_orphans(clock.now() - LONGEST)


def unexplained(serial: Serial) -> list[str]:
    """Numbers that were counted and of which nobody knows anything; never one."""
    known = set(serial.given.values_list("count", flat=True))
    counts = (n for n in range(1, serial.last + 1) if n not in known)
    return [text_of(serial, count) for count in counts]


def text_of(serial: Serial, count: int) -> str:
    return f"{serial}-{count:06d}"


def _void_left(before) -> None:
    for number in GivenNumber.objects.unused().filter(given_at__lt=before):
        why = number.problem or _("The drawing was broken off.")
        GivenNumber.objects.unused().filter(pk=number.pk).update(
            voided_at=clock.now(), void_reason=why
        )


def _delete_orphans(before) -> None:
    _delete_unnamed(FOLDER, Certificate, before)
    _delete_unnamed(COPIES, CertificateCopy, before)


def _delete_unnamed(root: str, model: type[Model], before) -> None:
    """Files in the years of this folder that no row of the model names."""
    storage = private_storage()
    if not storage.exists(root):
        return
    for year in filter(str.isdecimal, storage.listdir(root)[0]):
        folder = f"{root}/{year}"
        rows = model.objects.filter(pdf__startswith=f"{folder}/")
        named = set(rows.values_list("pdf", flat=True))
        for file in storage.listdir(folder)[1]:
            name = f"{folder}/{file}"
            if name not in named and storage.get_modified_time(name) < before:
                storage.delete(name)
