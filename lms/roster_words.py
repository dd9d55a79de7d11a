"""What a dry run says about a list and its lines, on the screen and elsewhere."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Audience

from .models import Person, Region, Sex
from .roster.listing import Roster
from .roster.matching import Match, Outcome
from .roster.rows import Row


def happening(line: Match) -> str:
    """What would happen with this line, in a few words."""
    if line.outcome == Outcome.REFUSED:
        return _("Refused. %(reason)s") % {"reason": " ".join(line.row.refusals)}
    if line.outcome == Outcome.REPEATED:
        return _("Named above already, on line %(line)s") % {"line": line.first_line}
    if line.outcome == Outcome.UNPREPARED:
        return _("Left out unless you write why. %(lacks)s") % {
            "lacks": " ".join(line.lacks)
        }
    if line.outcome == Outcome.KNOWN and line.adds:
        labels = [str(Person._meta.get_field(name).verbose_name) for name in line.adds]
        return _("Known already, will be enrolled; the list adds: %(what)s") % {
            "what": ", ".join(labels)
        }
    return {
        Outcome.NEW: _("New person, will be enrolled"),
        Outcome.KNOWN: _("Known already, will be enrolled"),
        Outcome.SUGGESTED: _(
            "Somebody of this name is known in this organisation. Say whether it is "
            "the same person; until then the line is left out."
        ),
        Outcome.ENROLLED: _("Enrolled in this cohort already"),
        Outcome.ENDED: _(
            "Was withdrawn from this cohort; give the place back on the person's page"
        ),
    }[line.outcome]


def understood(row: Row) -> list[str]:
    """What the line says of the person, in the reader's language."""
    labels = [
        Sex(row.sex).label if row.sex else "",
        row.position,
        row.organisation,
        Region(row.region).label if row.region else "",
        row.phone,
        row.email,
        Audience(row.audience).label if row.audience else "",
    ]
    return [str(label) for label in labels if label]


def notes(roster: Roster) -> list[str]:
    """What was left out of the list and what it lacks."""
    said = list(roster.notes)
    if roster.ignored_sheets:
        said.append(
            _("Sheets without people, ignored: %(sheets)s.")
            % {"sheets": ", ".join(roster.ignored_sheets)}
        )
    if roster.unused:
        said.append(
            _("Columns that were not needed: %(columns)s.")
            % {"columns": ", ".join(roster.unused)}
        )
    if roster.skipped:
        count = len(roster.skipped)
        said.append(
            ngettext(
                "%(count)s line is no person and was skipped (%(lines)s).",
                "%(count)s lines are no people and were skipped (%(lines)s).",
                count,
            )
            % {"count": count, "lines": "; ".join(roster.skipped[:20])}
        )
    return said
