"""People trained: from the snapshot's index, and by the joins one would write first.

Both must say the same; how long they take stands side by side.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from . import apart
from .figures import Report
from .scratch import ROOT, scratch_site

SIZES, SHORT_SIZES = (10_000, 100_000, 1_000_000), (1_000, 10_000)
ROUNDS = 5
LEAST_RATIO = 20
QUARTER_MS = 100
FILE_ROWS = 100_000
FILE_MEGABYTES = 10


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    _measure_file(report, FILE_ROWS // 10 if short else FILE_ROWS)
    for database, found in apart.on_each_database("reports", short=short):
        for size, times in found["times"].items():
            _say_times(report, database, int(size), times)
        report.figure(
            f"{database}, plans without the covering index",
            found["plans"],
            "plans",
            most=0,
        )


def _measure_file(report: Report, rows: int) -> None:
    command = [sys.executable, "-m", "benchmarks.spreadsheet", str(rows)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    report.figure(
        f"XLSX of {rows} rows, memory more",
        int(done.stdout) / 1_000_000,
        "MB",
        most=FILE_MEGABYTES,
    )


def _say_times(report: Report, database: str, size: int, times: dict) -> None:
    """Limits hold for a million enrolments."""
    is_full = size == SIZES[-1]
    for name, (ours, naive) in times.items():
        is_quarter = name == "a quarter"
        title = f"{database}, {size} enrolments, {name}"
        held = is_full and is_quarter and database == "PostgreSQL"
        report.figure(title, ours * 1000, "ms", most=QUARTER_MS if held else None)
        report.figure(f"{title}, naive", naive * 1000, "ms")
        held = is_full and is_quarter and database == "SQLite"
        report.figure(
            f"{title}, naive to ours",
            naive / ours,
            "times",
            least=LEAST_RATIO if held else None,
        )


def _measure(url: str | None, short: bool) -> dict:
    with scratch_site(url):
        from .crowd import Crowd, settle

        crowd, times = Crowd(), {}
        for size in SHORT_SIZES if short else SIZES:
            crowd.grow(size)
            settle()
            times[size] = _times()
        return {"times": times, "plans": _plans_without_index(crowd)}


def _times() -> dict[str, tuple[float, float]]:
    """Seconds (ours, naive) of each question; the long one is asked once."""
    found = {}
    for name, (ours, naive) in _questions().items():
        taken = [_timed(ours) for _ in range(ROUNDS)]
        counted, seconds = _timed(naive)
        if counted != taken[0][0]:
            raise RuntimeError(f"{name}: both ways must count the same")
        found[name] = statistics.median(each for _counted, each in taken), seconds
    return found


def _timed(ask: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    return ask(), time.perf_counter() - start


def _questions() -> dict[str, tuple[Callable, Callable]]:
    """(ours, naive), asked as an administrator asks: of all cohorts there are."""
    from lms.models import Cohort
    from lms.reports import people_trained
    from lms.reports.period import Period
    from lms.reports.question import Question

    from . import naive

    cohorts = Cohort.objects.all()
    columns = "audience", "sex", "region"
    quarter = Question(Period.quarter(2025, 2), cohorts)
    year = Question(Period.year(2025), cohorts)
    return {
        "a quarter": (
            lambda: (
                people_trained.total(quarter),
                people_trained.by(quarter, *columns),
            ),
            lambda: (naive.total(quarter), naive.by(quarter, *columns)),
        ),
        "a year by quarter": (
            lambda: people_trained.by_quarter(year),
            lambda: naive.by_quarter(year),
        ),
    }


def _plans_without_index(crowd) -> int:
    """However the report is narrowed, the database reads the covering index."""
    from lms.models import Cohort
    from lms.reports.period import Period
    from lms.reports.question import Question

    narrowed = [
        {},
        {"cohorts": Cohort.objects.all()},
        {"cohorts": Cohort.objects.filter(pk__lt=1100)},
        {"donor": crowd.donors[0]},
        {"project": crowd.projects[0]},
        {"cohorts": Cohort.objects.all(), "donor": crowd.donors[0]},
        {"audience": "police", "region": "sughd"},
    ]
    without = 0
    for filters in narrowed:
        rows = Question(Period.quarter(2025, 2), **filters).rows().order_by()
        plan = rows.values("audience", "person").explain()
        if "people_trained" not in plan:
            without += 1
            sys.stderr.write(f"{filters}\n{plan}\n")
    return without
