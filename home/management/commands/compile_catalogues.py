"""Compile the message catalogues without GNU gettext."""

from django.core.management.base import BaseCommand

from home.catalogues import compile_all


class Command(BaseCommand):
    help = "Compiles every catalogue whose text is newer than what was compiled."
    requires_system_checks = []

    def handle(self, **options):
        for path in compile_all():
            self.stdout.write(f"Compiled {path.parts[-3]}\n")
