"""The lines of one page of a timeline: found in the log, told in the reader's words."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext, pgettext
from wagtail.models import ModelLogEntry
from wagtail.models import Page as WagtailPage

from courses.languages import in_order
from lms import scoping
from lms.actions.log_scrubbing import NOBODY
from lms.models import Cohort, Person

from . import words
from .filling import Found, Told, fill, key_in, name_of, person_of
from .sources import cohort_rows, entries_about, person_rows, source_of
from .words import Kind

LINES_A_PAGE = 50
# Under which keys of its details a step says why.
WHY = ("reason", "purpose", "revoked_because")


@dataclass(frozen=True)
class Line:
    """One step: when, by whom, what, and why where somebody wrote it."""

    at: datetime
    who: str
    text: str
    why: str

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Timeline:
    """A story: the parts of the log it is made of, and on whose clock it is told."""

    parts: list[QuerySet[ModelLogEntry]]
    zone: tzinfo
    subject: Model
    reader: object
    on_site: bool = False

    def page(
        self,
        number,
        *,
        kind: str = "",
        first: date | None = None,
        last: date | None = None,
    ) -> Page:
        """A page of lines, newest first; an impossible number gives the nearest."""
        parts = [self._narrowed(part, kind, first, last) for part in self.parts]
        keys = parts[0].union(*parts[1:], all=True).order_by("-timestamp", "-pk")
        page = Paginator(keys, LINES_A_PAGE).get_page(number)
        page.object_list = self._lines([key for key, _at in page.object_list])
        return page

    def _narrowed(self, entries: QuerySet, kind, first, last) -> QuerySet:
        if kind == Kind.OTHER:
            entries = entries.exclude(action__in=_told_elsewhere())
        elif kind:
            entries = entries.filter(action__in=words.actions_of(Kind(kind)))
        if first:
            entries = entries.filter(timestamp__gte=self._midnight(first))
        if last:
            before = self._midnight(last + timedelta(days=1))
            entries = entries.filter(timestamp__lt=before)
        return entries.order_by().values_list("pk", "timestamp")

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.zone)

    def _lines(self, keys: list[int]) -> list[Line]:
        rows = ModelLogEntry.objects.select_related("user__person").in_bulk(keys)
        entries = [rows[key] for key in keys if key in rows]
        found = self._found(entries)
        return [self._line(entry, found) for entry in entries]

    def _found(self, entries: list[ModelLogEntry]) -> Found:
        rows = _rows_of(entries)
        said = [entry.data for entry in entries if isinstance(entry.data, dict)]
        people = self._people()
        named = {person.pk for row in rows.values() if (person := person_of(row))}
        accounts = get_user_model()._default_manager.select_related("person")
        return Found(
            rows=rows,
            people=people.in_bulk(named | _numbers(said, "person", "other")),
            accounts=accounts.in_bulk(_numbers(said, "user")),
            titles=_titles(_keys_of_activities(said, rows.values())),
            zone=self.zone,
            subject=self.subject,
            on_site=self.on_site,
        )

    def _people(self) -> QuerySet[Person]:
        """Whom the reader may know; the rows merged into this person's are theirs."""
        seen = scoping.scope(Person.objects.all(), self.reader)
        if isinstance(self.subject, Person):
            seen |= Person.objects.filter(merged_into=self.subject)
        return seen

    def _line(self, entry: ModelLogEntry, found: Found) -> Line:
        data = entry.data if isinstance(entry.data, dict) else {}
        row = found.rows.get((entry.content_type_id, entry.object_id))
        return Line(
            at=timezone.localtime(entry.timestamp, self.zone),
            who=_who(entry),
            text=_text(Told(entry, found, row, data)),
            why=_why(data),
        )


def of_person(person: Person, reader) -> Timeline:
    """A person's history as this reader may know it."""
    rows = person_rows(person, reader)
    zone = timezone.get_current_timezone()
    return Timeline([entries_about(one) for one in rows], zone, person, reader)


def of_cohort(cohort: Cohort, reader, *, on_site: bool = False) -> Timeline:
    """A cohort's history as this reader's role lets them know it."""
    rows = cohort_rows(cohort, reader)
    parts = [entries_about(one) for one in rows]
    return Timeline(parts, cohort.zone, cohort, reader, on_site)


def _told_elsewhere() -> list[str]:
    named = [kind for kind in Kind if kind != Kind.OTHER]
    return [action for kind in named for action in words.actions_of(kind)]


def _text(told: Told) -> str:
    sentence = words.sentence_of(told.entry.action)
    if sentence is None:
        return conditional_escape(told.entry.message)
    return fill(str(sentence.text), told)


def _who(entry: ModelLogEntry) -> str:
    if entry.user_id is None:
        return pgettext("timeline", "the system")
    return name_of(entry.user) if entry.user else gettext("a deleted account")


def _why(data: dict) -> str:
    """What somebody wrote; of what an erasure took, that there was something."""
    for key in WHY:
        text = data.get(key)
        if isinstance(text, str) and text.strip(f"{NOBODY} "):
            return text
        if text == NOBODY:
            return gettext("What was written here is erased.")
    return ""


def _rows_of(entries: list[ModelLogEntry]) -> dict[tuple[int, str], Model]:
    """The rows the entries are about: one query for each kind of row."""
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for entry in entries:
        keys[entry.content_type_id].add(entry.object_id)
    found: dict[tuple[int, str], Model] = {}
    for kind, wanted in keys.items():
        source = source_of(ContentType.objects.get_for_id(kind).model_class())
        if source:
            rows = source.model._base_manager.select_related(*source.related)
            for row in rows.filter(pk__in=wanted):
                found[kind, str(row.pk)] = row
    return found


def _numbers(said: Iterable[dict], *names: str) -> set[int]:
    values = (data.get(name) for data in said for name in names)
    return {value for value in values if isinstance(value, int)}


def _keys_of_activities(said: Iterable[dict], rows: Iterable[Model]) -> set[uuid.UUID]:
    written = [data.get(name) for data in said for name in ("activity", "requirement")]
    named = [key for text in written if (key := key_in(text))]
    return {key for row in rows if (key := getattr(row, "quiz_key", None))}.union(named)


def _titles(keys: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What lessons, quizzes and courses are called, in the nearest language."""
    pages = WagtailPage.objects.filter(translation_key__in=keys)
    titles: dict[uuid.UUID, str] = {}
    for page in in_order(pages.select_related("locale"), get_language()):
        titles.setdefault(page.translation_key, page.title)
    return titles
