"""What stands in the placeholders of a sentence: names with links, days, titles.

Whatever the log keeps may be missing, of an older shape, or emptied by an erasure; the
sentence is whole all the same.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, DateField, Field, Model, TimeField
from django.urls import reverse
from django.utils.formats import date_format, number_format, time_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext, pgettext
from wagtail.models import ModelLogEntry

from lms.completion import ATTENDED
from lms.models import Cohort, Enrolment, Erasure, Person, Session, Staff, SurveyKind
from lms.zones import by_the_clock

from .words import ENDINGS

Filling = Callable[["Told"], str]
PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Found:
    """What the sentences of one page speak of, read in one go.

    `people` are only those whom the reader may know; `subject` needs no link to itself;
    `on_site`: people are looked up on the trainers' pages, not in the admin.
    """

    rows: Mapping[tuple[int, str], Model]
    people: Mapping[int, Person]
    accounts: Mapping[int, Any]
    titles: Mapping[uuid.UUID, str]
    zone: tzinfo
    subject: Model | None = None
    on_site: bool = False


@dataclass(frozen=True)
class Told:
    """One step: what the log keeps of it, and the row it was about if it is there."""

    entry: ModelLogEntry
    found: Found
    row: Model | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> Person | None:
        return person_of(self.row)

    @property
    def cohort(self) -> Cohort | None:
        if isinstance(self.row, Cohort):
            return self.row
        place = getattr(self.row, "enrolment", None)
        return getattr(self.row, "cohort", None) or getattr(place, "cohort", None)

    def link(self, words: str, row: Model | None, name: str) -> str:
        """The words, leading to the row's page unless this is its own history."""
        if row is None or row == self.found.subject:
            return words
        return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), words)


def person_of(row: Model | None) -> Person | None:
    """Whom a row is about."""
    if isinstance(row, Person):
        return row
    place = getattr(row, "enrolment", None)
    return getattr(row, "person", None) or getattr(place, "person", None)


def fill(text: str, told: Told) -> SafeString:
    """The sentence with its placeholders filled; only links in it are markup."""
    wanted = {
        name: conditional_escape(_FILLINGS[name](told)) for name in names_in(text)
    }
    return mark_safe(conditional_escape(text) % wanted)  # noqa: S308 - all is escaped


def names_in(text: str) -> set[str]:
    return set(PLACE.findall(text))


def register(name: str, filling: Filling) -> None:
    """Let sentences say this, too."""
    _FILLINGS[name] = filling


def known() -> set[str]:
    """The names of all placeholders."""
    return set(_FILLINGS)


def _person(told: Told) -> str:
    person = told.person
    if person is None:
        return told.entry.label
    return _linked(told, person)


def _linked(told: Told, person: Person) -> str:
    """A row merged into another one has no page that everybody here may open."""
    place = getattr(told.row, "enrolment", told.row)
    if told.found.on_site and isinstance(place, Enrolment):
        page = reverse("lms:cohort_person", args=[place.cohort.code, place.pk])
        return format_html('<a href="{}">{}</a>', page, person)
    seen = None if person.merged_into_id else told.found.people.get(person.pk)
    return told.link(str(person), seen, "lms_people:inspect")


def _cohort(told: Told) -> str:
    cohort = told.cohort
    if cohort is None:
        return told.data.get("cohort") or told.entry.label
    if cohort == told.found.subject:
        # Its name stands above; the code is short.
        return cohort.code
    return told.link(cohort.title, cohort, "lms_cohorts:inspect")


def _whom(told: Told) -> str:
    """One person, or everybody of a cohort."""
    return _person(told) if told.person else _cohort(told)


def _other(told: Told) -> str:
    """The second person of a merge; nobody is named to whom they are a stranger."""
    key = told.data.get("person", told.data.get("other"))
    other = told.found.people.get(key) if isinstance(key, int) else None
    if other is None:
        return pgettext("timeline", "another row")
    return _linked(told, other)


def _account(told: Told) -> str:
    key = told.data.get("user")
    account = told.found.accounts.get(key) if isinstance(key, int) else None
    return name_of(account) if account else gettext("a deleted account")


def _role(told: Told) -> str:
    return _label(Staff.Role, told.data.get("role"))


def _session(told: Told) -> str:
    session = told.row
    if not isinstance(session, Session):
        return told.entry.label
    when = f"{date_format(session.local_date)}, {session.local_time:%H:%M}"
    words = f"{when}, {session.title}" if session.title else when
    return told.link(words, session, "lms:register")


