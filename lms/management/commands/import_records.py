"""Reads the records of training from a file into an empty site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms.actions.records import read_records
from lms.actions.refusal import Refused


class Command(BaseCommand):
    help = "Reads what export_records wrote; the content must be here first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        try:
            with file.open(encoding="utf-8") as lines:
                count = read_records(lines)
        except (Refused, OSError) as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"Records read: {count}.")
