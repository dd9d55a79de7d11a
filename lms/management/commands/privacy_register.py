"""Writes the register of personal data into docs/privacy.md."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.personal.page import put_into
from lms.personal.walk import stale, unclassified, unreachable


class Command(BaseCommand):
    help = "Writes the register of personal data into a page of documentation."

    def add_arguments(self, parser):
        default = Path(settings.BASE_DIR) / "docs" / "privacy.md"
        parser.add_argument("--page", type=Path, default=default)

    def handle(self, *, page: Path, **options):
        unknown = [*unclassified(), *unreachable(), *stale()]
        if unknown:
            raise CommandError("Not in the register: " + ", ".join(unknown))
        page.write_text(put_into(page.read_text()))
        self.stdout.write(f"Written: {page}")
