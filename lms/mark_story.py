"""What happened to a mark, told in plain sentences. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Mark, MarkEvent

Kind, Flag = MarkEvent.Kind, MarkEvent.Flag
# Came to us this much later than it happened (ATT-27).
LATE = timedelta(minutes=2)

MEANINGS = {
    Flag.LATE_UPLOAD: gettext_lazy(
        "It was sent later than it happened: the device had no connection. What "
        "counts is when it happened."
    ),
    Flag.CLOCK: gettext_lazy("The clock of the device was wrong."),
    Flag.SAME_DEVICE: gettext_lazy(
        "The same device checked somebody else in at this session."
    ),
    Flag.OFF_SITE: gettext_lazy("It came from another network than the room's."),
    Flag.BURST: gettext_lazy("Many people checked in within a minute."),
    Flag.DUPLICATE: gettext_lazy(
        "The person was checked in twice; the earlier time counts."
    ),
    Flag.CONFLICT: gettext_lazy(
        "Two people marked this otherwise without seeing each other's mark; the "
        "later one counts."
    ),
    Flag.FORCED: gettext_lazy(
        "It was taken without a connection and would have been refused with one. It "
        "counts only when somebody accepts it."
    ),
    Flag.AFTER_SIGN_OFF: gettext_lazy(
        "It was changed after the register had been signed off."
    ),
    Flag.EXIT_WITHOUT_ENTRY: gettext_lazy(
        "The person went out, but nobody noted when they came in."
    ),
    Flag.AUTO: gettext_lazy(
        "Nobody noted when the person left: they are counted to the session's end."
    ),
}


@dataclass(frozen=True)
class Told:
    """One event in words, and what became of it since."""

    event: MarkEvent
    undone_by: MarkEvent | None = None
    accepted_by: MarkEvent | None = None

    @property
    def is_open(self) -> bool:
        """Neither taken back nor accepted."""
        return not (self.undone_by or self.accepted_by)

    @property
    def can_be_undone(self) -> bool:
        return self.undone_by is None and self.event.kind != Kind.UNDO

    @cached_property
    def what(self) -> str:
        """One sentence: who or what said which thing."""
        event = self.event
        words = {"by": event.by or _("The system"), "mark": _mark(event.stated)}
        if event.kind in (Kind.UNDO, Kind.ACCEPT):
            words["what"] = Told(event.about).what if event.about else "–"
        return str(_sentence(event)) % words

    @property
    def change(self) -> str:
        """What it did to the mark, where its own sentence does not say so."""
        event = self.event
        if event.old_id == event.new_id:
            return ""
        if event.old is None and event.kind == Kind.SET and event.stated == event.new:
            return ""
        words = {"old": event.old, "new": event.new}
        if event.old is None:
            return _("The mark became %(new)s.") % words
        if event.new is None:
            return _("There is no mark any more; it was %(old)s.") % words
        return _("The mark changed from %(old)s to %(new)s.") % words

    @property
    def is_late(self) -> bool:
        return self.event.received_at - self.event.happened_at > LATE

    @property
    def meanings(self) -> list[str]:
        """What each flag of the event means."""
        flags = self.event.flags
        if self.event.is_arrival_anew:
            # The sentence itself says what the system did.
            flags = [flag for flag in flags if flag != Flag.AUTO]
        return meanings_of(flags)


def story_of(events: Iterable[MarkEvent]) -> list[Told]:
    """The events of a person at a session, or of many, in the order given."""
    events = list(events)
    undone = {one.about_id: one for one in events if one.kind == Kind.UNDO}
    accepted = {
        one.about_id: one
        for one in events
        if one.kind == Kind.ACCEPT and one.pk not in undone
    }
    return [Told(one, undone.get(one.pk), accepted.get(one.pk)) for one in events]


def meanings_of(flags: Iterable[str]) -> list[str]:
    return [str(MEANINGS[flag]) for flag in flags if flag in MEANINGS]


def _mark(status) -> str:
    return str(status) if status else _("No mark")


def _sentence(event: MarkEvent):
    if event.kind == Kind.UNDO:
        return gettext_lazy("%(by)s took this back: “%(what)s”")
    if event.kind == Kind.ACCEPT:
        return gettext_lazy("%(by)s accepted this: “%(what)s”")
    if event.kind == Kind.REMARK:
        return gettext_lazy("%(by)s wrote a remark.")
    if event.is_arrival_anew:
        return gettext_lazy("Arrival by the new time of the session: %(mark)s.")
    if event.kind == Kind.ENTRY:
        return gettext_lazy("Came in, scanned by %(by)s.")
    if event.kind == Kind.EXIT:
        if event.is_closing:
            return gettext_lazy("Stayed until the session ended.")
        return gettext_lazy("Went out, scanned by %(by)s.")
    return {
        Mark.Source.TRAINER: gettext_lazy("%(by)s marked: %(mark)s."),
        Mark.Source.PERSONAL_CODE: gettext_lazy(
            "Checked in with the personal code, scanned by %(by)s: %(mark)s."
        ),
        Mark.Source.ROOM_CODE: gettext_lazy(
            "Checked in with the code of the room: %(mark)s."
        ),
        Mark.Source.IMPORT: gettext_lazy("%(by)s imported a list: %(mark)s."),
    }[event.source]
