"""Who has done what in a cohort, as a file for a purpose, made by a job (RP-08)."""

from typing import IO

from django.core.exceptions import PermissionDenied

from . import scoping
from .actions.exports import register_kind, start_export
from .matrix import file_rows, matrix_of
from .models import Cohort, Export
from .reports.export import csv_lines, write_xlsx

MATRIX = "matrix"


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


def write(export: Export, file: IO[bytes]) -> None:
    """The rows as they are when the file is made, if `export.by` still may see them."""
    asked = export.params
    cohorts = scoping.cohorts_for(export.by, "see").select_related("edition")
    cohort = cohorts.filter(pk=asked["cohort"]).first()
    if cohort is None:
        raise PermissionDenied
    matrix = matrix_of(cohort)
    chosen = matrix.chosen(show=asked["show"], missing=asked["missing"])
    rows = file_rows(matrix, chosen)
    if asked["format"] == "xlsx":
        write_xlsx(file, rows)
    else:
        file.writelines(line.encode() for line in csv_lines(rows))


register_kind(MATRIX, write)
