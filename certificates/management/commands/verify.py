"""Says of each file whether it is a certificate of ours; for scripts and archives."""

import json
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certificates.checking.answer_json import of_file
from certificates.checking.file_answer import FileAnswer, without_file
from certificates.checking.file_check import LARGEST, check_file, check_seal
from certificates.checking.file_words import GOOD, FileVerdict
from certificates.checking.verification import Answer
from certificates.checking.verifier.reading import NoKeys, read_keys


class Command(BaseCommand):
    help = (
        "Checks certificates: PDF files, and badges as JSON, PNG or SVG. Ends with 0 "
        "when all are genuine and valid. With --keys the seal or the signature alone "
        "is checked and no database is asked."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="A JSON object a line.")
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="FILE",
            help="The keys: the page of the offline verifier, or certificates in PEM.",
        )

    def handle(self, *, files, keys, **options):
        # Who works on the server may read every name there.
        ours = partial(check_file, knows_names=True)
        check = partial(check_seal, keys=_read(keys)) if keys else ours
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
    whose = ", ".join(_whose(answer.about)) if answer.about else ""
    return f"{file}: {answer.sentence}" + (f" ({whose})" if whose else "")


def _whose(about: Answer) -> list[str]:
    """The number, and the holder unless they asked to be forgotten."""
    return [text for text in (about.facts["number"], about.holder) if text]


def _as_json(file: Path, answer: FileAnswer) -> str:
    return json.dumps({"path": str(file)} | of_file(answer), ensure_ascii=False)
