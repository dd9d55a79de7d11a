"""Loads every report of `lms`, so that each has registered itself."""

from . import (
    attendance_by_centre,
    data_quality,
    events_held,
    funnel,
    indicators,
    knowledge_gain,
    organisations,
    participation,
    satisfaction,
    trained,
    training_hours,
)

__all__ = [
    "attendance_by_centre",
    "data_quality",
    "events_held",
    "funnel",
    "indicators",
    "knowledge_gain",
    "organisations",
    "participation",
    "satisfaction",
    "trained",
    "training_hours",
]
