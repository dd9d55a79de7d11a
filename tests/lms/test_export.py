"""Files that a spreadsheet opens rightly and that run nothing."""

import io
from datetime import date

import openpyxl

from lms.reports.export import csv_lines, write_xlsx

ROWS = [["Name", "Day", "Count"], ["=HYPERLINK(1)", date(2026, 5, 4), 3]]


def test_a_csv_is_marked_as_utf8_and_its_formulas_are_text():
    """RP-05"""
    rows = [["Ном"], *[[f"{sign}1+1"] for sign in "=+-@"]]

    text = "".join(csv_lines(rows))

    assert text == "\ufeffНом\r\n'=1+1\r\n'+1+1\r\n'-1+1\r\n'@1+1\r\n"


def test_an_xlsx_keeps_types_and_holds_no_formula():
    """RP-05"""
    file = io.BytesIO()

    write_xlsx(file, ROWS)

    sheet = openpyxl.load_workbook(file).active
    name, day, count = sheet[2]
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
    assert (day.is_date, day.value.date()) == (True, date(2026, 5, 4))
    assert (count.value, count.data_type) == (3, "n")
