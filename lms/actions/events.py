"""Events without enrolment: written down, corrected, withdrawn."""

import uuid
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import REGION_OF_CENTRE, Event, HeadCount
from lms.scans import UnreadableScan, clean_scan

from .refusal import Refused, reason_given

# By (sex, age), "" being what nobody noted.
Heads = Mapping[tuple[str, str], int]


class NobodyCounted(Refused):
    """An event without a head is no event."""

    field = "heads"


class NotHeldYet(Refused):
    """Only what has taken place is written down."""

    field = "held_on"


class PlaceMissing(Refused):
    """Neither a centre nor a place is named."""

    field = "place"


class RegionMissing(Refused):
    """The place says nothing about the region."""

    field = "region"


class SheetUnreadable(Refused):
    """The file is no photo and no scan."""

    field = "sheet"


class EventWithdrawn(Refused):
    """What is withdrawn is not changed any more."""


def record_event(
    *, key: uuid.UUID, heads: Heads, by, donors=(), sheet: bytes = b"", **fields
) -> Event:
    """Write an event down; the same key again gives the event there is."""
    known = Event.objects.filter(key=key).first()
    if known:
        return known
    try:
        return _record(key, heads, by, donors, sheet, _with_region(fields))
    except IntegrityError:
        # The form was sent twice in one instant: the other one has written it down.
        known = Event.objects.filter(key=key).first()
        if known is None:
            raise
        return known


@transaction.atomic
def change_event(
    event: Event, *, by, heads: Heads, donors=(), sheet: bytes = b"", **fields
) -> Event:
    """Correct an event; what it said before stays in the log. Nothing new, no entry.

    A new `sheet` takes the place of the old one, whose file goes.
    """
    event = _lock(event)
    if event.withdrawn_at:
        raise EventWithdrawn(_("This event was withdrawn. Write it down anew."))
    fields = _with_region(fields)
    changed = _changes(event, fields)
    for name in changed:
        setattr(event, name, fields[name])
    before, after = _heads_of(event), _counted(heads)
    _check(event, after)
    if sheet:
        _replace_sheet(event, sheet)
        changed["sheet"] = None
    if before != after:
        _write_heads(event, after)
        changed["heads"] = _in_log(before)
    if set(donors) != set(event.donors.all()):
        changed["donors"] = sorted(donor.pk for donor in event.donors.all())
        event.donors.set(donors)
    if changed:
        event.save()
        log(event, "lms.change_event", user=by, data={"before": changed})
    return event


@transaction.atomic
def withdraw_event(event: Event, *, by, reason: str) -> Event:
    """Count it no more; the row stays and says why. Again changes nothing."""
    event = _lock(event)
    if event.withdrawn_at:
        return event
    event.withdrawn_reason = reason_given(reason)
    event.withdrawn_at = clock.now()
    event.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(event, "lms.withdraw_event", user=by, data={"reason": event.withdrawn_reason})
    return event


@transaction.atomic
def _record(key, heads, by, donors, sheet, fields) -> Event:
    event = Event(key=key, recorded_by=by, recorded_at=clock.now(), **fields)
    counted = _counted(heads)
    _check(event, counted)
    if sheet:
        _keep_sheet(event, sheet)
    event.save()
    event.donors.set(donors)
    _write_heads(event, counted)
    log(event, "lms.record_event", user=by, data={"heads": _in_log(counted)})
    return event


def _lock(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _counted(heads: Heads) -> dict[tuple[str, str], int]:
    return {who: count for who, count in heads.items() if count}


def _heads_of(event: Event) -> dict[tuple[str, str], int]:
    return {(row.sex, row.age): row.heads for row in event.counts.all()}


def _write_heads(event: Event, counted: Heads) -> None:
    event.counts.all().delete()
    HeadCount.objects.bulk_create(
        HeadCount(event=event, sex=sex, age=age, heads=heads)
        for (sex, age), heads in counted.items()
    )


def _in_log(counted: Heads) -> dict[str, int]:
    return {
        f"{sex or '?'} {age or '?'}": heads for (sex, age), heads in counted.items()
    }


def _changes(event: Event, fields: dict) -> dict[str, str]:
    """What the changed fields said before."""
    return {
        name: str(getattr(event, name))
        for name, new in fields.items()
        if getattr(event, name) != new
    }


def _with_region(fields: dict) -> dict:
    """A centre says by itself in which region it lies."""
    if fields.get("region") or "centre" not in fields:
        return fields
    return fields | {"region": REGION_OF_CENTRE.get(fields["centre"], "")}


def _check(event: Event, counted: Heads) -> None:
    if event.held_on > timezone.localdate(clock.now()):
        raise NotHeldYet(_("This day is still to come. Write down what was held."))
    if not (event.centre or event.place):
        raise PlaceMissing(_("Choose a centre or write the place."))
    if not event.region:
        raise RegionMissing(_("Choose the region of this place."))
    if not counted:
        raise NobodyCounted(_("Count at least one head."))


def _keep_sheet(event: Event, data: bytes) -> None:
    try:
        scan = clean_scan(data)
    except UnreadableScan as reason:
        raise SheetUnreadable(str(reason)) from reason
    name = f"{uuid.uuid4().hex}.{scan.extension}"
    event.sheet.save(name, ContentFile(scan.data), save=False)


def _replace_sheet(event: Event, data: bytes) -> None:
    storage, old = event.sheet.storage, event.sheet.name
    _keep_sheet(event, data)
    if old:
        transaction.on_commit(lambda: storage.delete(old))
