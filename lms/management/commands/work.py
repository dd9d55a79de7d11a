"""The job worker: queued tasks, every minute what watches the clock, nightly jobs."""

import logging
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from lms.actions.unforeseen import told
from lms.tasks import every_minute, once_a_day

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs background jobs until it is stopped."

    def add_arguments(self, parser):
        parser.add_argument(
            "--seconds", type=int, default=60, help="Between two looks at the clock."
        )

    def handle(self, *, seconds, **options):
        stopping = threading.Event()
        clockwork = threading.Thread(
            target=self.watch_the_clock, args=(stopping, seconds), daemon=True
        )
        clockwork.start()
        try:
            call_command("db_worker", verbosity=0, startup_delay=False)
        finally:
            stopping.set()
            clockwork.join(timeout=5)

    def watch_the_clock(self, stopping, seconds):
        while not stopping.wait(seconds):
            close_old_connections()
            self.run_round(every_minute)
            self.run_round(once_a_day)

    def run_round(self, jobs):
        try:
            jobs()
        except Exception as error:
            # One failing round must not end the worker; the next tries again.
            logger.error("A round of the clock's jobs failed: %s", told(error))
