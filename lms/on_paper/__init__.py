"""Questions on paper: what is printed, what would be right, and what is typed in."""

from .keys import right_answer
from .printed import LETTERS, Part, Printed, Sign, printed
from .reading import Unreadable, fold_sign, read_cell

__all__ = [
    "LETTERS",
    "Part",
    "Printed",
    "Sign",
    "Unreadable",
    "fold_sign",
    "printed",
    "read_cell",
    "right_answer",
]
