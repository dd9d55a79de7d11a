"""Are the catalogues complete? Extracts every string afresh and compares.

Names each string that is missing, untranslated, fuzzy, out of use, or whose
placeholders differ from the original's.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ru", "tg")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def copy_of_the_sources(folder: Path) -> None:
    """Extraction writes into the tree it reads: give it another one."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in names:
        if name.startswith(("tests/", "benchmarks/", ".ci/")):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            target.write_bytes((ROOT / name).read_bytes())


def extract(folder: Path) -> set[tuple[str, str]]:
    """Every (context, msgid) the sources hold."""
    (folder / "locale").mkdir(exist_ok=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        call_command("makemessages", locale=["xx"], verbosity=0, no_location=True)
    finally:
        os.chdir(before)
    catalogue = polib.pofile(str(folder / "locale/xx/LC_MESSAGES/django.po"))
    return {(entry.msgctxt or "", entry.msgid) for entry in catalogue}


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def faults(entry: polib.POEntry) -> list[str]:
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy:
        return ["fuzzy"]
    if not all(texts):
        return ["untranslated"]
    known = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    extra = {p for text in texts for p in placeholders(text)} - known
    needed = placeholders(entry.msgid_plural or entry.msgid) - placeholders(texts[-1])
    return ["placeholders differ"] if extra or (needed and "%" in entry.msgid) else []


def main() -> int:
    django.setup()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_of_the_sources(folder)
        wanted = extract(folder)
    complaints = []
    for language in LANGUAGES:
        path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
        entries = [e for e in polib.pofile(str(path)) if not e.obsolete]
        present = {(entry.msgctxt or "", entry.msgid) for entry in entries}
        missing = sorted(text for _context, text in wanted - present)
        complaints += [f"{language}: missing: {text!r}" for text in missing]
        complaints += [
            f"{language}: {fault}: {entry.msgid!r}"
            for entry in entries
            for fault in faults(entry)
        ]
    sys.stdout.write("".join(f"{line}\n" for line in complaints))
    sys.stdout.write(f"{len(wanted)} strings, {len(complaints)} faults\n")
    return bool(complaints)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
