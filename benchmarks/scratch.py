"""A scratch site: own folder, own database, own server, gone afterwards."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextlib.contextmanager
def scratch_site(database_url: str | None = None) -> Iterator[Path]:
    """Set Django up on an empty migrated database; yields the folder.

    Once a process: Django's settings cannot be set up twice.
    """
    with tempfile.TemporaryDirectory(prefix="ustod-benchmark-") as name:
        os.environ["USTOD_VAR"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        if database_url:
            os.environ["DATABASE_URL"] = database_url
        else:
            os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        with open(os.devnull, "w") as silence:
            call_command(
                "make_signing_keys", f"{name}/keys", development=True, stdout=silence
            )
        yield Path(name)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def served(workers: int = 1) -> Iterator[tuple[int, int]]:
    """The scratch site behind gunicorn; yields (port, pid of the master process)."""
    port = free_port()
    environment = os.environ | {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "WEB_CONCURRENCY": str(workers),
    }
    command = ["gunicorn", "--config", "lms/gunicorn.py", "lms.wsgi:application"]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *command], cwd=ROOT, env=environment
    )
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, seconds: int = 60) -> None:
    """Until the server answers; raises TimeoutError."""
    for _ in range(seconds * 10):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/bare/")
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("the scratch site does not answer")


def postgres_url() -> str | None:
    """A database on the server ./test --postgres uses; None where there is none."""
    found = subprocess.run(
        ["sh", "-c", '. .ci/machine.sh; find_postgres >&2; printf %s "$DATABASE_URL"'],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout if found.returncode == 0 else None
