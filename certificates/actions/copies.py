"""The same certificate in another language, from what was frozen at issue (CE-04)."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import Certificate, CertificateCopy
from certificates.seal import keys
from courses import clock
from lms.actions.refusal import Refused

from .keys import note
from .making import NotStored, discard, draw, store


class NoCopy(Refused):
    """There is nothing to copy, or nothing in this language."""


def copy_in(certificate: Certificate, *, language: str, by) -> CertificateCopy:
    """Draw it in this language once; every later call returns that very file (CE-02).

    Drawn before anything is locked. Of two who ask at once the first one's file stays.
    It is sealed with today's key, which may be another than the certificate's: that is
    noted first, so that whoever checks the copy knows it. What ends or is erased while
    its copy is drawn leaves none.
    """
    if known := certificate.copies.filter(language=language).first():
        return known
    if language not in other_languages(certificate):
        raise NoCopy(_("This certificate has no text in that language."))
    _refuse_ended(certificate)
    note(keys.seal_key(), by=by)
    pdf = draw(certificate, language)
    copy = CertificateCopy(
        certificate=certificate,
        language=language,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=clock.now(),
    )
    name = f"{certificate.number}-{language}.pdf"
    try:
        store(copy, name, pdf)
    except NotStored:
        discard(copy)
        raise
    return _keep(copy, by=by)


def other_languages(certificate: Certificate) -> list[str]:
    """Those it was frozen in besides its own."""
    content = certificate.content
    return [code for code in content["texts"] if code != content["language"]]


def _refuse_ended(certificate: Certificate) -> None:
    if certificate.status != Certificate.Status.VALID or not certificate.pdf:
        raise NoCopy(_("This certificate is not valid any more: it is not copied."))


def _keep(copy: CertificateCopy, *, by) -> CertificateCopy:
    try:
        with transaction.atomic():
            rows = Certificate.objects.select_for_update(of=("self",))
            _refuse_ended(rows.get(pk=copy.certificate_id))
            copy.save(force_insert=True)
            log(
                copy.certificate,
                "certificates.make_copy",
                user=by,
                data={"language": copy.language, "sha256": copy.sha256},
            )
    except BaseException as error:
        discard(copy)
        if isinstance(error, IntegrityError):
            return copy.certificate.copies.get(language=copy.language)
        raise
    return copy
