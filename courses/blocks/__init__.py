"""The blocks a lesson is written with."""

from .lesson import FacilitatorNotesBlock, LessonBodyBlock

__all__ = ["FacilitatorNotesBlock", "LessonBodyBlock"]
