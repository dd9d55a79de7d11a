"""Sets of statuses: made, and changed without touching what was marked (ATT-37)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.attendance import forget_statuses
from lms.models import MarkStatus, StatusSet
from lms.statuses import full_of

from .refusal import Refused


class TitleTaken(Refused):
    """Another set has this title."""

    field = "title"


class StatusesUnclear(Refused):
    """A list of statuses with which no register could be taken."""

    field = "statuses"


@dataclass(frozen=True)
class Row:
    """One status as it was written; `credit` is a share, `names` are by language."""

    code: str
    credit: Decimal
    names: dict[str, str] = field(default_factory=dict)
    counts: bool = True
    until_minutes: int | None = None

    @property
    def worth(self) -> tuple:
        """What a mark with it would mean: what never changes once it is used."""
        return self.code, self.credit, self.counts, self.until_minutes


@transaction.atomic
def make_status_set(*, title: str, rows: Sequence[Row], by) -> StatusSet:
    """A new set; raises TitleTaken or StatusesUnclear."""
    _check(rows)
    made = StatusSet(title=title.strip())
    _save(made)
    _add_version(made, rows, version=1)
    forget_statuses(made.key)
    log(made, "lms.make_status_set", user=by)
    return made


@transaction.atomic
def change_status_set(
    status_set: StatusSet, *, title: str, is_offered: bool, rows: Sequence[Row], by
) -> StatusSet:
    """Change it for sessions that have not begun; nothing new writes nothing.

    Names are corrected where they stand. What a status counts is never changed: all
    of them get a new version, and begun sessions keep the one they have (ATT-37).
    """
    _check(rows)
    status_set = StatusSet.objects.select_for_update().get(pk=status_set.pk)
    changed = _change_itself(status_set, title.strip(), is_offered)
    current = status_set.statuses()
    if sorted(_worths(current)) != sorted(row.worth for row in rows):
        _add_version(status_set, rows, version=current[0].version + 1)
        changed.append("statuses")
    elif _rename(current, rows):
        changed.append("names")
    if changed:
        forget_statuses(status_set.key)
        log(status_set, "lms.change_status_set", user=by, data={"fields": changed})
    return status_set


def _change_itself(status_set: StatusSet, title: str, is_offered: bool) -> list[str]:
    new = {"title": title, "is_offered": is_offered}
    changed = [name for name in new if getattr(status_set, name) != new[name]]
    if changed:
        status_set.title, status_set.is_offered = title, is_offered
        _save(status_set)
    return changed


def _save(status_set: StatusSet) -> None:
    try:
        with transaction.atomic():
            status_set.save()
    except IntegrityError:
        raise TitleTaken(_("Another set has this title.")) from None


def _check(rows: Sequence[Row]) -> None:
    twice = [
        code for code, times in Counter(row.code for row in rows).items() if times > 1
    ]
    if twice:
        raise StatusesUnclear(
            _("The code “%(code)s” stands twice.") % {"code": min(twice)}
        )
    for row in rows:
        if not any(row.names.values()):
            raise StatusesUnclear(
                _("The status “%(code)s” has no name.") % {"code": row.code}
            )
    if full_of(rows) is None:
        raise StatusesUnclear(
            _("One status must count in full, for who was simply there.")
        )


def _worths(statuses: Sequence[MarkStatus]) -> list[tuple]:
    return [(s.code, s.credit, s.counts, s.until_minutes) for s in statuses]


def _add_version(status_set: StatusSet, rows: Sequence[Row], *, version: int) -> None:
    MarkStatus.objects.bulk_create(
        MarkStatus(
            set=status_set.key,
            version=version,
            code=row.code,
            credit=row.credit,
            counts=row.counts,
            until_minutes=row.until_minutes,
            names=row.names,
            position=position,
        )
        for position, row in enumerate(rows)
    )


def _rename(statuses: Sequence[MarkStatus], rows: Sequence[Row]) -> bool:
    """Names and order, which change no figure; true when any did change."""
    wanted = {row.code: (row.names, position) for position, row in enumerate(rows)}
    changed = []
    for status in statuses:
        if (status.names, status.position) != wanted[status.code]:
            status.names, status.position = wanted[status.code]
            changed.append(status)
    MarkStatus.objects.bulk_update(changed, ["names", "position"])
    return bool(changed)
