"""What a certificate costs, drawn and sealed: naively and ours, side by side.

Naive is a new `HTML().write_pdf()` each; the naive full product adds PDF/A, the file
inside and a seal as pyHanko's manual shows it, with an RSA key of 2048 bits.
"""

import gc
import statistics
import time
from collections.abc import Callable

import psutil

from . import apart
from .figures import Report
from .scratch import scratch_site

ROUNDS, NAIVE, OURS = 3, 10, 30
DRAWN, SEALED = 6, 5
RENDERS, MEGABYTES = 1000, 10
PEOPLE, WITHIN, WORKERS = 250, 30, 2


def run(report: Report, *, short: bool) -> None:
    if apart.is_inner():
        apart.answer(_measure, short=short)
        return
    for name, found in apart.on_each_database("certificates", short=short):
        if name == "SQLite":
            _say_cost(report, found)
        people = found["people"]
        report.figure(
            f"{name}, cohort of {people} cold", found["seconds"], "s", most=WITHIN
        )
        report.figure(f"{name}, certificates", found["issued"], "", least=people)


def _say_cost(report: Report, found: dict) -> None:
    cost = found["cost"]
    for name, seconds in cost.items():
        report.figure(name, seconds * 1000, "CPU-ms")
    report.figure(
        "ours unsealed to naive", cost["naive"] / cost["ours"], "times", least=DRAWN
    )
    report.figure(
        "ours sealed to the naive full product",
        cost["naive full product"] / cost["ours sealed"],
        "times",
        least=SEALED,
    )
    report.figure(
        f"memory more after {found['renders']} renders",
        found["memory"] / 1024**2,
        "MiB",
        most=MEGABYTES,
    )


def _measure(url: str | None, short: bool) -> dict:
    with scratch_site(url):
        from . import issuing

        people = 20 if short else PEOPLE
        found = issuing.cohort(people, workers=WORKERS)
        if url is None:
            renders = 100 if short else RENDERS
            found |= {
                "cost": _cost(short),
                "memory": _memory(renders),
                "renders": renders,
            }
        return found | {"people": people}


def _cost(short: bool) -> dict[str, float]:
    """Median CPU seconds of a paper in each way, a round of each after the other."""
    from . import papers

    ways: dict[str, tuple[Callable[[], bytes], int]] = {
        "naive": (papers.naive, NAIVE),
        "naive full product": (papers.naive_in_full, NAIVE),
        "ours": (papers.ours, OURS),
        "ours sealed": (papers.ours_sealed, OURS),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for draw, _times in ways.values():
        draw()
    for _round in range(1 if short else ROUNDS):
        for name, (draw, times) in ways.items():
            taken[name].append(_each(draw, times))
    return {name: statistics.median(rounds) for name, rounds in taken.items()}


def _each(draw: Callable[[], bytes], times: int) -> float:
    gc.collect()
    before = time.process_time()
    for _ in range(times):
        draw()
    return (time.process_time() - before) / times


def _memory(renders: int) -> int:
    """Bytes that the process grew by, once everything is warm."""
    from . import papers

    process = psutil.Process()
    for _ in range(50):
        papers.ours_sealed()
    gc.collect()
    before = process.memory_info().rss
    for _ in range(renders):
        papers.ours_sealed()
    gc.collect()
    return process.memory_info().rss - before
