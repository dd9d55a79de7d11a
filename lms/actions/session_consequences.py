"""What a change of sessions would bring about, in sentences, before it is made."""

from collections.abc import Collection

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import clock
from lms.models import Cohort, Mark, Session
from lms.overlaps import Slot, in_words, overlaps
from lms.settling import CODES

from .changes import changes
from .series import fields_of, shift, stays, touched
from .session_letters import TOLD, participants, readers

# What decides whether two sessions are in each other's way.
_TAKES_ROOM = {"local_date", "local_time", "minutes", "place"}
_TIME = {"local_date", "local_time", "minutes"}


def of_planning(cohort: Cohort, sessions: Collection[Session], *, user) -> list[str]:
    """What new sessions would be in the way of (ATT-44)."""
    return in_words(overlaps(cohort, [Slot.of(one) for one in sessions]), user)


def of_change(session: Session, *, which: str, fields: dict, user) -> list[str]:
    """Who would be told, which marks and registers it meets, what it overlaps.

    Empty where nothing but the row itself changes: then there is nothing to ask.
    """
    new = {name: fields[name] for name in changes(session, fields)}
    moved = shift(session, new)
    rows = touched(session, which)
    open_rows = [one for one in rows if not stays(one)]
    sentences = [*_how_many(rows, which), *_signed([o for o in rows if stays(o)])]
    if not TOLD.isdisjoint(new):
        sentences += _told(open_rows, as_changed=(new, moved))
    if not _TIME.isdisjoint(new):
        sentences += [*_marks(open_rows), *_check_in(open_rows)]
    if not _TAKES_ROOM.isdisjoint(new):
        after = [_after(one, fields_of(one, new, moved)) for one in open_rows]
        slots = [Slot.of(one) for one in after]
        besides = [one.pk for one in open_rows]
        sentences += in_words(overlaps(session.cohort, slots, besides=besides), user)
    return sentences if new else []


def of_cancelling(session: Session) -> list[str]:
    """What becomes of the marks, and who would be told."""
    count = _count_marks([session])
    marks = ngettext(
        "%(count)s mark stays in history and counts nowhere.",
        "%(count)s marks stay in history and count nowhere.",
        count,
    ) % {"count": count}
    return [*([marks] if count else []), *_told([session])]


def of_correcting(session: Session) -> list[str]:
    """What stays, and what everybody will read."""
    count = _count_marks([session])
    return [
        ngettext(
            "The register is signed off: its %(count)s mark stays as it is.",
            "The register is signed off: its %(count)s marks stay as they are.",
            count,
        )
        % {"count": count},
        _("The register and the participants' pages say: time changed later."),
        _("Nobody is written to."),
    ]


def _after(session: Session, fields: dict) -> Session:
    """The session as it would be, in memory."""
    names = ("local_date", "local_time", "minutes", "place")
    kept = {name: getattr(session, name) for name in names}
    new = {name: value for name, value in fields.items() if name in names}
    return Session(cohort=session.cohort, **kept | new)


def _how_many(rows: list[Session], which: str) -> list[str]:
    if len(rows) < 2:
        return []
    days = ", ".join(formats.date_format(one.local_date, "j E") for one in rows)
    return [
        ngettext(
            "%(count)s session of the series: %(days)s.",
            "%(count)s sessions of the series: %(days)s.",
            len(rows),
        )
        % {"count": len(rows), "days": days}
    ]


def _signed(rows: list[Session]) -> list[str]:
    if not rows:
        return []
    days = ", ".join(formats.date_format(one.local_date, "j E") for one in rows)
    return [_("Signed off, so these stay as they are: %(days)s.") % {"days": days}]


def _told(rows: list[Session], *, as_changed=None) -> list[str]:
    """Letters go out for what is still to come, whatever it is changed to."""
    now = clock.now()
    coming = [one for one in rows if _start(one, as_changed) > now]
    count = readers(coming[0]) if coming else 0
    if not count:
        return []
    words = ngettext(
        "%(count)s person is told by a letter.",
        "%(count)s people are told by a letter.",
        count,
    ) % {"count": count}
    if len(coming) > 1:
        return [words + " " + _("One letter for each session.")]
    return [words]


def _start(session: Session, as_changed):
    if as_changed is None:
        return session.starts_at
    return _after(session, fields_of(session, *as_changed)).instant()


def _marks(rows: list[Session]) -> list[str]:
    count = _count_marks(rows)
    if not count:
        return []
    sentences = [
        ngettext(
            "%(count)s mark is made already; a trainer's mark stays as it is.",
            "%(count)s marks are made already; a trainer's marks stay as they are.",
            count,
        )
        % {"count": count}
    ]
    by_code = Mark.objects.filter(session__in=rows, source__in=CODES).count()
    if by_code:
        sentences.append(
            ngettext(
                "%(count)s came from a code: what the arrival counts as follows the "
                "new time.",
                "%(count)s came from codes: what the arrivals count as follows the "
                "new time.",
                by_code,
            )
            % {"count": by_code}
        )
    return sentences


def _count_marks(rows: list[Session]) -> int:
    return Mark.objects.filter(session__in=rows).exclude(status=None).count()


def _check_in(rows: list[Session]) -> list[str]:
    now = clock.now()
    coming = [one for one in rows if one.starts_at > now]
    count = participants(coming[0]) if coming else 0
    if not count:
        return []
    return [
        ngettext(
            "The time to check in oneself moves with it, for %(count)s participant.",
            "The time to check in oneself moves with it, for %(count)s participants.",
            count,
        )
        % {"count": count}
    ]
