"""Sessions from a list: first what would happen with each line, then all of it.

The same list applied twice changes nothing the second time. What is refused is named
by its line and leaves the other lines alone (ATT-35, ATT-45).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.models import Cohort, Session
from lms.recurrence import Hindrance, occurrences
from lms.session_list.row import Row

from .changes import changes
from .session_changes import change_session
from .sessions import schedule


class Outcome(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Planned:
    """A line, what becomes of it, and the session it changes or is."""

    row: Row
    outcome: Outcome
    why: str = ""
    session: Session | None = None
    fields: dict = field(default_factory=dict)


def plan(cohort: Cohort, rows: Sequence[Row]) -> list[Planned]:
    """Each line by itself, and all of them beside what is planned; writes nothing."""
    known = _Known(cohort)
    starts = Counter(row.start for row in set(_bare(rows)) if not row.problem)
    names = Counter(row.uid for row in set(_bare(rows)) if row.uid and not row.problem)
    seen: set[Row] = set()
    found = []
    for row, bare in zip(rows, _bare(rows), strict=True):
        if row.problem:
            found.append(Planned(row, Outcome.REFUSED, row.problem))
        elif bare in seen:
            why = _("The list says the same in a line above.")
            found.append(Planned(row, Outcome.SAME, why))
        elif starts[row.start] > 1:
            why = _("Two lines of the list begin at this time.")
            found.append(Planned(row, Outcome.REFUSED, why))
        elif names[row.uid] > 1:
            why = _("Two lines of the list have the same UID.")
            found.append(Planned(row, Outcome.REFUSED, why))
        else:
            found.append(_planned(cohort, row, known))
        seen.add(bare)
    return found


@transaction.atomic
def import_sessions(cohort: Cohort, *, rows: Sequence[Row], by) -> Counter[Outcome]:
    """Do what `plan` says now; lines it refuses are left out. Gives the counts."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    found = plan(cohort, rows)
    for line in found:
        if line.outcome is Outcome.NEW:
            schedule(cohort, by=by, **line.fields)
        elif line.outcome is Outcome.CHANGED and line.session:
            change_session(line.session, by=by, **line.fields)
    counts = Counter(line.outcome for line in found)
    done = counts[Outcome.NEW] + counts[Outcome.CHANGED]
    if done:
        log(cohort, "lms.import_sessions", user=by, data={"count": done})
    return counts


class _Known:
    """The sessions there are, by what a list may call them."""

    def __init__(self, cohort: Cohort):
        rows = list(cohort.sessions.select_related("cohort"))
        live = [one for one in rows if one.status != Session.Status.CANCELLED]
        self.by_start = {(one.local_date, one.local_time): one for one in live}
        self.by_own = {str(one.uid): one for one in rows}
        self.by_source = {one.source_uid: one for one in rows if one.source_uid}

    def of(self, row: Row) -> tuple[Session | None, bool]:
        """The session meant, and whether the list has it from our own calendar."""
        own = self.by_own.get(row.uid.partition("@")[0])
        if own:
            return own, True
        return self.by_source.get(row.uid) or self.by_start.get(row.start), False


def _planned(cohort: Cohort, row: Row, known: _Known) -> Planned:
    session, is_our_own = known.of(row)
    fields = dict(row.said)
    if is_our_own:
        # Our calendars do not tell what is taught.
        fields.pop("title", None)
    elif row.uid and (session is None or not session.source_uid):
        fields["source_uid"] = row.uid[:255]
    why = _hindered(cohort, row, session, known) or _invalid(fields)
    if why:
        return Planned(row, Outcome.REFUSED, why, session)
    if session is None:
        fields.setdefault("minutes", Session._meta.get_field("minutes").default)
        return Planned(row, Outcome.NEW, fields=fields)
    changed = changes(session, fields)
    if not changed:
        return Planned(row, Outcome.SAME, session=session)
    if session.register == Session.Register.SIGNED:
        why = _("The register of this session is signed off.")
        return Planned(row, Outcome.REFUSED, why, session)
    new = {name: fields[name] for name in changed}
    return Planned(row, Outcome.CHANGED, session=session, fields=new)


def _hindered(cohort: Cohort, row: Row, session: Session | None, known: _Known) -> str:
    if session and session.status == Session.Status.CANCELLED:
        return _("This session was cancelled here.")
    other = known.by_start.get(row.start)
    if other and other != session:
        return _("Another session is planned at this time already.")
    if row.on is None or row.at is None:
        return _("The date or the time is missing.")
    bounds = {"starts_on": cohort.starts_on, "ends_on": cohort.ends_on}
    [one] = occurrences([row.on], row.at, zone=cohort.zone, **bounds)
    if one.hindrance is Hindrance.OUTSIDE:
        return _("The cohort does not run on this day.")
    if one.hindrance is Hindrance.NO_SUCH_TIME:
        return _("The clock jumps over this time on this day.")
    return ""


def _invalid(fields: dict) -> str:
    """What the model refuses, by the name of the field."""
    for name, value in fields.items():
        of = Session._meta.get_field(name)
        try:
            of.clean(value, None)
        except ValidationError as error:
            return f"{of.verbose_name}: {' '.join(error.messages)}"
        if name == "link" and value and not str(value).startswith("http"):
            return _("A link begins with https://")
    return ""


def _bare(rows: Sequence[Row]) -> list[Row]:
    """The rows without their numbers: two lines that say the same are one."""
    return [replace(row, number=0) for row in rows]
