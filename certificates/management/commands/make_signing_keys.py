"""Make the two keys an installation signs certificates with."""

from pathlib import Path

from django.core.management.base import BaseCommand

from certificates.seal import key_files
from courses import clock


class Command(BaseCommand):
    help = (
        "Writes seal.pem and credential.pem into a folder; a key that is there stays."
    )
    # The checks ask for these keys.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--owner", default="Ustod", help="Who seals; readers of the PDF see it."
        )
        parser.add_argument(
            "--development",
            action="store_true",
            help="Mark them as not for real certificates.",
        )

    def handle(self, *, folder, owner, development, **options):
        makers = (
            (key_files.SEAL, key_files.make_seal),
            (key_files.CREDENTIAL, key_files.make_credential),
        )
        for name, make in makers:
            path = folder / name
            text = make(owner, now=clock.now(), is_development=development)
            is_new = key_files.write(path, text)
            self.stdout.write(
                f"{path} is made." if is_new else f"{path} is there already."
            )
