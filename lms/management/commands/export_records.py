"""Writes every record of training into a file."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand

from lms.actions.records import write_records


class Command(BaseCommand):
    help = "Writes all records and accounts into a file that only its owner may read."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        with open(file, "w", encoding="utf-8", opener=_for_owner) as stream:
            count = write_records(stream)
        self.stdout.write(f"Records written: {count}.")


def _for_owner(path, flags):
    return os.open(path, flags, 0o600)
