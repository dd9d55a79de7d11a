"""The kinds of questions. A kind is one class in one file here, and its templates.

Values in, values out: no kind asks the database, so each is tested without one.
"""

import pkgutil
from importlib import import_module

from .base import Kind, NotAnAnswer, Posed, TooLong
from .registry import (
    as_posted,
    check_answer,
    choices,
    every_kind,
    kind_of,
    mark,
    mark_by_levels,
    parts,
    read_answer,
    register,
    written,
)

__all__ = [
    "Kind",
    "NotAnAnswer",
    "Posed",
    "TooLong",
    "as_posted",
    "check_answer",
    "choices",
    "every_kind",
    "kind_of",
    "mark",
    "mark_by_levels",
    "parts",
    "read_answer",
    "register",
    "written",
]

# Each file registers its kind, so that a new one is named nowhere else.
for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
