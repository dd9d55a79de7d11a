"""What the job worker does for participants; each job is safe to run twice."""

from django_tasks import task

from .actions import attempts


@task()
def sweep_attempts() -> int:
    """Hand in for people who vanished; returns for how many."""
    return attempts.sweep()
