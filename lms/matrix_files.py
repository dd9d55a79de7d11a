"""Who has done what in a cohort, and who was there: files for a purpose (RP-08)."""

from collections.abc import Iterable
from typing import IO

from django.core.exceptions import PermissionDenied

from . import scoping
from .actions.exports import register_kind, start_export
from .attendance_table import attendance_table_of
from .attendance_table import file_rows as attendance_rows
from .matrix import file_rows, matrix_of
from .models import Cohort, Export
from .reports.export import csv_lines, write_xlsx

MATRIX, ATTENDANCE = "matrix", "attendance"


def start(
    cohort: Cohort, *, show: str, missing: str, format: str, purpose: str, by
) -> Export:
    """Ask for the rows that the matrix shows; raises PurposeMissing."""
    return start_export(
        MATRIX,
        params={
            "table": MATRIX,
            "cohort": cohort.pk,
            "show": show,
            "missing": missing,
            "format": format,
        },
        name=f"matrix-{cohort.code}.{format}",
        purpose=purpose,
        by=by,
        about=cohort,
    )


def start_attendance(cohort: Cohort, *, format: str, purpose: str, by) -> Export:
    """Ask for everybody's attendance; raises PurposeMissing."""
    return start_export(
        ATTENDANCE,
        params={"table": ATTENDANCE, "cohort": cohort.pk, "format": format},
        name=f"attendance-{cohort.code}.{format}",
        purpose=purpose,
        by=by,
        about=cohort,
    )


def write(export: Export, file: IO[bytes]) -> None:
    """The rows as they are when the file is made, if `export.by` still may see them."""
    asked = export.params
    matrix = matrix_of(_cohort(export))
    chosen = matrix.chosen(show=asked["show"], missing=asked["missing"])
    _write(file, file_rows(matrix, chosen), asked["format"])


def write_attendance(export: Export, file: IO[bytes]) -> None:
    """The same for the figures of attendance."""
    table = attendance_table_of(_cohort(export))
    _write(file, attendance_rows(table), export.params["format"])


def _cohort(export: Export) -> Cohort:
    cohorts = scoping.cohorts_for(export.by, "see").select_related("edition")
    cohort = cohorts.filter(pk=export.params["cohort"]).first()
    if cohort is None:
        raise PermissionDenied
    return cohort


def _write(file: IO[bytes], rows: Iterable[list], format: str) -> None:
    if format == "xlsx":
        write_xlsx(file, rows)
    else:
        file.writelines(line.encode() for line in csv_lines(rows))


register_kind(MATRIX, write)
register_kind(ATTENDANCE, write_attendance)
