"""Secret addresses for calendar programs: made, replaced, never listed."""

from django.db import transaction
from wagtail.log_actions import log

from courses import clock
from lms.models import CalendarAddress, Cohort
from lms.models.calendar_address import make_salt


@transaction.atomic
def new_calendar_address(user, *, cohort: Cohort | None = None, by) -> CalendarAddress:
    """Make the address; where there is one it opens nothing from now on.

    Who may is asked at the door, and again whenever the address is read.
    """
    address, _made = CalendarAddress.objects.update_or_create(
        user=user,
        cohort=cohort,
        defaults={"salt": make_salt(), "made_at": clock.now()},
    )
    log(address, "lms.new_calendar_address", user=by)
    return address
