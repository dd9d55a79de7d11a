"""How a table says what it holds about people. Knows no model, only their names.

    declare(
        "lms.Person",
        {"position": held(Kind.PROFILE, "Who is trained.", Fate.CLEAR)},
        person="pk",
        kind=Kind.PROFILE,
        deeds="checked_by",
        plain="locale",
    )

Every text, file, JSON, and every link to a person or an account must be named: as
`held`, in `deeds` (who acted as staff) or in `plain` (says nothing about anybody).
Other columns of a table about people (days, figures) are of the table's `kind`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .topics import Topic


class Kind(TextChoices):
    """What sort of data it is: rules of keeping and erasing go by it."""

    IDENTITY = "identity", _("Identity")
    CONTACT = "contact", _("Contact")
    PROFILE = "profile", pgettext_lazy("data", "Profile")
    RESULT = "result", _("Learning result")
    EVIDENCE = "evidence", _("Evidence")
    MESSAGE = "message", _("Message")
    AUDIT = "audit", _("Record of who did what")
    ACCOUNT = "account", _("Account")
    CONSENT = "consent", _("Consent")


# Where a table says no topic of its own.
_TOPIC_OF = {
    Kind.RESULT: Topic.COURSES,
    Kind.EVIDENCE: Topic.COURSES,
    Kind.MESSAGE: Topic.LETTERS,
    Kind.AUDIT: Topic.WISHES,
    Kind.CONSENT: Topic.WISHES,
    Kind.ACCOUNT: Topic.ACCOUNT,
}


class Fate(TextChoices):
    """What erasing a person does to it."""

    KEEP = "keep", pgettext_lazy("data", "Stays")
    CLEAR = "clear", _("Is emptied")
    REPLACE = "replace", _("Is replaced by what names nobody")
    DELETE = "delete", _("The row is deleted")


@dataclass(frozen=True)
class Held:
    """One field. `is_secret`: never given out, not even to its person.

    `becomes` says of a row what stands there after an erasure that replaces.
    """

    kind: Kind
    why: str
    fate: Fate = Fate.CLEAR
    becomes: Callable[[Any], object] | None = None
    is_secret: bool = False


held = Held


@dataclass(frozen=True)
class Table:
    """One model. `person` and `account` are the paths to whom its rows are about.

    A row may lead to its person in several ways: the paths stand side by side. Where
    none may be there, `address` is the field with the e-mail somebody is known by.
    """

    label: str
    person: str = ""
    account: str = ""
    address: str = ""
    kind: Kind | None = None
    topic: Topic = Topic.YOU
    fate: Fate = Fate.KEEP
    why: str = ""
    fields: Mapping[str, Held] = field(default_factory=dict)
    deeds: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    is_content: bool = False

    @property
    def is_about_people(self) -> bool:
        return bool(self.paths or self.address)

    @property
    def paths(self) -> list[str]:
        return [*self.person.split(), *self.account.split()]

    def knows(self, name: str) -> bool:
        """Has somebody said what this field is?"""
        return name in self.fields or name in self.deeds or name in self.plain


_tables: dict[str, Table] = {}


def declare(
    label: str,
    fields: Mapping[str, Held] | None = None,
    *,
    person: str = "",
    account: str = "",
    address: str = "",
    kind: Kind | None = None,
    topic: Topic | None = None,
    fate: Fate = Fate.KEEP,
    why: str = "",
    deeds: str = "",
    plain: str = "",
) -> None:
    """Say what a model holds about people; a second call replaces the first."""
    _tables[label.lower()] = Table(
        label,
        person,
        account,
        address,
        kind,
        topic or _TOPIC_OF.get(kind, Topic.YOU),
        fate,
        why,
        fields or {},
        frozenset(deeds.split()),
        frozenset(plain.split()),
    )


def declare_content(labels: str, *, deeds: str = "", plain: str = "") -> None:
    """Models whose texts teach or configure. Links to people are still to be named."""
    for label in labels.split():
        _tables[label.lower()] = Table(
            label,
            deeds=frozenset(deeds.split()),
            plain=frozenset(plain.split()),
            is_content=True,
        )


def table_of(label: str) -> Table | None:
    return _tables.get(label.lower())


def tables() -> Iterator[Table]:
    """All, in the order in which they were declared."""
    return iter(list(_tables.values()))


def about_people() -> list[Table]:
    return [table for table in tables() if table.is_about_people]
