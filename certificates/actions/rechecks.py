"""Awards that rested on a certificate which was revoked since (CE-21)."""

from django.db import transaction
from wagtail.log_actions import log

from certificates.due import paths
from certificates.models import Certificate, Recheck
from courses import clock
from lms.actions.refusal import reason_given


@transaction.atomic
def let_stand(certificate: Certificate, *, by, reason: str) -> list[Recheck]:
    """Somebody looked at it: it stays valid, and says so no more on the dashboard.

    Nothing to look at changes nothing; another revocation asks anew.
    """
    reason = reason_given(reason)
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    fallen = paths.fallen_under(row)
    now = clock.now()
    looked = [
        Recheck(certificate=row, because=one, by=by, at=now, reason=reason)
        for one in fallen
    ]
    Recheck.objects.bulk_create(looked)
    if looked:
        data = {"reason": reason, "because": [one.number for one in fallen]}
        log(row, "certificates.let_stand", user=by, data=data)
    return looked
