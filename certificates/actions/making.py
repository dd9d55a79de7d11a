"""Making one certificate: freeze what it says and count it, draw it, keep it.

Two short transactions stand around the slow part, so that nobody waits for a lock while
a paper is drawn, and whoever draws may die at any moment.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Protocol

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import UnidentifiedImageError
from wagtail.images.models import SourceImageIOError
from weasyprint.urls import FatalURLFetchingError

from certificates import codes, content
from certificates.credential.making import credential_of, enclosed_in
from certificates.due import readiness
from certificates.due.claim import Claim
from certificates.gathering import gather
from certificates.issuer_day import day_of
from certificates.models import (
    AwardRule,
    Certificate,
    CertificateCopy,
    CertificateTemplate,
    TemplateVersion,
)
from certificates.paper.rendering import render
from certificates.seal import keys, sealing
from courses import clock
from lms.actions.refusal import Refused
from lms.models.roster import private_storage

from . import numbers
from .keys import note


class NoTemplate(Refused):
    """The course has no published template."""


class LetterMissing(Refused):
    """The paper would have an empty box in place of a letter."""


class HolderGone(Refused):
    """Who the place belonged to was erased."""


class PictureMissing(Refused):
    """A logo or a signature cannot be read; nothing is issued without it."""


class NotStored(Refused):
    """The disk is full, or the storage does not answer."""


class ClockWrong(Refused):
    """By the server's clock it was earned in the future."""


class ChangedMeanwhile(Refused):
    """While it was drawn somebody changed what it says."""


class Work(Protocol):
    """What is done around the drawing; each step inside a transaction of `produce`."""

    def look(self) -> Certificate | None:
        """Lock the claim; the certificate that is there already, or None.

        Raises what stands against making one. Asked before and after the drawing.
        """

    def begin(self) -> Certificate:
        """A new one, frozen by `prepare`, not saved."""

    def finish(self, certificate: Certificate) -> None:
        """Write it down: `save`, with what must come before and after."""


def produce(work: Work) -> tuple[Certificate, bool]:
    """Make a certificate, or find the one that is there: which, and is it new.

    Whatever fails leaves no record and no file; the number waits for the next try with
    the reason beside it.
    """
    with transaction.atomic():
        certificate = work.look() or work.begin()
    if certificate.pk:
        return certificate, False
    try:
        # Not sooner: a renewal or a correction sets the last day in `begin`.
        certificate.credential = credential_of(certificate, keys.credential_key())
        keep(certificate, draw(certificate))
        with transaction.atomic():
            meanwhile = work.look()
            if meanwhile is None:
                _refuse_changed(certificate)
                work.finish(certificate)
    except BaseException as error:
        discard(certificate)
        # What nobody has foreseen may quote somebody: its kind is enough (PR-06).
        is_ours = isinstance(error, Refused)
        problem = str(error) if is_ours else type(error).__name__
        numbers.note_problem(certificate.number, problem)
        raise
    if meanwhile:
        discard(certificate)
        return meanwhile, False
    return certificate, True


def prepare(
    claim: Claim, *, rule: AwardRule, by, awarded_on: date, **links
) -> Certificate:
    """Freeze what it will say and count its number; saves nothing else, signs nothing.

    `rule` is the one that `look` read; `links` are `replaces` or `renews`.
    """
    if claim.person.anonymised_at:
        raise HolderGone(_("Whose place this was is erased: no name can be printed."))
    version = _version_for(claim)
    now = clock.now()
    today = day_of(now)
    # East of the issuer it may be tomorrow already.
    if awarded_on > today + timedelta(days=1):
        raise ClockWrong(
            _("It was earned after today: the clock of the server has gone back.")
        )
    code = codes.make()
    with readable_pictures():
        paper = gather(
            claim,
            rule=rule,
            version=version,
            code=code,
            awarded_on=awarded_on,
            issued_on=today,
        )
    if refusal := readiness.refuse_letters("".join(content.printed(paper))):
        raise LetterMissing(refusal)
    # Before a number is counted: without a key all of a cohort would lose theirs.
    key = note(keys.seal_key(), by=by)
    note(keys.credential_key(), by=by)
    number = numbers.reserve(claim, today.year)
    paper["number"], paper["is_sample"] = number.text, key.is_development
    ends = paper["valid_until"]
    return Certificate(
        **claim._asdict(),
        number=number.text,
        status_index=number.pk,
        code=code,
        seal_key=key,
        template_version=version,
        content=paper,
        awarded_on=awarded_on,
        issued_at=now,
        issued_by=by,
        valid_until=date.fromisoformat(ends) if ends else None,
        **links,
    )


def _version_for(claim: Claim) -> TemplateVersion:
    template = CertificateTemplate.objects.for_course(
        claim.cohort.edition.course_key, claim.kind
    )
    version = template.published if template else None
    if version is None:
        raise NoTemplate(readiness.refuse_template(claim.cohort, claim.kind))
    return version


def draw(certificate: Certificate, language: str = "") -> bytes:
    """The finished file in this language, or in its own.

    Holds no lock and changes nothing but the certificate.
    """
    paper = certificate.content
    place = sealing.place(certificate.number)
    with readable_pictures():
        pdf = render(
            paper,
            language or paper["language"],
            enclosed=enclosed_in(certificate),
            place=place,
        )
    return sealing.seal(pdf)


def keep(certificate: Certificate, pdf: bytes) -> None:
    """Write the file under a name that no other try has. Raises NotStored."""
    certificate.sha256 = hashlib.sha256(pdf).hexdigest()
    name = f"{certificate.number}-{secrets.token_hex(4)}.pdf"
    store(certificate, name, pdf)


def store(row: Certificate | CertificateCopy, name: str, pdf: bytes) -> None:
    """Write the file. Raises NotStored; `discard` deletes what there is of it."""
    try:
        row.pdf.save(name, ContentFile(pdf), save=False)
    except OSError as error:
        # What was written of it takes space that somebody needs now.
        row.pdf.name = row.pdf.field.generate_filename(row, name)
        raise NotStored(
            _(
                "The file could not be stored: %(error)s. Nothing is lost; tell an "
                "administrator and try again."
            )
            % {"error": error.strerror or error}
        ) from error


def save(certificate: Certificate) -> None:
    """The record and its number together; inside the second transaction."""
    certificate.save()
    numbers.use(certificate.number, certificate)


def discard(row: Certificate | CertificateCopy) -> None:
    """The file of what was not made; the night's sweep asks again."""
    if row.pdf:
        with suppress(OSError):
            private_storage().delete(row.pdf.name)


@contextmanager
def readable_pictures() -> Iterator[None]:
    """Raises PictureMissing where a logo or a signature cannot be read."""
    try:
        yield
    except (SourceImageIOError, UnidentifiedImageError, FatalURLFetchingError) as error:
        raise PictureMissing(
            _(
                "A logo or a signature of the certificate cannot be read. Ask an "
                "administrator to choose the picture again."
            )
        ) from error


def _refuse_changed(certificate: Certificate) -> None:
    """What was frozen before the drawing must still be so."""
    person = type(certificate.person).objects.get(pk=certificate.person_id)
    names = [" ".join(text.split()) for text in (person.legal_name, person.latin_name)]
    frozen = certificate.content
    newest = certificate.template_version.template.published
    if (
        names != [frozen["holder"], frozen["holder_latin"]]
        or newest != certificate.template_version
    ):
        raise ChangedMeanwhile(
            _("What the certificate says was changed meanwhile. Please try again.")
        )
