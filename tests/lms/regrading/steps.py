"""A dry run and the run after it, as a coordinator does them."""

from lms.actions.regrade_plan import (
    plan,
)
from lms.actions.regrading import regrade
from lms.regrading import NEWEST, Terms


def dry_run(cast, way=NEWEST, question=None, by=None, **terms):
    key = (question or cast.question).translation_key
    return plan(key, Terms(way, **terms), by=by or cast.coordinator)


def run(cast, way=NEWEST, question=None, by=None, **terms):
    seen = dry_run(cast, way, question, by, **terms).fingerprint
    return regrade(
        (question or cast.question).translation_key,
        terms=Terms(way, **terms),
        reason="The key was wrong.",
        seen=seen,
        by=by or cast.coordinator,
    )


def points(*rows):
    for row in rows:
        row.refresh_from_db()
    return [(row.score, row.out_of) for row in rows]
