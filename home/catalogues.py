"""Message catalogues are kept as text and compiled on the machine that uses them."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def compile_all() -> list[Path]:
    """Compile every catalogue whose text is newer; return those that were."""
    done = []
    for folder in settings.LOCALE_PATHS:
        for text in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = text.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime:
                continue
            with text.open("rb") as source:
                catalogue = read_po(source, locale=text.parts[-3])
            partial = compiled.with_suffix(".partial")
            with partial.open("wb") as target:
                write_mo(target, catalogue)
            partial.rename(compiled)
            done.append(text)
    return done
