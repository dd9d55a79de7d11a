"""The list of people behind a report, as a file."""

from typing import IO

from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from lms.models import Export
from lms.reports.answering import form_for
from lms.reports.asker import asker
from lms.reports.dataset import report
from lms.reports.export import csv_lines, write_xlsx
from lms.reports.lists import people_rows

from .exports import register_kind

PEOPLE = "people"


def write_people(export: Export, file: IO[bytes]) -> None:
    """Whom the person may see now, be that fewer than when they asked."""
    asked = report(export.params["report"])
    query = QueryDict(export.params["query"])
    who = asker(export.by, whose=query.get("whose", ""))
    form = form_for(asked, query, who)
    if who.is_observer or asked.people is None or not form.is_valid():
        raise PermissionDenied
    rows = people_rows(asked.people(form.question()))
    if export.params["format"] == "xlsx":
        write_xlsx(file, rows)
    else:
        file.writelines(line.encode() for line in csv_lines(rows))


register_kind(PEOPLE, write_people)
