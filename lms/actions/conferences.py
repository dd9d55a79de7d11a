"""Importing a conference's report: keeping it for its dry run, and marking by it."""

import uuid
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.tables.sheets import Unreadable
from lms.attendance import statuses_of
from lms.conference.reading import AmbiguousDates, read_report
from lms.models import Cohort, ConferenceUpload, Mark, OnlineRules, Session

from .changes import changes
from .conference_plan import Outcome, Plan, meeting_of, nearest, plan
from .evidence import Evidence, record
from .refusal import Refused
from .sessions import AttendanceRefused, locked_session, open_session, refuse_closed

RULES = ("present_percent", "partly_percent", "link_minutes")


class NoReport(Refused):
    """The file is no report of a conference, or of no use here."""

    field = "file"


class NotBegun(AttendanceRefused):
    """Nobody was there yet."""

    field = "file"


class Undecided(Refused):
    """Who is absent is known once it is known who everybody was."""


@transaction.atomic
def set_online_rules(cohort: Cohort, *, by, **fields) -> OnlineRules:
    """Say how sessions on line are joined and marked; the same again is nothing."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    rules = OnlineRules.of(cohort)
    changed = changes(rules, {name: fields[name] for name in RULES})
    if changed:
        for name in changed:
            setattr(rules, name, fields[name])
        rules.save()
        log(cohort, "lms.set_online_rules", user=by, data={"changed": changed})
    return rules


@transaction.atomic
def keep_report(
    session: Session, *, data: bytes, name: str, timezone: str, by
) -> ConferenceUpload:
    """Keep a report privately for its dry run. Raises NoReport or NotBegun.

    Dates that could be read in two ways are asked about at the dry run.
    """
    session = open_session(session)
    if session.starts_at > clock.now():
        raise NotBegun(_("This session has not begun."))
    upload = ConferenceUpload(
        session=session,
        name=name[:255],
        timezone=timezone,
        by=by,
        created_at=clock.now(),
    )
    try:
        read_report(data, meeting_of(upload))
    except AmbiguousDates:
        pass
    except Unreadable as reason:
        raise NoReport(str(reason)) from reason
    upload.file.save(uuid.uuid4().hex, ContentFile(data), save=False)
    upload.save()
    log(session, "lms.upload_conference", user=by)
    return upload


@transaction.atomic
def decide(
    upload: ConferenceUpload,
    *,
    by,
    decisions: Mapping[str, int] | None = None,
    order: str | None = None,
    marks_the_rest: bool | None = None,
) -> ConferenceUpload:
    """Keep who is meant, how dates are read, and what becomes of who is not named."""
    upload = _locked(upload)
    if upload.applied_at:
        return upload
    if decisions is not None:
        upload.decisions = dict(decisions)
    if order in ConferenceUpload.Order.values:
        upload.order = order
    if marks_the_rest is not None:
        upload.marks_the_rest = marks_the_rest
    upload.save(update_fields=["decisions", "order", "marks_the_rest"])
    return upload


@transaction.atomic
def apply(upload: ConferenceUpload, *, by, reason: str = "") -> ConferenceUpload:
    """Mark by the report; a second time changes nothing (ATT-34).

    Who matches nobody is left out and told of in `result` (ATT-33). Everything is
    looked up again under the session's lock: the dry run may be old. Raises
    ReasonMissing where the register was signed off before.
    """
    session = locked_session(upload.session)
    upload = _locked(upload)
    if upload.applied_at:
        return upload
    refuse_closed(session)
    fresh = _fresh(upload)
    record(session, _evidence(fresh), by=by, reason=reason)
    if session.status == Session.Status.PLANNED:
        session.status = Session.Status.HELD
        session.save(update_fields=["status"])
    _close(upload, fresh)
    log(upload.session, "lms.import_conference", user=by, data=upload.result)
    return upload


def _locked(upload: ConferenceUpload) -> ConferenceUpload:
    rows = ConferenceUpload.objects.select_for_update(of=("self",))
    return rows.select_related("session__cohort").get(pk=upload.pk)


def _fresh(upload: ConferenceUpload) -> Plan:
    try:
        fresh = plan(upload)
    except Unreadable as reason:
        raise NoReport(str(reason)) from reason
    if fresh.refusal:
        raise NoReport(fresh.refusal)
    if upload.marks_the_rest and fresh.review:
        raise Undecided(
            _("First say who everybody is: then it is known who was absent.")
        )
    return fresh


def _evidence(fresh: Plan) -> list[Evidence]:
    """What the report says, also where a trainer's mark is stronger: its minutes."""
    said = [
        _piece(fresh, row.line.pk, row.status.code, row.stay.minutes)
        for row in fresh.of(Outcome.CREATE, Outcome.CHANGE, Outcome.KEPT)
    ]
    if not fresh.upload.marks_the_rest:
        return said
    absent = nearest("absent", statuses_of(fresh.upload.session))
    return said + [_piece(fresh, line.pk, absent.code, None) for line in fresh.rest]


def _piece(fresh: Plan, enrolment_id: int, code: str, minutes: int | None) -> Evidence:
    return Evidence(
        enrolment_id=enrolment_id,
        source=Mark.Source.IMPORT,
        code=code,
        minutes=minutes,
        reason=_("Report of the conference"),
    )


def _close(upload: ConferenceUpload, fresh: Plan) -> None:
    """Keep the figures; the file and who was meant may say more than we need."""
    counts = fresh.counts
    rest = len(fresh.rest) if upload.marks_the_rest else 0
    name, storage = upload.file.name, upload.file.storage
    upload.applied_at = clock.now()
    upload.result = {one.value: counts[one] for one in Outcome} | {
        "absent": rest,
        "review": len(fresh.review),
        "not_ours": len(fresh.not_ours),
        "unread": len(fresh.report.unread),
    }
    upload.file, upload.decisions = "", {}
    upload.save(update_fields=["applied_at", "result", "file", "decisions"])
    transaction.on_commit(lambda: storage.delete(name))
