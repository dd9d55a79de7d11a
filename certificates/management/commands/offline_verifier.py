"""Writes the page that checks certificates without a network."""

from pathlib import Path

from django.core.management.base import BaseCommand

from certificates.checking.verifier.assembling import page
from certificates.checking.verifier.publishing import published
from certificates.seal import keys


class Command(BaseCommand):
    help = "Writes one file of HTML that checks our certificates without a network."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        file.write_text(page(published(key=keys.credential_key())), encoding="utf-8")
        self.stdout.write(f"Written: {file}. Its keys and its list are those of today.")
