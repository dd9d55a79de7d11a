"""Enrol the people of a list from the command line; without --apply only a dry run."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Audience
from courses.tables.sheets import MOST_BYTES, Unreadable
from lms.actions.refusal import Refused
from lms.actions.roster import Applied, Plan, apply, plan, remembered_columns
from lms.models import Cohort, Organisation
from lms.roster.listing import read_roster
from lms.roster.matching import SOMEBODY_ELSE, Match, Outcome
from lms.roster.rows import Defaults
from lms.roster_words import happening, notes


class Command(BaseCommand):
    help = "Shows what a list of people (CSV or XLSX) would do; enrols with --apply."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--cohort", required=True, help="The cohort's code.")
        parser.add_argument(
            "--audience",
            choices=Audience.values,
            default="",
            help="For lines that name no audience.",
        )
        parser.add_argument(
            "--organisation",
            default="",
            help="Who sent the list: its usual columns, and for lines that name none.",
        )
        parser.add_argument("--apply", action="store_true", help="Enrol them.")
        parser.add_argument("--by", default="", help="The user name kept in the log.")
        parser.add_argument(
            "--same",
            nargs="+",
            default=[],
            metavar="LINE",
            help="On these lines the person known by this name is meant.",
        )
        parser.add_argument(
            "--other",
            nargs="+",
            default=[],
            metavar="LINE",
            help="On these lines somebody else of the same name is meant.",
        )

        parser.add_argument(
            "--reason",
            default="",
            help="Why people are enrolled who lack what must come before; needs --by.",
        )

    def handle(self, *, file, cohort, by, **options):
        if options["reason"] and not by:
            raise CommandError(_("Say with --by who gives this reason."))
        cohort = self._one(Cohort.objects.filter(code__iexact=cohort), cohort)
        user = None
        if by:
            user = self._one(get_user_model().objects.filter(username=by), by)
        try:
            dry_run = self._plan(file, cohort, **options)
            self._show(dry_run)
            if options["apply"]:
                self._tell(apply(dry_run, by=user))
            else:
                self._offer(dry_run)
        except (Refused, Unreadable) as reason:
            raise CommandError(str(reason)) from reason

    def _one(self, rows, wanted):
        row = rows.first()
        if row is None:
            name = rows.model._meta.verbose_name
            raise CommandError(
                _("There is no %(what)s “%(wanted)s”.")
                % {"what": name, "wanted": wanted}
            )
        return row

    def _plan(
        self, file, cohort, *, audience, organisation, same, other, reason, **options
    ):
        known = Organisation.objects.filter(name__iexact=organisation).first()
        roster = read_roster(
            self._bytes(file),
            remembered=remembered_columns(known),
            defaults=Defaults(audience=audience, organisation=organisation),
        )
        dry_run = plan(roster, cohort=cohort, reason=reason)
        decisions = dict.fromkeys(other, SOMEBODY_ELSE)
        for line in dry_run.lines:
            if line.row.key in same and len(line.candidates) == 1:
                decisions[line.row.key] = line.candidates[0].pk
        if not decisions:
            return dry_run
        return plan(roster, cohort=cohort, decisions=decisions, reason=reason)

    def _bytes(self, file: Path) -> bytes:
        try:
            with file.open("rb") as source:
                return source.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s.")
                % {"file": file, "why": error.strerror}
            ) from error

    def _show(self, dry_run: Plan) -> None:
        for note in notes(dry_run.roster):
            self.stdout.write(note)
        self.stdout.write("")
        for line in dry_run.lines:
            self.stdout.write(_line(line))
            for warning in line.warnings:
                self.stdout.write("      " + _("Warning: %(text)s") % {"text": warning})
        self.stdout.write("")
        warned = len(dry_run.warned)
        self.stdout.write(
            ngettext(
                "%(count)s line carries a warning.",
                "%(count)s lines carry a warning.",
                warned,
            )
            % {"count": warned}
        )

    def _offer(self, dry_run: Plan) -> None:
        if dry_run.refusal:
            raise dry_run.refusal
        count = len(dry_run.to_enrol)
        self.stdout.write(
            ngettext(
                "Dry run: nothing was changed. With --apply %(count)s person is "
                "enrolled in %(cohort)s.",
                "Dry run: nothing was changed. With --apply %(count)s people are "
                "enrolled in %(cohort)s.",
                count,
            )
            % {"count": count, "cohort": dry_run.cohort.code}
        )

    def _tell(self, applied: Applied) -> None:
        count = len(applied.enrolled)
        if not count:
            self.stdout.write(
                _("Nothing changed: nobody on this list was left to enrol.")
            )
            return
        self.stdout.write(
            ngettext(
                "%(count)s person was enrolled in %(cohort)s.",
                "%(count)s people were enrolled in %(cohort)s.",
                count,
            )
            % {"count": count, "cohort": applied.plan.cohort.code}
        )


def _line(line: Match) -> str:
    text = _("Line %(line)s: %(name)s: %(what)s") % {
        "line": line.row.key,
        "name": line.row.name or "–",
        "what": happening(line),
    }
    if line.outcome == Outcome.SUGGESTED:
        return text + " " + _("(--same or --other %(line)s)") % {"line": line.row.key}
    return text
