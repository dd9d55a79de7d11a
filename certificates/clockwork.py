"""What certificates do by the clock: every minute, every night, after a completion."""

from lms import tasks
from lms.actions import completing

from .actions import automatic, numbers, run_work
from .actions.expiring import tell_who_expires


def register() -> None:
    tasks.register_minute_job(automatic.issue_due)
    tasks.register_minute_job(run_work.take_up_runs)
    tasks.register_night_job(automatic.look_again)
    tasks.register_night_job(automatic.issue_over)
    tasks.register_night_job(tell_who_expires)
    tasks.register_night_job(numbers.sweep)
    completing.register_step(automatic.after_completion)
