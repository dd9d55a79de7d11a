"""Run as a program: how many bytes more memory writing a long XLSX takes."""

import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import psutil

from lms.reports.export import write_xlsx


def rows(count: int) -> Iterator[list]:
    """Rows like those of the file of people behind a figure."""
    day, instant = date(2026, 5, 4), datetime(2026, 5, 4, 12, tzinfo=UTC)
    for number in range(count):
        yield [
            f"Раҳимова Зебо {number}",
            "Woman",
            "Police",
            f"Department {number % 500}",
            "Sughd",
            f"cohort-{number % 4000}",
            day,
            instant,
        ]


def extra_memory(count: int) -> int:
    """The most the process held while it wrote, less what it held before."""
    process, done = psutil.Process(), threading.Event()
    before = most = process.memory_info().rss

    def watch() -> None:
        nonlocal most
        while not done.wait(0.005):
            most = max(most, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with tempfile.TemporaryFile() as file:
        write_xlsx(file, rows(count))
    done.set()
    watcher.join()
    return most - before


if __name__ == "__main__":
    with tempfile.TemporaryFile() as small:
        write_xlsx(small, rows(1))
    sys.stdout.write(str(extra_memory(int(sys.argv[1]))))
