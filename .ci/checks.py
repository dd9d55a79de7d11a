"""The checks beside the tests; each is a command that must end with status 0."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
DEPLOY = {
    "DJANGO_SETTINGS_MODULE": "lms.settings.production",
    "SECRET_KEY": "a-key-for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "training.example.org",
    "BASE_URL": "https://training.example.org",
}
KEYS = "var/keys-of-the-checks"
DEPLOY |= {
    "USTOD_SEAL_KEY": f"{KEYS}/seal.pem",
    "USTOD_CREDENTIAL_KEY": f"{KEYS}/credential.pem",
}
TEST = {"DJANGO_SETTINGS_MODULE": "lms.settings.test"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff check", [str(BIN / "ruff"), "check", "."], {}),
    ("ruff format", [str(BIN / "ruff"), "format", "--check", "."], {}),
    ("mypy", [str(BIN / "mypy")], {}),
    ("import-linter", [str(BIN / "lint-imports")], {}),
    (
        "missing migrations",
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        TEST,
    ),
    ("message catalogues", [sys.executable, ".ci/catalogues.py"], TEST),
    ("signing keys", [sys.executable, "manage.py", "make_signing_keys", KEYS], TEST),
    (
        "check --deploy",
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        DEPLOY,
    ),
]


def main() -> int:
    failed = []
    for name, command, environment in CHECKS:
        done = subprocess.run(  # noqa: S603 - commands of this file
            command,
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        sys.stdout.write(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write(done.stdout + done.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
