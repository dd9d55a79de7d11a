"""Cohorts and the people who run them."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import CoursePage, Edition
from lms import roles
from lms.models import Cohort, Enrolment, Staff

from .attempt_ends import withdraw_running
from .changes import changes
from .places import end, lock_cohort, tell
from .refusal import Refused, reason_given
from .sessions import call_off_all
from .waiting_list import offer_seats

# The address of the page for codes begins like those of cohorts.
RESERVED_CODES = {"code"}


class CodeTaken(Refused):
    """Another cohort has this code."""

    field = "code"


class DatesReversed(Refused):
    """The end is before the start."""

    field = "ends_on"


class TooFewSeats(Refused):
    """More people have a place than the new number of seats."""

    field = "capacity"


class EditionInUse(Refused):
    """People study by the edition the cohort began with."""

    field = "edition"


class ZoneInUse(Refused):
    """Sessions are promised in the old time zone."""

    field = "timezone"


@transaction.atomic
def create_cohort(*, edition: Edition, by, donors=(), **fields) -> Cohort:
    """Plan a run of an edition. Who is no administrator becomes its coordinator."""
    cohort = Cohort(edition=edition, **fields)
    _check(cohort)
    cohort.save()
    cohort.donors.set(donors)
    log(cohort, "lms.create_cohort", user=by)
    if by is not None and not roles.is_administrator(by):
        add_staff(cohort, user=by, role=Staff.Role.COORDINATOR, by=by)
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, *, by, donors=None, **fields) -> Cohort:
    """Change what is planned; what people rely on already is refused."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    changed = changes(cohort, fields)
    _check_promises(cohort, changed, fields)
    for name in changed:
        setattr(cohort, name, fields[name])
    _check(cohort)
    if donors is not None and set(donors) != set(cohort.donors.all()):
        changed["donors"] = [_names(cohort.donors.all()), _names(donors)]
        cohort.donors.set(donors)
    if changed:
        cohort.save()
        log(cohort, "lms.change_cohort", user=by, data={"changed": changed})
        offer_seats(cohort)
    return cohort


@transaction.atomic
def cancel_cohort(cohort: Cohort, *, by, reason: str) -> Cohort:
    """The cohort does not take place: all who have no certificate to expect are told.

    Places that are not completed are cancelled, sessions to come as well (EN-13). A
    second call changes nothing and writes to nobody.
    """
    cohort = lock_cohort(cohort)
    if cohort.status == Cohort.Status.CANCELLED:
        return cohort
    reason = reason_given(reason)
    cohort.status = Cohort.Status.CANCELLED
    cohort.save(update_fields=["status"])
    log(cohort, "lms.cancel_cohort", user=by, data={"reason": reason})
    call_off_all(cohort, by=by, reason=reason)
    live = [*Enrolment.PENDING, Enrolment.Status.ACTIVE]
    places = cohort.enrolments.select_for_update(of=["self"]).filter(status__in=live)
    for place in places.select_related("person").order_by("pk"):
        place.cohort = cohort
        withdraw_running(place, by=by)
        end(place, Enrolment.Status.CANCELLED, by=by, action="lms.cancel_place")
        tell(place, "cohort_cancelled", reason=reason)
    return cohort


@transaction.atomic
def add_staff(cohort: Cohort, *, user, role: str, by) -> Staff:
    """Give somebody a role in the cohort; another role replaces the one they had.

    The role's group opens the admin; a trainer also becomes an author of the course.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    before = Staff.objects.filter(cohort=cohort, user=user).first()
    if before and before.role == role:
        return before
    if before:
        remove_staff(before, by=by)
    staff = Staff.objects.create(cohort=cohort, user=user, role=role)
    user.groups.add(Group.objects.get_or_create(name=roles.GROUP_OF_ROLE[role])[0])
    if role == Staff.Role.TRAINER:
        user.groups.add(*_authors(cohort))
    log(cohort, "lms.add_staff", user=by, data={"user": user.pk, "role": role})
    return staff


@transaction.atomic
def remove_staff(staff: Staff, *, by) -> None:
    """Take the role; the group goes with the last cohort in which it was needed."""
    Cohort.objects.select_for_update().get(pk=staff.cohort_id)
    if not Staff.objects.filter(pk=staff.pk).exists():
        return
    user, role, cohort = staff.user, staff.role, staff.cohort
    data = {"user": user.pk, "role": role}
    staff.delete()
    others = Staff.objects.filter(user=user, role=role)
    if not others.exists():
        user.groups.remove(*Group.objects.filter(name=roles.GROUP_OF_ROLE[role]))
    key = cohort.edition.course_key
    if (
        role == Staff.Role.TRAINER
        and not others.filter(cohort__edition__course_key=key).exists()
    ):
        user.groups.remove(*_authors(cohort))
    log(cohort, "lms.remove_staff", user=by, data=data)


def _authors(cohort: Cohort) -> list[Group]:
    course = CoursePage.objects.filter(
        translation_key=cohort.edition.course_key
    ).first()
    return [roles.ensure_authors(course)] if course else []


def _names(donors) -> str:
    return ", ".join(sorted(donor.name for donor in donors))


def _check_promises(cohort: Cohort, changed: Collection[str], fields: dict) -> None:
    if "edition" in changed and cohort.enrolments.exists():
        raise EditionInUse(
            _("People are enrolled: the cohort keeps the edition it began with.")
        )
    if "timezone" in changed and cohort.sessions.live().exists():
        raise ZoneInUse(
            _("Sessions are planned in %(zone)s. Cancel them before changing the zone.")
            % {"zone": cohort.timezone}
        )
    seats = fields.get("capacity")
    if "capacity" in changed and seats is not None:
        taken = Enrolment.objects.filter(cohort=cohort).seated().count()
        if seats < taken:
            raise TooFewSeats(
                _("%(taken)s people have a place: there cannot be fewer seats.")
                % {"taken": taken}
            )


def _check(cohort: Cohort) -> None:
    if cohort.ends_on < cohort.starts_on:
        raise DatesReversed(_("The end is before the start."))
    others = Cohort.objects.exclude(pk=cohort.pk)
    if cohort.code.lower() in RESERVED_CODES:
        raise CodeTaken(_("Choose another code: this one is an address of the site."))
    if others.filter(code__iexact=cohort.code).exists():
        raise CodeTaken(
            _("Another cohort has the code %(code)s.") % {"code": cohort.code}
        )
