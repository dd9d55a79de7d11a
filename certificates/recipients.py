"""Who besides the holder may be sent a copy of a certificate (CE-23, CE-36)."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from lms.letters.composing import language_of
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

    Staff read in their own language; the letter to an organisation is in the cohort's,
    as nobody knows its own.
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
    rows = rows.exclude(user__email="")
    return rows.select_related("user__person", "user__wagtail_userprofile")


def _of_staff(row: Staff, cohort: Cohort) -> Recipient:
    language = language_of(row.user, otherwise=cohort.locale)
    # The letter begins with it, and is read in that language alone.
    with translation.override(language):
        name = row.user.get_full_name() or _("colleague")
    return Recipient(
        f"{row.role}:{row.user_id}",
        name,
        row.get_role_display(),
        row.user.email,
        language,
    )