def _fields(told: Told) -> str:
    """Names of what was changed, as forms call it."""
    changed = told.data.get("changed")
    old_and_new = changed if isinstance(changed, dict) else {}
    names = [
        *(old_and_new or _listed(changed)),
        *_listed(told.data.get("fields")),
        *_listed(told.data.get("field")),
    ]
    labels = [
        _change(field, old_and_new.get(name))
        for name in names
        if (field := _field(told.row, name))
    ]
    if not labels:
        return pgettext("timeline", "it is not written down what")
    return get_text_list(labels, gettext("and"))


def _listed(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    is_list = isinstance(value, list)
    return [one for one in value if isinstance(one, str)] if is_list else []


def _field(row: Model | None, name: str) -> Field | None:
    try:
        field = row._meta.get_field(name) if row else None
    except FieldDoesNotExist:
        return None
    return field if hasattr(field, "verbose_name") else None


def _change(field: Field, values) -> str:
    """What the field is called, with what it said and says where that is kept."""
    if not (isinstance(values, list) and len(values) == 2):
        return str(field.verbose_name)
    old, new = (_in_words(field, value) for value in values)
    words = {"field": field.verbose_name, "old": old, "new": new}
    return gettext("%(field)s (%(old)s → %(new)s)") % words


def _in_words(field: Field, value) -> str:
    """A stored text as a form would show it."""
    if value in ("", None):
        return "–"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return gettext("yes") if value == "True" else gettext("no")
    try:
        if isinstance(field, DateField):
            return date_format(date.fromisoformat(value))
        if isinstance(field, TimeField):
            return time_format(time.fromisoformat(value), "H:i")
    except (TypeError, ValueError):
        return "–"
    return str(value)


def _activity(told: Told) -> str:
    key = told.data.get("activity") or told.data.get("requirement")
    if key in ATTENDED:
        return str(ATTENDED[key])
    title = told.found.titles.get(key_in(key or getattr(told.row, "quiz_key", None)))
    return title or pgettext("timeline", "one that is no longer there")


def key_in(value) -> uuid.UUID | None:
    """The lesson, quiz or course that a step names, "before:" going before a course."""
    try:
        return uuid.UUID(str(value).rpartition(":")[2])
    except ValueError:
        return None


def _number(told: Told) -> str:
    """The one figure of a step, by whatever key."""
    for key in _FIGURES:
        value = told.data.get(key)
        if isinstance(value, int | str) and value != "":
            return number_format(value) if isinstance(value, int) else value
    return "–"


def _until(told: Told) -> str:
    try:
        until = datetime.fromisoformat(told.data.get("until", ""))
    except (TypeError, ValueError):
        return "–"
    return by_the_clock(until, told.found.zone)


def _day(told: Told) -> str:
    try:
        return date_format(date.fromisoformat(told.data.get("on", "")))
    except (TypeError, ValueError):
        return "–"


def _file(told: Told) -> str:
    if told.data.get("table") == "matrix":
        return gettext("how far everybody of the cohort is")
    if told.data.get("table") == "attendance":
        return gettext("the attendance of everybody of the cohort")
    if told.data.get("report"):
        return gettext("figures of a report")
    return told.data.get("file") or "–"


def _organisation(told: Told) -> str:
    return str(getattr(told.row, "organisation", None) or told.entry.label)


def _label(choices, value) -> str:
    return str(dict(choices.choices).get(str(value), "–"))


_FIGURES = (
    "people",
    "letters",
    "count",
    "seats",
    "priority",
    "new_places",
    "days",
    "version",
    "number",
)
_FILLINGS: dict[str, Filling] = {
    "person": _person,
    "cohort": _cohort,
    "whom": _whom,
    "other": _other,
    "account": _account,
    "role": _role,
    "session": _session,
    "fields": _fields,
    "activity": _activity,
    "number": _number,
    "until": _until,
    "day": _day,
    "file": _file,
    "organisation": _organisation,
    "thing": lambda told: str(told.row or "") or told.entry.label or "–",
    "letter": lambda told: getattr(told.row, "subject", "") or told.entry.label,
    "variant": lambda told: told.data.get("variant") or "–",
    "before": lambda told: told.data.get("from") or "–",
    "survey": lambda told: _label(SurveyKind, told.data.get("kind")),
    "ending": lambda told: str(ENDINGS.get(str(told.data.get("ended")), "–")),
    "certificates": lambda told: _label(
        Erasure.Certificates, told.data.get("certificates")
    ),
}


def name_of(account) -> str:
    """How staff and participants are called where their steps are told."""
    person = getattr(account, "person", None)
    return str(person or account.get_full_name() or account.get_username())
