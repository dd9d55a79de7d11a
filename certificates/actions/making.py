"""Making one certificate: freeze what it says, count it, draw it, keep it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import UnidentifiedImageError
from wagtail.images.models import SourceImageIOError
from weasyprint.urls import FatalURLFetchingError

from certificates import codes, content, readiness
from certificates.gathering import gather
from certificates.issuer import day_of
from certificates.models import Certificate, CertificateTemplate, Serial
from certificates.rendering import render
from courses import clock
from lms.actions.refusal import Refused
from lms.models.roster import private_storage


class NoTemplate(Refused):
    """The course has no published template."""


class LetterMissing(Refused):
    """The paper would have an empty box in place of a letter."""


class HolderGone(Refused):
    """Who the place belonged to was erased."""


class PictureMissing(Refused):
    """A logo or a signature cannot be read; nothing is issued without it."""


@contextmanager
def whole() -> Iterator[list[str]]:
    """Records and files together or neither: takes the names of files written."""
    written: list[str] = []
    try:
        with transaction.atomic():
            yield written
    except BaseException:
        for name in written:
            private_storage().delete(name)
        raise


def make(certificate: Certificate, *, by, written: list[str]) -> None:
    """Freeze, count, draw, store and save, in this order."""
    enrolment = certificate.enrolment
    if enrolment.person.anonymised_at:
        raise HolderGone(_("Whose place this was is erased: no name can be printed."))
    key = enrolment.cohort.edition.course_key
    template = CertificateTemplate.objects.for_course(key)
    version = template.published if template else None
    if version is None:
        raise NoTemplate(readiness.refuse_template(enrolment.cohort))
    now = clock.now()
    today = day_of(now)
    certificate.template_version, certificate.code = version, codes.make()
    certificate.issued_at, certificate.issued_by = now, by
    with _readable_pictures():
        paper = gather(
            enrolment,
            version=version,
            code=certificate.code,
            awarded_on=certificate.awarded_on,
            issued_on=today,
        )
    if refusal := readiness.refuse_letters("".join(content.printed(paper))):
        raise LetterMissing(refusal)
    ends = paper["valid_until"]
    certificate.valid_until = date.fromisoformat(ends) if ends else None
    certificate.number = paper["number"] = _next_number(today.year)
    certificate.content = paper
    with _readable_pictures():
        pdf = render(paper, paper["language"])
    _store(certificate, pdf, written)
    certificate.save()


@contextmanager
def _readable_pictures() -> Iterator[None]:
    try:
        yield
    except (SourceImageIOError, UnidentifiedImageError, FatalURLFetchingError) as error:
        raise PictureMissing(
            _(
                "A logo or a signature of the certificate cannot be read. Ask an "
                "administrator to choose the picture again."
            )
        ) from error


def _store(certificate: Certificate, pdf: bytes, written: list[str]) -> None:
    certificate.sha256 = hashlib.sha256(pdf).hexdigest()
    certificate.pdf.save(f"{certificate.number}.pdf", ContentFile(pdf), save=False)
    written.append(certificate.pdf.name)


def _next_number(year: int) -> str:
    """Counted under a lock; a transaction that fails gives its number back (CE-07)."""
    serial, _is_new = Serial.objects.select_for_update().get_or_create(
        prefix=settings.USTOD_CERTIFICATE_PREFIX, year=year
    )
    serial.last += 1
    serial.save(update_fields=["last"])
    return _number(serial, serial.last)


def _number(serial: Serial, count: int) -> str:
    return f"{serial}-{count:06d}"


def voided_numbers(serial: Serial) -> list[str]:
    """Numbers that were counted but stand on no certificate (CE-07)."""
    given = set(
        Certificate.objects.filter(number__startswith=f"{serial}-").values_list(
            "number", flat=True
        )
    )
    counted = (_number(serial, n) for n in range(1, serial.last + 1))
    return [number for number in counted if number not in given]
