"""A measurement in a process of its own, on a database of its own.

Django is set up once a process, so that a second database needs a second one.
"""

import json
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .scratch import ROOT, postgres_url

INNER = "USTOD_BENCHMARK_DATABASE"


def is_inner() -> bool:
    return INNER in os.environ


def answer(measure: Callable[[str | None, bool], object], *, short: bool) -> None:
    """Measure in this inner process and hand what was found to the outer one."""
    url = os.environ[INNER] or None
    if url:
        url = _own_database(url)
    try:
        sys.stdout.write(json.dumps(measure(url, short)))
    finally:
        if url:
            _drop(url)


def on_each_database(benchmark: str, *, short: bool) -> Iterator[tuple[str, dict]]:
    """(database, what was found there): SQLite, and PostgreSQL where one answers."""
    yield "SQLite", _in_a_process(benchmark, "", short)
    postgres = postgres_url()
    if postgres is None:
        sys.stderr.write("No PostgreSQL answers: only SQLite is measured.\n")
        return
    yield "PostgreSQL", _in_a_process(benchmark, postgres, short)


def _in_a_process(benchmark: str, url: str, short: bool) -> dict:
    command = [sys.executable, "-m", "benchmarks", benchmark]
    done = subprocess.run(  # noqa: S603
        [*command, "--short"] if short else command,
        cwd=ROOT,
        env=os.environ | {INNER: url},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _own_database(server: str) -> str:
    """A new database beside the one named, so that nothing of anybody's is touched."""
    name = f"ustod_benchmark_{os.getpid()}"
    with _asking(server) as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    return urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()


def _drop(url: str) -> None:
    # It reads Django's settings, which the outer process has not set up.
    from tests.database import end_connections

    parts = urllib.parse.urlsplit(url)
    name = parts.path[1:]
    with _asking(parts._replace(path="/postgres").geturl()) as cursor:
        end_connections(cursor, name)
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def _asking(server: str) -> Iterator:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        yield connection.cursor()
