"""Who may write down events and see them; events belong to no cohort.

Whoever teaches somewhere writes events down and sees their own; coordinators and
administrators see all; everybody else sees figures in the reports.
"""

from django.db.models import QuerySet

from . import scoping
from .models import Event


def may_record(user) -> bool:
    return scoping.may_anywhere(user, "teach")


def events_for(user) -> QuerySet[Event]:
    """The events the user may read, change and withdraw."""
    if scoping.may_anywhere(user, "manage"):
        return Event.objects.all()
    if may_record(user):
        return Event.objects.filter(recorded_by=user)
    return Event.objects.none()
