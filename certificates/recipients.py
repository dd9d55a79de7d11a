"""Who besides the holder may be sent a copy of a certificate (CE-23, CE-36)."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lms.models import Cohort, Nomination, Staff

# An observer only counts people; a marker has nothing to do with certificates.
ROLES = [Staff.Role.COORDINATOR, Staff.Role.TRAINER]


@dataclass(frozen=True)
class Recipient:
    """One address and what it has to do with the cohort; `key` is one for all time."""

    key: str
    name: str
    role: str
    email: str
    locale: str


def recipients_of(cohort: Cohort) -> list[Recipient]:
    """Coordinators and trainers with an address, then contacts of organisations.

    The letter to an organisation is in the cohort's language: nobody knows its own.
    """
    found = [_of_staff(row, cohort) for row in _staff(cohort)]
    contacts = Nomination.objects.filter(cohort=cohort, revoked_at=None)
    found += [
        Recipient(
            f"organisation:{row.organisation_id}",
            row.contact_name or row.organisation.name,
            row.organisation.name,
            row.contact_email,
            cohort.locale,
        )
        for row in contacts.exclude(contact_email="").select_related("organisation")
    ]
    return found


def _staff(cohort: Cohort) -> QuerySet[Staff]:
    rows = cohort.staff.filter(role__in=ROLES, user__is_active=True)
    return rows.exclude(user__email="").select_related("user")


def _of_staff(row: Staff, cohort: Cohort) -> Recipient:
    return Recipient(
        f"{row.role}:{row.user_id}",
        row.user.get_full_name() or str(_("colleague")),
        row.get_role_display(),
        row.user.email,
        cohort.locale,
    )
