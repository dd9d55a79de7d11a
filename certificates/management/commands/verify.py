"""Says of each file whether it is a certificate of ours; for scripts and archives."""

import json
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certificates.checking.answer_json import of_file
from certificates.checking.file_check import (
    LARGEST,
    FileAnswer,
    check_file,
    check_seal,
    without_file,
)
from certificates.checking.file_words import GOOD, FileVerdict
from certificates.checking.verifier.reading import NoKeys, read_keys


class Command(BaseCommand):
    help = (
        "Checks PDF files of certificates. Ends with 0 when all are genuine and valid. "
        "With --keys the seal alone is checked and no database is asked."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.pdf")
        parser.add_argument("--json", action="store_true", help="A JSON object a line.")
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="FILE",
            help="The keys: the page of the offline verifier, or certificates in PEM.",
        )

    def handle(self, *, files, keys, **options):
        check = partial(check_seal, keys=_read(keys)) if keys else check_file
        write = _as_json if options["json"] else _as_line
        is_good = True
        for file in files:
            answer = _answer(file, check)
            self.stdout.write(write(file, answer))
            is_good = is_good and answer.verdict in GOOD
        if not is_good:
            raise SystemExit(1)


def _read(keys: Path):
    try:
        return read_keys(keys)
    except NoKeys as error:
        raise CommandError(f"No keys of a seal can be read in {keys}.") from error


def _answer(file: Path, check) -> FileAnswer:
    try:
        if file.stat().st_size > LARGEST:
            return without_file(FileVerdict.TOO_LARGE)
        return check(file.read_bytes())
    except OSError as error:
        said = _("This file cannot be read.")
        return FileAnswer(FileVerdict.EMPTY, said, error.strerror or "")


def _as_line(file: Path, answer: FileAnswer) -> str:
    number = dict(answer.about.claims).get(_("Number")) if answer.about else None
    return f"{file}: {answer.sentence}" + (f" ({number})" if number else "")


def _as_json(file: Path, answer: FileAnswer) -> str:
    return json.dumps({"path": str(file)} | of_file(answer), ensure_ascii=False)
