"""People and organisations: adding, changing, connecting with an account."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.models import Donor, Organisation, Person, Project

from .refusal import Refused


class EmailTaken(Refused):
    """Another person is known by this e-mail."""

    field = "email"


class NameMissing(Refused):
    """A person needs a name."""

    field = "legal_name"


class NameTaken(Refused):
    """Another row has this name."""

    field = "name"


@transaction.atomic
def add_person(*, by, **fields) -> Person:
    """Add a person; refused where somebody with the e-mail is known already."""
    person = Person(**_tidy(fields))
    _check(person)
    person.save()
    log(person, "lms.add_person", user=by)
    return person


@transaction.atomic
def change_person(person: Person, *, by, **fields) -> Person:
    """Correct a person's data; enrolments keep what was true when they began."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = _set(person, _tidy(fields))
    if changed:
        _check(person)
        person.save()
        log(person, "lms.change_person", user=by, data={"changed": changed})
    return person


@transaction.atomic
def claim_by_email(user, *, email: str) -> Person | None:
    """Connect the account with the person known by its confirmed e-mail.

    Their name stays as staff wrote it. None where nobody is known, where the person
    has an account, or where the account has a person.
    """
    if not email or Person.objects.filter(user=user).exists():
        return None
    known = Person.objects.with_email(email).select_for_update().first()
    if known is None or known.user_id:
        return None
    known.user = user
    known.save(update_fields=["user"])
    log(known, "lms.claim_person", user=user)
    return known


@transaction.atomic
def claim_or_add_person(user, *, email: str, **fields) -> Person:
    """The person behind an account: known already, known by e-mail, or added.

    `email` must be confirmed to be the user's; empty where there is none.
    """
    mine = Person.objects.filter(user=user).first()
    known = mine or claim_by_email(user, email=email)
    if known:
        return known
    if email and Person.objects.with_email(email).exists():
        raise EmailTaken(
            _("Another account uses %(email)s already. Sign in with that one.")
            % {"email": email}
        )
    return add_person(by=user, user=user, email=email, **fields)


@transaction.atomic
def add_organisation(*, by, name: str, **fields) -> Organisation:
    """Add an organisation; one with this name in any case of letters is returned."""
    return _add_named(Organisation, name, fields, by=by, action="lms.add_organisation")


@transaction.atomic
def change_organisation(organisation: Organisation, *, by, **fields) -> Organisation:
    return _change_named(organisation, fields, by=by, action="lms.change_organisation")


@transaction.atomic
def add_donor(*, by, name: str, **fields) -> Donor:
    """Add a donor; one with this name in any case of letters is returned."""
    return _add_named(Donor, name, fields, by=by, action="lms.add_donor")


@transaction.atomic
def change_donor(donor: Donor, *, by, **fields) -> Donor:
    return _change_named(donor, fields, by=by, action="lms.change_donor")


@transaction.atomic
def add_project(*, by, name: str, **fields) -> Project:
    """Add a project; one with this name in any case of letters is returned."""
    return _add_named(Project, name, fields, by=by, action="lms.add_project")


@transaction.atomic
def change_project(project: Project, *, by, **fields) -> Project:
    return _change_named(project, fields, by=by, action="lms.change_project")


def _add_named(model, name: str, fields: dict, *, by, action: str):
    name = " ".join(name.split())
    known = model.objects.filter(name__iexact=name).first()
    if known:
        return known
    row = model.objects.create(name=name, **fields)
    log(row, action, user=by)
    return row


def _change_named(row, fields: dict, *, by, action: str):
    row = type(row).objects.select_for_update().get(pk=row.pk)
    changed = _set(row, fields)
    others = type(row).objects.exclude(pk=row.pk)
    if others.filter(name__iexact=row.name).exists():
        raise NameTaken(_("%(name)s is in the list already.") % {"name": row.name})
    if changed:
        row.save()
        log(row, action, user=by, data={"changed": changed})
    return row


def _tidy(fields: dict) -> dict:
    """Spaces in names mean nothing, nor do capitals in an e-mail."""
    tidy = dict(fields)
    for name in ("legal_name", "latin_name", "position"):
        if name in tidy:
            tidy[name] = " ".join(tidy[name].split())
    if "email" in tidy:
        tidy["email"] = tidy["email"].strip().lower()
    return tidy


def _set(row, fields: dict) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _check(person: Person) -> None:
    if not person.legal_name:
        raise NameMissing(_("Write the name as it will stand on the certificate."))
    if not person.email:
        return
    if Person.objects.with_email(person.email).exclude(pk=person.pk).exists():
        raise EmailTaken(
            _("Somebody with the e-mail %(email)s is known already.")
            % {"email": person.email}
        )
