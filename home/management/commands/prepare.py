"""Make this copy of the site ready to start: `./run` calls it every time."""

import secrets
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.catalogues import compile_all
from home.models import HomePage, User


class Command(BaseCommand):
    help = "Migrates, compiles, collects and loads the sample programme where needed."
    requires_system_checks = []

    def handle(self, **options):
        for folder in (settings.VAR_DIR, settings.MEDIA_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        compile_all()
        call_command(
            "make_signing_keys",
            Path(settings.VAR_DIR) / "keys",
            development=True,
            stdout=StringIO(),
        )
        self.migrate()
        self.collect()
        # The loader publishes the home pages last: one that was interrupted goes on.
        if not HomePage.objects.live().exists():
            self.stdout.write("Loading the sample programme")
            call_command("load_sample_programme", stdout=self.stdout)
        self.make_accounts()

    def migrate(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Setting up the database")
            call_command("migrate", verbosity=0)

    def collect(self):
        """Static files once, and again when one of ours is newer than the manifest."""
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        made_at = manifest.stat().st_mtime if manifest.exists() else 0
        ours = (
            path.stat().st_mtime
            for folder in settings.STATICFILES_DIRS
            for path in Path(folder).rglob("*")
        )
        if max(ours, default=1) > made_at:
            self.stdout.write("Collecting the static files")
            call_command("collectstatic", interactive=False, verbosity=0)

    def make_accounts(self):
        """Passwords of the four ready accounts, made once and on this machine."""
        path = Path(settings.VAR_DIR) / "accounts"
        if path.exists():
            return
        rows = []
        for role in ("administrator", "trainer", "participant", "observer"):
            user = User.objects.get(username=role)
            password = secrets.token_urlsafe(9)
            user.set_password(password)
            user.save(update_fields=["password"])
            rows.append(f"{role.title()}\t{role}\t{password}\n")
        path.touch(mode=0o600)
        path.write_text("".join(rows))
