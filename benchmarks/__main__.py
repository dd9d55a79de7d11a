"""Run one benchmark by its name and judge its figures."""

import argparse
import importlib
import sys
from pathlib import Path

from .figures import Report

NAMES = sorted(
    path.stem.removeprefix("bench_")
    for path in Path(__file__).parent.glob("bench_*.py")
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--short", action="store_true", help="fewer rounds, for trying the benchmark"
    )
    arguments = parser.parse_args()
    report = Report(as_json=arguments.json)
    module = importlib.import_module(f"benchmarks.bench_{arguments.name}")
    module.run(report, short=arguments.short)
    return 1 if report.has_missed else 0


if __name__ == "__main__":
    sys.exit(main())
