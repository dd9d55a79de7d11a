"""Importing a list of people: keeping it for its dry run, and enrolling them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import (
    Cohort,
    ColumnMapping,
    Enrolment,
    Organisation,
    Person,
    RosterUpload,
)
from lms.roster.columns import clean_mapping
from lms.roster.folding import fold_organisation
from lms.roster.listing import Roster
from lms.roster.matching import Match, Outcome
from lms.roster.rows import Row

from .enrolment import enrol
from .people import add_organisation, add_person, change_person
from .refusal import Refused
from .roster_plan import Plan, plan


class ChangedMeanwhile(Refused):
    """Somebody wrote one of these people down in the same instant."""


@dataclass(frozen=True)
class Applied:
    """What applying a list did."""

    enrolled: list[Enrolment]
    added: int
    plan: Plan


@transaction.atomic
def keep_upload(
    cohort: Cohort, *, data: bytes, name: str, by, organisation=None, audience=""
) -> RosterUpload:
    """Keep a list privately for its dry run, with the organisation's usual columns."""
    upload = RosterUpload(
        cohort=cohort,
        organisation=organisation,
        audience=audience,
        name=name[:255],
        columns=remembered_columns(organisation),
        by=by,
        created_at=clock.now(),
    )
    upload.file.save(uuid.uuid4().hex, ContentFile(data), save=False)
    upload.save()
    log(upload, "lms.upload_roster", user=by, data={"cohort": cohort.code})
    return upload


@transaction.atomic
def choose_columns(upload: RosterUpload, *, columns: dict[str, str], by) -> None:
    """Say what the columns hold, for this list and the organisation's next ones."""
    upload = RosterUpload.objects.select_for_update().get(pk=upload.pk)
    chosen = clean_mapping(upload.columns) | clean_mapping(columns)
    if chosen == upload.columns:
        return
    upload.columns = chosen
    upload.save(update_fields=["columns"])
    if upload.organisation_id:
        before = remembered_columns(upload.organisation)
        ColumnMapping.objects.update_or_create(
            organisation=upload.organisation, defaults={"columns": before | chosen}
        )
    log(upload, "lms.choose_columns", user=by, data={"columns": chosen})


def remembered_columns(organisation: Organisation | None) -> dict[str, str]:
    """What the columns of this organisation's lists held before."""
    mapping = ColumnMapping.objects.filter(organisation=organisation).first()
    return clean_mapping(mapping.columns) if organisation and mapping else {}


def apply(
    source: RosterUpload | Plan,
    *,
    by,
    decisions: Mapping[str, int] | None = None,
    reason: str = "",
) -> Applied:
    """Enrol the people of a list, all or nobody; a second time nothing changes.

    Who lacks what must come before is left out, or enrolled for this reason.

    Everything is looked up again under the cohort's lock: the dry run may be old.
    """
    try:
        return _apply(source, by=by, decisions=decisions, reason=reason.strip())
    except IntegrityError as error:
        raise ChangedMeanwhile(
            _("Somebody else changed these people just now. Look at the list again.")
        ) from error


@transaction.atomic
def _apply(source, *, by, decisions, reason) -> Applied:
    cohort = Cohort.objects.select_for_update().get(pk=source.cohort.pk)
    upload = _lock_upload(source)
    if upload and upload.applied_at:
        return Applied([], 0, Plan(cohort, Roster(), [], upload=upload))
    if isinstance(source, Plan):
        decisions = source.decisions if decisions is None else decisions
        reason = reason or source.reason
    fresh = plan(
        upload or source.roster, cohort=cohort, decisions=decisions, reason=reason
    )
    if fresh.refusal:
        raise fresh.refusal
    applied = _enrol_all(fresh, by=by)
    if upload:
        _close(upload, applied)
    if applied.enrolled:
        log(cohort, "lms.import_roster", user=by, data=summary(applied))
    return applied


def summary(applied: Applied) -> dict[str, object]:
    """The result in numbers and line numbers: nobody is named."""
    counts = applied.plan.counts
    keys = {
        outcome.value: [m.row.key for m in applied.plan.lines if m.outcome == outcome]
        for outcome in (
            Outcome.REPEATED,
            Outcome.REFUSED,
            Outcome.ENDED,
            Outcome.SUGGESTED,
            Outcome.UNPREPARED,
        )
    }
    return keys | {
        "new_places": len(applied.enrolled),
        "new_people": applied.added,
        "before": counts[Outcome.ENROLLED],
    }


def _lock_upload(source) -> RosterUpload | None:
    upload = source if isinstance(source, RosterUpload) else source.upload
    if upload is None:
        return None
    uploads = RosterUpload.objects.select_for_update(of=["self"])
    return uploads.select_related("organisation").get(pk=upload.pk)


def _close(upload: RosterUpload, applied: Applied) -> None:
    """Keep the result, not the file: it may hold more than we need to know."""
    name, storage = upload.file.name, upload.file.storage
    upload.applied_at = clock.now()
    upload.result = summary(applied)
    upload.file = ""
    upload.save(update_fields=["applied_at", "result", "file"])
    transaction.on_commit(lambda: storage.delete(name))


def _enrol_all(fresh: Plan, *, by) -> Applied:
    organisations = _Organisations(by)
    people = Person.objects.in_bulk([m.person for m in fresh.to_enrol if m.person])
    enrolled, added = [], 0
    for line in fresh.to_enrol:
        person = people.get(line.person)
        if person is None:
            person = add_person(
                by=by, **_fields(line.row, organisations, fresh.cohort.locale)
            )
            added += 1
        elif line.adds:
            person = change_person(person, by=by, **_added(line, organisations))
        place = enrol(person, cohort=fresh.cohort, by=by, reason=fresh.reason)
        enrolled.append(place)
    return Applied(enrolled, added, fresh)


def _fields(row: Row, organisations: "_Organisations", locale: str) -> dict:
    return {
        "legal_name": row.name,
        "organisation": organisations.get(row.organisation),
        "locale": locale,
    } | {
        name: getattr(row, name)
        for name in ("sex", "position", "region", "phone", "email", "audience")
    }


def _added(line: Match, organisations: "_Organisations") -> dict:
    return {
        name: organisations.get(line.row.organisation)
        if name == "organisation"
        else getattr(line.row, name)
        for name in line.adds
    }


class _Organisations:
    """Organisations by name, whatever its case and quotation marks; new ones added."""

    def __init__(self, by) -> None:
        self.by = by
        self.known = {fold_organisation(o.name): o for o in Organisation.objects.all()}

    def get(self, name: str) -> Organisation | None:
        if not name:
            return None
        key = fold_organisation(name)
        if key not in self.known:
            self.known[key] = add_organisation(by=self.by, name=name)
        return self.known[key]
