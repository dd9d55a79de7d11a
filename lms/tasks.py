"""What the job worker does by the clock; safe to run twice."""

import logging
from collections.abc import Callable

from .actions import (
    attempts,
    exports,
    merging,
    nights,
    open_entries,
    rederiving,
    reminders,
    retention,
    surveys,
    warnings,
)
from .actions.messages import send_due
from .actions.unforeseen import told
from .actions.waiting_list import expire_offers

logger = logging.getLogger(__name__)

Job = Callable[[], object]

NIGHT_JOBS: list[Job] = [
    exports.expire,
    merging.forget_merges,
    rederiving.rederive_starts,
    retention.keep_house,
    surveys.survey_followups,
    warnings.warn_all,
]

# Letters are written before they are sent; apps above `lms` come after them.
MINUTE_JOBS: list[Job] = [
    attempts.sweep,
    open_entries.close_open_entries,
    expire_offers,
    reminders.remind,
    send_due,
]


def every_minute() -> None:
    """What watches the clock, each job by itself; what failed is in the log."""
    for job in MINUTE_JOBS:
        _ends_well(job)


def register_minute_job(job: Job) -> Job:
    """Let an app above `lms` do something every minute; a second call adds nothing."""
    if job not in MINUTE_JOBS:
        MINUTE_JOBS.append(job)
    return job


def register_night_job(job: Job) -> Job:
    """Let an app above `lms` do something once a day; a second call adds nothing."""
    if job not in NIGHT_JOBS:
        NIGHT_JOBS.append(job)
    return job


def every_night() -> list[str]:
    """What is done once a day; gives the names of the jobs that failed."""
    return [_name(job) for job in NIGHT_JOBS if not _ends_well(job)]


def once_a_day() -> bool:
    """The night's jobs, where this worker is the first of the day to ask."""
    night = nights.begin()
    if night is None:
        return False
    nights.finish(night, failed=every_night())
    return True


def _ends_well(job: Job) -> bool:
    try:
        job()
    except Exception as error:
        # One failing job must not keep the others from their work.
        logger.error("The job %s failed: %s", _name(job), told(error))
        return False
    return True


def _name(job: Job) -> str:
    return f"{job.__module__}.{job.__qualname__}"
