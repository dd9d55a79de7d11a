"""The forms of importing sessions: the file, and the rows kept between two pages."""

from dataclasses import asdict, fields
from datetime import date, time

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from courses.tables.sheets import MOST_BYTES, Unreadable
from lms.models import Cohort
from lms.session_list.ics import read_calendar
from lms.session_list.moments import Order
from lms.session_list.row import Row
from lms.session_list.table import read_table

from .confirming import ConfirmedForm

_DAY = 24 * 60 * 60
_CALENDAR = b"BEGIN:VCALENDAR"


class SessionListForm(forms.Form):
    """Which list, and how its dates are to be read where that is not clear."""

    file = forms.FileField(
        label=_("List of sessions"),
        max_length=255,
        help_text=_("A workbook (.xlsx), a CSV file or a calendar file (.ics)."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv,.ics"}),
        error_messages={"empty": _("The file is empty.")},
    )
    order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Order.UNKNOWN.value, _("refuse them")),
            (Order.DAY_FIRST.value, _("the day comes first: 3 April")),
            (Order.MONTH_FIRST.value, _("the month comes first: 4 March")),
        ],
        initial=Order.UNKNOWN.value,
    )

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.rows: list[Row] = []

    def clean(self):
        """The file must hold sessions; the rows are read here, once."""
        answers = super().clean()
        if "file" in answers and "order" in answers:
            data = answers["file"].read(MOST_BYTES + 1)
            try:
                self.rows = self._read(data, Order(answers["order"]))
            except Unreadable as reason:
                self.add_error("file", str(reason))
        return answers

    def _read(self, data: bytes, order: Order) -> list[Row]:
        if len(data) > MOST_BYTES:
            raise Unreadable(_("The file is too large. Is it the right one?"))
        if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == _CALENDAR:
            return read_calendar(data, self.cohort.zone)
        rows = read_table(data, order)
        if not rows:
            raise Unreadable(_("There is no line below the headings."))
        return rows


class ApplyForm(ConfirmedForm):
    """The rows as they were shown, signed so that nobody changes them on the way."""

    rows = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort

    def clean_rows(self) -> list[Row]:
        try:
            told = signing.loads(
                self.cleaned_data["rows"], salt=_salt(self.cohort), max_age=_DAY
            )
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page has become too old. Choose the file once more.")
            ) from None
        return [_row(one) for one in told]


def kept(cohort: Cohort, rows: list[Row]) -> str:
    """The rows as the page carries them to its next step; the server keeps nothing."""
    told = [
        [None if value is None else _plain(value) for value in asdict(row).values()]
        for row in rows
    ]
    return signing.dumps(told, salt=_salt(cohort), compress=True)


def _salt(cohort: Cohort) -> str:
    return f"lms.session_import.{cohort.pk}"


def _plain(value):
    return value.isoformat() if isinstance(value, date | time) else value


def _row(told: list) -> Row:
    values = dict(zip((one.name for one in fields(Row)), told, strict=True))
    if values["on"] and values["at"]:
        values["on"] = date.fromisoformat(values["on"])
        values["at"] = time.fromisoformat(values["at"])
    return Row(**values)
