"""What the form of a quiz sends for its rules when nobody changes them."""

RULES = {
    "purpose": "final",
    "is_required": "on",
    "pass_percent": "60",
    "cooldown_minutes": "0",
    "time_up": "submit",
    "grace_minutes": "5",
    "behaviour": "exam",
    "tries": "3",
    "try_penalty": "33",
    "grading": "highest",
    "release": "passed",
    "bands-TOTAL_FORMS": "0",
    "bands-INITIAL_FORMS": "0",
    "second_mark_percent": "0",
    "second_mark_tolerance": "10",
}
