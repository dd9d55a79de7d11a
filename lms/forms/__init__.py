"""The forms of the Training menu; each offers its user's cohorts only."""
