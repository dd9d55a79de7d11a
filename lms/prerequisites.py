"""What must be there before somebody comes into a cohort, and which of it they have.

The cohort's edition says it: courses completed, courses one holds a valid certificate
of. `lms` knows no certificates: whoever issues them registers here.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import content_version
from courses.languages import in_order
from courses.models import CoursePage, Prerequisite
from courses.outline import edition_of

from .models import Cohort, Enrolment, Person, Waiver

# A waiver of what must come before has this and the course as its requirement.
BEFORE = "before:"


@dataclass(frozen=True)
class Proof:
    """Somebody's best certificate of a course; `url` is where they find theirs."""

    is_valid: bool
    until: date | None
    url: str


@dataclass(frozen=True)
class Need:
    """One course that must come first, and how a person stands with it.

    `url` leads to where it is taken or renewed; empty where no language has its page.
    """

    course: uuid.UUID
    kind: str
    title: str
    url: str = ""
    is_met: bool = False
    is_waived: bool = False
    expired_on: date | None = None

    @property
    def key(self) -> str:
        """The requirement that its waiver names."""
        return f"{BEFORE}{self.course}"

    @property
    def asks_certificate(self) -> bool:
        return self.kind == Prerequisite.Kind.CERTIFICATE

    @property
    def words(self) -> str:
        """What is needed, whoever reads it."""
        if self.asks_certificate:
            return _("A valid certificate of “%(course)s”") % {"course": self.title}
        return _("“%(course)s” completed") % {"course": self.title}

    @property
    def why(self) -> str:
        """What stands in the way; true of whoever is meant."""
        about = {"course": self.title}
        if not self.asks_certificate:
            return _("“%(course)s” has to be completed first.") % about
        if self.expired_on is None:
            return _("A valid certificate of “%(course)s” is needed first.") % about
        about["day"] = date_format(self.expired_on, "DATE_FORMAT")
        return (
            _(
                "The certificate of “%(course)s” was valid until %(day)s and has to be "
                "renewed first."
            )
            % about
        )

    @property
    def action(self) -> str:
        """What the link does."""
        return _("Renew it") if self.expired_on else _("About this course")


Source = Callable[
    [Collection[int], Collection[uuid.UUID]], dict[tuple[int, uuid.UUID], Proof]
]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let this answer, in one go, what proofs of some courses some people hold."""
    _sources.append(source)
    return source


def proofs(
    people: Collection[int], courses: Collection[uuid.UUID]
) -> dict[tuple[int, uuid.UUID], Proof]:
    """By person and course; a valid one wins over one that is not."""
    found: dict[tuple[int, uuid.UUID], Proof] = {}
    for source in _sources if people and courses else ():
        for key, proof in source(people, courses).items():
            if key not in found or proof.is_valid:
                found[key] = proof
    return found


def needs_of(
    people: Iterable[int | None], cohorts: Iterable[Cohort]
) -> dict[tuple[int | None, int], list[Need]]:
    """By person and cohort; the same number of queries for any of both.

    None is somebody who is not written down yet. Nothing is asked of the database
    where no cohort asks for anything.
    """
    people, asked = list(people), {one.pk: _asked(one) for one in cohorts}
    met = _Met({pk for pk in people if pk}, asked)
    return {
        (person, cohort): [met.answer(person, cohort, one) for one in needs]
        for person in people
        for cohort, needs in asked.items()
    }


def unmet(person: Person, cohort: Cohort) -> list[Need]:
    """What this person lacks for this cohort, waivers considered."""
    needs = needs_of([person.pk], [cohort])[person.pk, cohort.pk]
    return [one for one in needs if not one.is_met]


def linked(needs: Iterable[Need]) -> SafeString:
    """Why not, as one text with links to take or renew what is missing."""
    return format_html_join(" ", "{}", ((_with_link(one),) for one in needs))


def _with_link(need: Need) -> str:
    if not need.url:
        return need.why
    link = '{} <a href="{}">{}</a>.'
    return format_html(link, need.why, need.url, need.action)


def _asked(cohort: Cohort) -> list[Need]:
    """What the edition asks, in the reader's language; nobody may change the list."""
    language = get_language() or cohort.locale
    return content_version.remembered(
        f"before:{cohort.edition_id}:{language}",
        lambda: _read(edition_of(cohort.edition_id).prerequisites, language),
    )


def _read(rows: list[dict], language: str) -> list[Need]:
    if not rows:
        return []
    pages = CoursePage.objects.filter(
        translation_key__in=[one["course"] for one in rows]
    )
    first: dict[str, CoursePage] = {}
    # A published page is where somebody can go; another still says what it is called.
    pages = in_order(pages.select_related("locale").defer_streamfields(), language)
    for page in sorted(pages, key=lambda page: not page.live):
        first.setdefault(str(page.translation_key), page)
    return [_need(one, first.get(one["course"])) for one in rows]


def _need(row: dict, page: CoursePage | None) -> Need:
    return Need(
        course=uuid.UUID(row["course"]),
        kind=row["kind"],
        title=page.title if page else _("a course that is no longer here"),
        url=(page.url or "") if page and page.live else "",
    )


class _Met:
    """What these people have of all that these cohorts ask."""

    def __init__(self, people: set[int], asked: dict[int, list[Need]]) -> None:
        every = [one for needs in asked.values() for one in needs]
        self.completed, self.waived = set(), defaultdict(set)
        self.proofs: dict[tuple[int, uuid.UUID], Proof] = {}
        if not every or not people:
            return
        done = Enrolment.objects.order_by().filter(
            person__in=people,
            status=Enrolment.Status.COMPLETED,
            cohort__edition__course_key__in={one.course for one in every},
        )
        self.completed = set(done.values_list("person", "cohort__edition__course_key"))
        certified = {one.course for one in every if one.asks_certificate}
        self.proofs = proofs(people, certified)
        waivers = Waiver.objects.filter(
            enrolment__person__in=people,
            enrolment__cohort__in=list(asked),
            requirement__startswith=BEFORE,
        )
        for person, cohort, key in waivers.values_list(
            "enrolment__person", "enrolment__cohort", "requirement"
        ):
            self.waived[person, cohort].add(key)

    def answer(self, person: int | None, cohort: int, need: Need) -> Need:
        if need.key in self.waived[person, cohort]:
            return replace(need, is_met=True, is_waived=True)
        if not need.asks_certificate:
            return replace(need, is_met=(person, need.course) in self.completed)
        proof = self.proofs.get((person, need.course))
        if proof is None or proof.is_valid:
            return replace(need, is_met=proof is not None)
        return replace(need, expired_on=proof.until, url=need.url or proof.url)
