"""Which of the system's libraries for drawing PDF are missing. Runs without Django.

Without harfbuzz-subset WeasyPrint still works, but embeds whole fonts at 4.7 times
the cost.
"""

import ctypes
import sys

LIBRARIES = {
    "pango": ["libpango-1.0.so.0", "libpango-1.0.0.dylib"],
    "pangoft2": ["libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"],
    "harfbuzz-subset": ["libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"],
}
FOLDERS = ["", "/opt/homebrew/lib/", "/usr/local/lib/"]


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing() -> list[str]:
    """Names of the libraries that do not load."""
    return [
        library
        for library, files in LIBRARIES.items()
        if not any(loads(folder + file) for folder in FOLDERS for file in files)
    ]


if __name__ == "__main__":
    sys.stderr.write(" ".join(missing()))
    sys.exit(bool(missing()))
