"""What becomes of the certificates of somebody who is forgotten (CE-38)."""

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import Certificate
from courses import clock
from lms.models import Erasure
from lms.personal.subject import Subject


def end_for(subject: Subject, choice: str, by) -> None:
    """Withdraw the holder's certificates where that was the holder's choice.

    Otherwise they stay valid in the register. Who held them is erased either way, by
    the register of personal data. Called inside the erasure's transaction.
    """
    if choice != Erasure.Certificates.WITHDRAW:
        return
    mine = Certificate.objects.valid().filter(person__in=subject.people)
    for certificate in mine.select_for_update(of=["self"]):
        certificate.status = Certificate.Status.WITHDRAWN
        certificate.ended_at, certificate.ended_by = clock.now(), by
        certificate.ended_class = Certificate.EndedFor.HOLDER
        certificate.ended_reason = _("The holder's data were erased.")
        certificate.save()
        log(certificate, "certificates.withdraw", user=by)
