"""Slips of paper for people without e-mail: printed, used once, replaced."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms import alphabet, codes
from lms.models import Cohort, Person, SignInSlip

from .refusal import Refused

LENGTH = 10
DAYS = 14


class SlipRefused(Refused):
    """The slip opens nothing (any more)."""

    field = "code"


class UserNameTaken(Refused):
    """Another account has this user name."""

    field = "username"


def without_account(cohort: Cohort) -> models.QuerySet[Person]:
    """Who of a cohort may need a slip: they study here and cannot sign in yet."""
    places = cohort.enrolments.studying()
    people = Person.objects.current().filter(pk__in=places.values("person"), user=None)
    return people.order_by("legal_name", "pk")


@transaction.atomic
def print_slips(
    cohort: Cohort, *, people: Iterable[Person], by
) -> list[tuple[SignInSlip, str]]:
    """A slip and its code for each of these; earlier unused ones open nothing more.

    The codes are given this once: nothing here keeps them.
    """
    wanted = [person.pk for person in people]
    chosen = list(without_account(cohort).filter(pk__in=wanted).select_for_update())
    now = clock.now()
    SignInSlip.objects.unused().filter(person__in=chosen).update(revoked_at=now)
    printed = []
    for person in chosen:
        code = codes.random_code(LENGTH)
        slip = SignInSlip(
            person=person,
            cohort=cohort,
            digest=_digest(code),
            printed_by=by,
            printed_at=now,
            expires_at=now + timedelta(days=DAYS),
        )
        printed.append((slip, code))
    SignInSlip.objects.bulk_create([slip for slip, _code in printed])
    if printed:
        log(cohort, "lms.print_slips", user=by, data={"count": len(printed)})
    return printed


def find_slip(typed: str) -> SignInSlip:
    """The slip somebody holds, whatever keyboard it was typed on; or why it is none."""
    slips = SignInSlip.objects.select_related("person", "cohort")
    slip = slips.filter(digest=_digest(codes.fold(typed))).first()
    if slip is None:
        raise SlipRefused(
            _("No slip has this code. Look at it again, letter by letter.")
        )
    check_slip(slip)
    return slip


def check_slip(slip: SignInSlip) -> None:
    """Raises SlipRefused for what was used, replaced or is too old."""
    person = slip.person
    if slip.used_at or person.user_id:
        raise SlipRefused(
            _("This slip was used already. Sign in the way you chose then.")
        )
    if slip.revoked_at or slip.is_expired or person.merged_into_id:
        raise SlipRefused(
            _("This slip is too old, or a newer one was printed. Ask for a new one.")
        )
    if person.anonymised_at:
        raise SlipRefused(_("This slip no longer belongs to anybody."))


@transaction.atomic
def use_slip(slip: SignInSlip, *, username: str, password: str | None):
    """Make the account of the person and connect it; works once.

    Without a password the caller gives the account another way in, in one transaction.
    """
    slip = SignInSlip.objects.select_for_update().get(pk=slip.pk)
    slip.person = person = Person.objects.select_for_update().get(pk=slip.person_id)
    check_slip(slip)
    users = get_user_model().objects
    if users.filter(username__iexact=username).exists():
        raise UserNameTaken(_("Somebody has this user name. Choose another one."))
    user = users.create_user(username=username, password=password)
    person.user = user
    person.save(update_fields=["user"])
    slip.used_at = clock.now()
    slip.save(update_fields=["used_at"])
    log(person, "lms.use_slip", user=user)
    return user


def suggested_username(person: Person) -> str:
    """nigina.rahimova, or with a number where there is one already."""
    words = (person.latin_name or alphabet.latin(person.legal_name)).lower().split()
    plain = [alphabet.plain(word) for word in words[:2]]
    stem = ".".join(filter(None, reversed(plain)))[:100] or "participant"
    users = get_user_model().objects.filter(username__istartswith=stem)
    taken = {name.lower() for name in users.values_list("username", flat=True)}
    number = 2
    name = stem
    while name in taken:
        name, number = f"{stem}{number}", number + 1
    return name


def _digest(code: str) -> str:
    return salted_hmac("lms.slips", code, algorithm="sha256").hexdigest()
