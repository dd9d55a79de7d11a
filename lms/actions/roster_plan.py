"""The dry run of a list: what would happen with each line if it were applied now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from lms.models import Cohort, Enrolment, Organisation, Person, RosterUpload
from lms.prerequisites import needs_of
from lms.roster.columns import clean_mapping
from lms.roster.folding import fold_name, fold_organisation
from lms.roster.listing import Roster, read_roster
from lms.roster.matching import Known, Match, Outcome, identity, match
from lms.roster.rows import Defaults, Row

from .enrolment import CohortClosed, CohortFull
from .refusal import Refused

_PLACES = {
    Enrolment.Status.ACTIVE: Outcome.ENROLLED,
    Enrolment.Status.COMPLETED: Outcome.ENROLLED,
    Enrolment.Status.WITHDRAWN: Outcome.ENDED,
    Enrolment.Status.CANCELLED: Outcome.ENDED,
}


class NoNames(Refused):
    """Nobody has said which column holds the names."""


@dataclass
class Plan:
    """What would happen, line by line, and what stands against it as a whole."""

    cohort: Cohort
    roster: Roster
    lines: list[Match]
    free_seats: int | None = None
    decisions: Mapping[str, int] = field(default_factory=dict)
    upload: RosterUpload | None = None
    reason: str = ""

    @property
    def to_enrol(self) -> list[Match]:
        return [line for line in self.lines if line.enrols]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(line.outcome for line in self.lines)

    @property
    def warned(self) -> list[Match]:
        return [line for line in self.lines if line.warnings]

    @property
    def refusal(self) -> Refused | None:
        """Why the list as a whole cannot be applied."""
        if not self.roster.has_name:
            return NoNames(_("Say which column holds the names."))
        if self.cohort.status == Cohort.Status.CANCELLED:
            return CohortClosed(_("This cohort is cancelled."))
        if self.free_seats is not None and len(self.to_enrol) > self.free_seats:
            return CohortFull(
                _(
                    "The list needs %(needed)s seats and the cohort has %(free)s left. "
                    "Give the cohort more seats or shorten the list; nobody was "
                    "enrolled."
                )
                % {"needed": len(self.to_enrol), "free": self.free_seats}
            )
        return None


def read_upload(upload: RosterUpload) -> Roster:
    """The people of a kept list, by the columns chosen for it."""
    with upload.file.open("rb") as file:
        data = file.read()
    organisation = upload.organisation.name if upload.organisation else ""
    return read_roster(
        data,
        remembered=clean_mapping(upload.columns),
        defaults=Defaults(audience=upload.audience, organisation=organisation),
    )


def plan(
    source: RosterUpload | Roster,
    *,
    cohort: Cohort | None = None,
    decisions: Mapping[str, int] | None = None,
    reason: str = "",
) -> Plan:
    """The dry run. It changes nothing; its number of queries is the same for any list.

    `decisions`: see `lms.roster.matching.match`. `reason` is why people are enrolled
    who lack what must come before; without one they are left out.
    """
    upload = source if isinstance(source, RosterUpload) else None
    cohort = cohort or source.cohort
    roster = read_upload(source) if isinstance(source, RosterUpload) else source
    places = dict(
        Enrolment.objects.filter(cohort=cohort).values_list("person_id", "status")
    )
    decisions = decisions or {}
    lines = match(roster.rows, _known(roster.rows, places), decisions)
    return Plan(
        cohort=cohort,
        roster=roster,
        lines=_prepared(lines, cohort, reason),
        free_seats=_free_seats(cohort, places),
        decisions=decisions,
        upload=upload,
        reason=reason,
    )


def _prepared(lines: list[Match], cohort: Cohort, reason: str) -> list[Match]:
    """The lines, those left out who lack what must come before and have no reason."""
    people = {line.person for line in lines if line.enrols}
    needs = needs_of(people, [cohort])
    lacking = {
        person: tuple(one.why for one in asked if not one.is_met)
        for (person, _cohort), asked in needs.items()
    }
    return [
        replace(
            line,
            lacks=lacking[line.person],
            outcome=line.outcome if reason else Outcome.UNPREPARED,
        )
        if line.enrols and lacking[line.person]
        else line
        for line in lines
    ]


def _free_seats(cohort: Cohort, places: Mapping[int, str]) -> int | None:
    if cohort.capacity is None:
        return None
    taken = sum(status in Enrolment.SEATED for status in places.values())
    return max(cohort.capacity - taken, 0)


def _known(rows: list[Row], places: Mapping[int, str]) -> list[Known]:
    """Everybody the list might mean: by e-mail, or by name within an organisation."""
    emails = {row.email for row in rows if row.email}
    identities = {identity(row) for row in rows if not row.refusals}
    organisations = dict(Organisation.objects.values_list("pk", "name"))
    named = {organisation for _name, organisation in identities}
    meant = [
        pk for pk, name in organisations.items() if fold_organisation(name) in named
    ]
    current = Person.objects.current()
    by_email = current.annotate(folded=Lower("email")).filter(folded__in=emails)
    known = {person.pk: person for person in by_email}
    colleagues = current.filter(organisation__in=meant)
    if "" in named:
        colleagues |= current.filter(organisation=None)
    names = {name for name, _organisation in identities}
    namesakes = [
        pk
        for pk, name in colleagues.values_list("pk", "legal_name").iterator()
        if fold_name(name) in names
    ]
    known |= current.in_bulk(namesakes)
    return [_as_known(person, organisations, places) for person in known.values()]


def _as_known(
    person: Person, organisations: Mapping[int, str], places: Mapping[int, str]
) -> Known:
    empty = ("sex", "position", "phone", "region", "audience")
    absent = {name for name in empty if not getattr(person, name)}
    if person.organisation_id is None:
        absent.add("organisation")
    return Known(
        pk=person.pk,
        name=person.legal_name,
        organisation=organisations.get(person.organisation_id, ""),
        email=person.email,
        phone=person.phone,
        place=_PLACES.get(places.get(person.pk)),
        empty=frozenset(absent),
    )
