"""Making one person of two rows, and two of them again (EN-11)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Enrolment, NotTheSame, Person, PersonMerge

from . import consents
from . import enrolment as places
from .guest_marks import carry_over, take_back
from .merge_plan import FIELDS, TAKE, Plan, keys_to_person, plan
from .refusal import Refused


class CannotMerge(Refused):
    """These two rows cannot become one person."""


class Undecided(Refused):
    """Both say something else, or both have a place: a human being decides."""

    def __init__(self, clashes):
        self.clashes = clashes
        names = ", ".join(str(clash.label) for clash in clashes)
        super().__init__(_("Decide first: %(names)s.") % {"names": names})


class CannotUndo(Refused):
    """The merge can no longer be taken back."""


@transaction.atomic
def merge(
    person: Person, *, into: Person, by, decisions: Mapping[str, str] | None = None
) -> PersonMerge:
    """Let everything of `person` belong to `into`; a second call changes nothing.

    `decisions` answers the clashes of `merge_plan.plan` by their keys; one that is
    not answered refuses the merge. What `into` does not say is taken over.
    """
    _lock_cohorts(person)
    person, into = _lock_people(person, into)
    known = PersonMerge.objects.filter(person=person, into=into, undone_at=None).first()
    if known:
        return known
    _check_two_people(person, into)
    found, decisions = plan(person, into), decisions or {}
    if found.undecided(decisions):
        raise Undecided(found.undecided(decisions))
    record = PersonMerge(person=person, into=into, by=by, merged_at=clock.now())
    _end_places(found, record, by=by)
    _close_account(record, decisions)
    _take_over(record, decisions)
    _move(found, record)
    for guest, place in found.guests:
        record.carried += carry_over(guest, place, by=by)
    record.save()
    consents.settle_merged(into, by=by)
    log(into, "lms.merge_person", user=by, data={"person": person.pk})
    return record


@transaction.atomic
def undo_merge(record: PersonMerge, *, by) -> PersonMerge:
    """Give back what the merge moved; what was changed or added since then stays."""
    record = PersonMerge.objects.get(pk=record.pk)
    _lock_cohorts(record.into)
    person, into = _lock_people(record.person, record.into)
    record = PersonMerge.objects.select_for_update().get(pk=record.pk)
    if record.undone_at:
        return record
    _check_undo(record, into)
    record.person, record.into = person, into
    take_back(record.carried, by=by)
    _move_back(record)
    _say_as_before(record)
    _reopen(record)
    record.undone_at, record.undone_by = clock.now(), by
    record.save(update_fields=["undone_at", "undone_by"])
    log(into, "lms.undo_merge", user=by, data={"person": person.pk})
    return record


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by) -> NotTheSame:
    """Keep that these are two people, so that nobody is asked again."""
    one, other = sorted((one, other), key=lambda person: person.pk)
    told, is_new = NotTheSame.objects.get_or_create(
        one=one, other=other, defaults={"by": by, "at": clock.now()}
    )
    if is_new:
        log(one, "lms.tell_apart", user=by, data={"other": other.pk})
    return told


def forget_merges() -> int:
    """Drop what only an undoing would need from merges too old for one."""
    now = clock.now()
    old = PersonMerge.objects.filter(
        merged_at__lt=now - timedelta(days=PersonMerge.UNDO_DAYS), forgotten_at=None
    )
    return old.update(moved={}, changed={}, set_aside={}, carried=[], forgotten_at=now)


def _lock_cohorts(person: Person) -> None:
    """In the order every verb locks in: cohorts come before people."""
    mine = Enrolment.objects.filter(person=person).values("cohort")
    list(Cohort.objects.select_for_update().filter(pk__in=mine).order_by("pk"))


def _lock_people(person: Person, into: Person) -> tuple[Person, Person]:
    wanted = Person.objects.filter(pk__in=[person.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in wanted.select_for_update()}
    return rows[person.pk], rows[into.pk]


def _check_two_people(person: Person, into: Person) -> None:
    if person == into:
        raise CannotMerge(_("This is one row already. Choose two."))
    for row in (person, into):
        if row.merged_into_id:
            raise CannotMerge(
                _("%(person)s was merged into %(other)s before. Choose that one.")
                % {"person": row, "other": row.merged_into}
            )
        if row.anonymised_at:
            raise CannotMerge(_("Somebody whose data were erased cannot be merged."))


def _end_places(found: Plan, record: PersonMerge, *, by) -> None:
    for place in found.ending:
        before = place.active_to and place.active_to.isoformat()
        record.set_aside[str(place.pk)] = [place.status, before]
        reason = _("Merged into %(person)s, who is in this cohort.")
        places.withdraw(place, by=by, reason=reason % {"person": record.into})


def _close_account(record: PersonMerge, decisions: Mapping[str, str]) -> None:
    """Two accounts of one person: the one not chosen can no longer sign in."""
    person, into = record.person, record.into
    if not (person.user_id and into.user_id):
        return
    user = into.user if decisions["user"] == TAKE else person.user
    if user.is_staff or user.is_superuser or user.groups.exists():
        raise CannotMerge(
            _("%(account)s has a role here and is not closed by a merge. Keep it.")
            % {"account": user}
        )
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        record.closed_account = user


def _take_over(record: PersonMerge, decisions: Mapping[str, str]) -> None:
    """What was decided for the other, and what only the other says."""
    person, into = record.person, record.into
    for name in FIELDS:
        field = Person._meta.get_field(name)
        mine, theirs = getattr(into, field.attname), getattr(person, field.attname)
        if theirs and theirs != mine and (not mine or decisions.get(name) == TAKE):
            record.changed[name] = [mine, theirs]
    person.merged_into = into
    if "user" in record.changed:
        person.user = None
    person.save()
    for name, (_before, after) in record.changed.items():
        setattr(into, Person._meta.get_field(name).attname, after)
    into.save()


def _move(found: Plan, record: PersonMerge) -> None:
    for key, rows in found.moves.items():
        record.moved[_label(key)] = rows
        key.model._base_manager.filter(pk__in=rows).update(**{key.name: record.into})


def _check_undo(record: PersonMerge, into: Person) -> None:
    if clock.now() > record.undo_until:
        raise CannotUndo(
            _("A merge can be taken back for %(days)s days; this one is older.")
            % {"days": PersonMerge.UNDO_DAYS}
        )
    if into.merged_into_id:
        raise CannotUndo(
            _("%(person)s was merged into %(other)s later. Take that back first.")
            % {"person": into, "other": into.merged_into}
        )


def _move_back(record: PersonMerge) -> None:
    """Rows that have gone on to somebody else since stay there."""
    for key in keys_to_person():
        rows = key.model._base_manager.filter(
            pk__in=record.moved.get(_label(key), []), **{key.name: record.into}
        )
        rows.update(**{key.name: record.person})
    for pk, (status, active_to) in record.set_aside.items():
        Enrolment.objects.filter(pk=pk, status=Enrolment.Status.WITHDRAWN).update(
            status=status, active_to=active_to and parse_datetime(active_to)
        )


def _say_as_before(record: PersonMerge) -> None:
    """A field corrected since the merge keeps its correction."""
    person, into = record.person, record.into
    for name, (before, after) in record.changed.items():
        field = Person._meta.get_field(name)
        if getattr(into, field.attname) == after:
            setattr(into, field.attname, before)
            if name == "user":
                person.user_id = after
    into.save()
    person.merged_into = None
    if person.email and Person.objects.with_email(person.email).exists():
        raise CannotUndo(
            _("Somebody else is known by %(email)s now. Change that person first.")
            % {"email": person.email}
        )
    person.save()


def _reopen(record: PersonMerge) -> None:
    if record.closed_account and not record.closed_account.is_active:
        record.closed_account.is_active = True
        record.closed_account.save(update_fields=["is_active"])


def _label(key: models.ForeignKey) -> str:
    return f"{key.model._meta.label}.{key.name}"
