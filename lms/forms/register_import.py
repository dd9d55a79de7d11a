"""A typed register: the file, what its columns mean, and who its lines are."""

import json
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.tables.sheets import MOST_BYTES, Line, Sheet, Unreadable
from lms.register_table import Order, Table, read_table
from lms.roster.reading import read

COLUMN = re.compile(r"column-(\d{1,3})", re.ASCII)
WHO = re.compile(r"who-(\d{1,6})", re.ASCII)
MOST_KEPT = 2_000_000


class TableForm(forms.Form):
    """The file, and which of two numbers of a date is the day."""

    file = forms.FileField(
        label=_("Typed register"),
        error_messages={"required": _("Choose the file.")},
        help_text=_(
            "An Excel workbook (.xlsx) or a CSV file: names in one column, a column "
            "with the date above it for each session. The file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026"),
        required=False,
        choices=[
            (Order.UNKNOWN, _("are not in this file")),
            (Order.DAY_FIRST, _("3 April: the day comes first")),
            (Order.MONTH_FIRST, _("4 March: the month comes first")),
        ],
    )
    # The lines as they were read, carried from step to step and kept nowhere.
    table = forms.CharField(
        required=False, max_length=MOST_KEPT, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Later steps carry its lines.
        self.fields["file"].required = not self.data.get("table")

    def clean(self):
        """Gives the table as `read`, or says why there is none."""
        answers = super().clean()
        try:
            sheets = self._sheets(answers)
        except Unreadable as reason:
            self.add_error("file", str(reason))
            return answers
        if sheets is None:
            return answers
        order = Order(answers.get("order") or "")
        self.read: Table | None = read_table(sheets, order)
        if self.read is None:
            text = _("No line of the file has dates above its columns.")
            self.add_error("file", text)
        self.carried = json.dumps([[n, *cells] for n, cells in sheets[0].lines])
        return answers

    def _sheets(self, answers) -> list[Sheet] | None:
        if answers.get("file"):
            sheets = read(answers["file"].read(MOST_BYTES + 1))
            return next(([s] for s in sheets if read_table([s])), sheets[:1])
        if not answers.get("table"):
            return None
        try:
            rows = json.loads(answers["table"])
            lines = [Line(int(n), tuple(map(str, cells))) for n, *cells in rows]
            if any("\x00" in cell for line in lines for cell in line.cells):
                raise ValueError("No table of ours.")
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise Unreadable(str(_("Choose the file again."))) from error
        return [Sheet("", lines)]


def chosen_columns(data, table: Table, known: set[int]) -> dict[int, int]:
    """By column the session that was chosen for it; what was not offered is dropped."""
    chosen = {}
    for name in data:
        found, value = COLUMN.fullmatch(name), data[name]
        if found and value.isdecimal() and len(value) < 18:
            column = int(found[1])
            if column in table.headings and int(value) in known:
                chosen[column] = int(value)
    return chosen


def decisions_from(data) -> dict[int, str]:
    """By the number of a line who it was said to be."""
    return {
        int(found[1]): data[name][:20]
        for name in data
        if (found := WHO.fullmatch(name)) and data[name]
    }
