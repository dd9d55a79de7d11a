"""What a conference's report would do to a register: the dry run. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from courses.tables.sheets import Unreadable
from lms.attendance import Line, sheet_of, statuses_of
from lms.conference.people import (
    NOT_OURS,
    By,
    Match,
    Place,
    Somebody,
    match,
    people_of,
    teaching,
    told,
)
from lms.conference.presence import Stay, Thresholds, share, status_of, stay_of
from lms.conference.reading import read_report
from lms.conference.report import Meeting, Report
from lms.models import ConferenceUpload, Mark, MarkEvent, MarkStatus, OnlineRules

# What each mark is worth, for sets of statuses that have other codes.
_WORTH = {"present": 1.0, "late": 0.5, "left_early": 0.5, "absent": 0.0}


class Outcome(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    KEPT = "kept"
    SAME = "same"


@dataclass(frozen=True)
class Row:
    """One place, all who were matched with it, and what becomes of its mark."""

    line: Line
    people: tuple[Somebody, ...]
    by: By
    stay: Stay
    percent: int
    status: MarkStatus
    outcome: Outcome

    @property
    def names(self) -> list[str]:
        return [somebody.name for somebody in self.people]

    @property
    def lines(self) -> list[int]:
        return sorted(number for one in self.people for number in one.lines)

    @property
    def told_lines(self) -> str:
        return told(self.lines)

    @property
    def is_merged(self) -> bool:
        """Under several names, of which each is told."""
        return len(self.people) > 1


@dataclass(frozen=True)
class Unplaced:
    """Somebody of the report without a place; how long they stayed may tell who."""

    who: Somebody
    candidates: tuple[Place, ...]
    stay: Stay


@dataclass(frozen=True)
class Plan:
    """`review` waits for a decision; `rest` are those expected and not in the report.

    Of `review` and `not_ours` whoever stayed longest comes first. `refusal` says why
    the report cannot be applied at all.
    """

    upload: ConferenceUpload
    report: Report
    thresholds: Thresholds
    rows: list[Row] = field(default_factory=list)
    review: list[Unplaced] = field(default_factory=list)
    not_ours: list[Unplaced] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    refusal: str = ""

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    def of(self, *outcomes: Outcome) -> list[Row]:
        return [row for row in self.rows if row.outcome in outcomes]


def meeting_of(upload: ConferenceUpload) -> Meeting:
    session = upload.session
    return Meeting(session.starts_at, session.ends_at, upload.zone)


def plan(upload: ConferenceUpload) -> Plan:
    """Look at a kept report. Raises Unreadable; AmbiguousDates until that is chosen."""
    session, meeting = upload.session, meeting_of(upload)
    report = read_report(_content(upload), meeting, order=upload.order)
    lines = {line.pk: line for line in sheet_of(session) if line.is_expected}
    places = [_place(line) for line in lines.values()]
    people = people_of(report.joins)
    matches = match(people, places, _decisions(upload, people, places))
    thresholds = OnlineRules.of(session.cohort).thresholds
    rows = _rows(session, meeting, thresholds, lines, matches)
    matched = {row.line.pk for row in rows}
    return Plan(
        upload,
        report,
        thresholds,
        rows,
        review=_unplaced(matches, meeting, is_decided=False),
        not_ours=_unplaced(matches, meeting, is_decided=True),
        places=places,
        rest=[
            line for pk, line in lines.items() if pk not in matched and line.is_missing
        ],
        refusal=_refusal(report, meeting),
    )


def nearest(code: str, statuses: Mapping[str, MarkStatus]) -> MarkStatus:
    """The status of this code, or that of the set which is worth about as much."""
    if code in statuses:
        return statuses[code]
    worth = _WORTH[code]
    counting = [one for one in statuses.values() if one.counts]
    return min(counting, key=lambda one: abs(float(one.credit) - worth))


def _content(upload: ConferenceUpload) -> bytes:
    try:
        with upload.file.open("rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise Unreadable(_("The file is gone. Choose it once more.")) from error


def _place(line: Line) -> Place:
    return Place(line.pk, line.name, line.enrolment.person.email or "")


def _decisions(upload: ConferenceUpload, people, places) -> dict[str, int]:
    """What was chosen; who teaches the cohort is nobody of its participants."""
    rows = upload.session.cohort.staff.select_related("user__person")
    staff = [_staff(row.user) for row in rows]
    return dict.fromkeys(teaching(people, staff, places), NOT_OURS) | upload.decisions


def _staff(user) -> Place:
    person = getattr(user, "person", None)
    name = person.legal_name if person else user.get_full_name()
    return Place(user.pk, name, user.email)


def _rows(session, meeting, thresholds, lines, matches) -> list[Row]:
    statuses = statuses_of(session)
    by_place: dict[int, list[Match]] = defaultdict(list)
    for one in matches:
        if one.place:
            by_place[one.place.pk].append(one)
    said = _said(session)
    rows = []
    for pk, found in by_place.items():
        stay = stay_of((j for one in found for j in one.who.joins), meeting)
        status = nearest(status_of(stay, meeting, thresholds), statuses)
        row = Row(
            lines[pk],
            tuple(one.who for one in found),
            found[0].by or By.STAFF,
            stay,
            int(share(stay, meeting) * 100),
            status,
            _outcome(lines[pk], status, stay.minutes, said.get(pk)),
        )
        rows.append(row)
    return sorted(rows, key=lambda row: list(lines).index(row.line.pk))


def _unplaced(matches, meeting: Meeting, *, is_decided: bool) -> list[Unplaced]:
    found = [
        Unplaced(one.who, one.candidates, stay_of(one.who.joins, meeting))
        for one in matches
        if one.place is None and one.is_decided == is_decided
    ]
    return sorted(found, key=lambda one: -one.stay.seconds)


def _said(session) -> dict[int, tuple[str, int | None]]:
    """By enrolment what an import said last."""
    events = MarkEvent.objects.filter(
        session=session, source=Mark.Source.IMPORT, kind=MarkEvent.Kind.SET
    )
    rows = events.order_by("happened_at", "pk").values_list(
        "enrolment", "stated__code", "minutes"
    )
    return {enrolment: (code, minutes) for enrolment, code, minutes in rows}


def _outcome(line: Line, status: MarkStatus, minutes: int, said) -> Outcome:
    if said == (status.code, minutes):
        return Outcome.SAME
    if line.status is None:
        return Outcome.CREATE
    if line.mark and line.mark.source != Mark.Source.IMPORT:
        return Outcome.KEPT
    return Outcome.CHANGE


def _refusal(report: Report, meeting: Meeting) -> str:
    """Times that are all outside the session are of another day or another clock."""
    spans = [join.span for join in report.joins if join.span]
    if not spans or any(
        begin < meeting.ends and end > meeting.begins for begin, end in spans
    ):
        return ""
    return _(
        "Nobody of this report was there while the session ran. Is it the report of "
        "another day, or does it go by another clock?"
    )
