"""Loads every report of `lms`, so that each has registered itself."""

from . import trained

__all__ = ["trained"]
