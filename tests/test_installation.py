"""The three apps live in somebody else's site, as docs/installing.md says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "command", [["check"], ["migrate", "--plan"]], ids=lambda command: command[0]
)
def test_the_apps_start_in_a_site_that_has_no_home(command, tmp_path):
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.settings_of_another_site",
            "USTOD_VAR": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "home." not in done.stdout
