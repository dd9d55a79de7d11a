"""Many certificates as one file, made by a job and kept for some days (CE-35).

The ZIP holds a piece of one paper in memory at a time, the PDF to print one paper.
"""

import shutil
import zipfile
from collections.abc import Iterator
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certificates.file_names import named
from certificates.models import Certificate, IssueRun
from certificates.paper.binding import bind
from lms import scoping
from lms.actions.exports import register_kind, start_export
from lms.actions.refusal import Refused
from lms.models import Cohort, Export

ZIP, PRINT = "certificates_zip", "certificates_print"


class NothingToTake(Refused):
    """There is no valid certificate to put into a file."""


def ask_bundle(
    *,
    cohort: Cohort | None = None,
    run: IssueRun | None = None,
    kind: str = "",
    format: str,
    without_names: bool = False,
    purpose: str,
    by,
) -> Export:
    """Have the certificates of a cohort or of a run made into a ZIP or a PDF.

    Those of a cohort may be of one `kind`; those of a run are.
    """
    params = {"cohort": cohort.pk, "kind": kind} if cohort else {"run": run.pk}
    if not papers(params, by).exists():
        raise NothingToTake(_("There is no valid certificate to take."))
    about = cohort or run.cohort
    title = about.code if about else str(run.pk)
    kind, suffix = (PRINT, "pdf") if format == "print" else (ZIP, "zip")
    return start_export(
        kind,
        params=params | {"without_names": without_names},
        name=named(_("certificates"), title, suffix),
        purpose=purpose,
        by=by,
        about=about,
    )


def papers(params: dict, by) -> QuerySet[Certificate]:
    """The valid ones by name, as far as `by` may issue where they were earned now."""
    rows = Certificate.objects.valid().exclude(pdf="")
    if "run" in params:
        run = IssueRun.objects.filter(pk=params["run"])
        chosen = scoping.scope(run, by, "issue").values("places__certificate")
        rows = rows.filter(pk__in=chosen)
    else:
        rows = rows.filter(cohort=params["cohort"])
        if params["kind"]:
            rows = rows.filter(kind=params["kind"])
    rows = scoping.scope(rows, by, "issue").defer("content")
    return rows.select_related("person").order_by("person__legal_name", "pk")


def write_zip(export: Export, file: IO[bytes]) -> None:
    """Each paper byte by byte as it was issued: the seals hold."""
    is_nameless = export.params["without_names"]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for row in papers(export.params, export.by).iterator(chunk_size=100):
            holder = "" if is_nameless else row.person.legal_name
            entry = zipfile.ZipInfo(
                named(holder, row.number), row.issued_at.timetuple()[:6]
            )
            with row.pdf.open("rb") as paper, archive.open(entry, "w") as place:
                shutil.copyfileobj(paper, place)


def write_print(export: Export, file: IO[bytes]) -> None:
    """All papers in the order of names, to print. It says that it carries no seal."""
    rows = papers(export.params, export.by).iterator(chunk_size=100)
    title = _("Certificates to print; this file has no seal")
    bind(_read(rows), file, title=title)


register_kind(ZIP, write_zip)
register_kind(PRINT, write_print)


def _read(rows: Iterator[Certificate]) -> Iterator[bytes]:
    """One paper after the other."""
    for row in rows:
        with row.pdf.open("rb") as paper:
            yield paper.read()
