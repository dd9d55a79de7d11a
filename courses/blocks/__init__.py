"""The blocks lessons and questions are written with, one file per concern."""

from .lesson import FacilitatorNotesBlock, LessonBodyBlock
from .practice import SelfCheckBlock

__all__ = ["FacilitatorNotesBlock", "LessonBodyBlock", "SelfCheckBlock"]
