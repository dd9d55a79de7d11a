"""Which approved correction a certificate does not follow yet. Writes nothing."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms import scoping
from lms.actions.refusal import Refused
from lms.models import CorrectionRequest

from .models import Certificate

Field = CorrectionRequest.Field
# What a person may ask to be written otherwise, and where the paper says it.
NAMES = {Field.NAME: "holder", Field.LATIN: "holder_latin"}


class NoCorrection(Refused):
    """Nobody asked for this name, or nobody approved it, since the issue (CE-19)."""


def correction_for(certificate: Certificate) -> CorrectionRequest:
    """The approved request that a new paper would follow.

    Every name that would change must have been asked for and approved after this one
    was issued: changing a profile, by whomever, is not enough. Raises NoCorrection.
    """
    newest = _approved_since(certificate)
    if not newest:
        raise NoCorrection(
            _(
                "Since this certificate was issued nobody has approved a correction of "
                "the name. It is asked for and answered under Corrections."
            )
        )
    changed = _changed(certificate)
    if not changed:
        raise NoCorrection(_("The certificate says the name as it is written now."))
    for field, now in changed.items():
        if field not in newest or newest[field].new != now:
            raise NoCorrection(
                _("The name is written %(now)s by now, which nobody has approved.")
                % {"now": now or "–"}
            )
    return max(newest.values(), key=lambda one: one.decided_at)


def to_issue_anew(request: CorrectionRequest, user) -> list[Certificate]:
    """Valid certificates that say the name otherwise and are this user's to issue."""
    rows = Certificate.objects.valid().filter(person=request.person_id)
    mine = scoping.scope(rows.select_related("person", "cohort"), user, "issue")
    return [row for row in mine if can_be_corrected(row)]


def can_be_corrected(certificate: Certificate) -> bool:
    try:
        correction_for(certificate)
    except NoCorrection:
        return False
    return True


def approved_names() -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.filter(
        state=CorrectionRequest.State.APPROVED, field__in=NAMES
    )


def _approved_since(certificate: Certificate) -> dict[str, CorrectionRequest]:
    """The newest of each field."""
    rows = approved_names().filter(
        person=certificate.person_id, decided_at__gte=certificate.issued_at
    )
    return {row.field: row for row in rows.order_by("decided_at", "pk")}


def _changed(certificate: Certificate) -> dict[str, str]:
    """Names that are not any more what the paper says."""
    person, content = certificate.person, certificate.content
    now = {field: " ".join(getattr(person, field).split()) for field in NAMES}
    return {field: text for field, text in now.items() if text != content[NAMES[field]]}
