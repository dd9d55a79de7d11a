"""`{{ cohort.timezone|city }}` is Душанбе in Russian."""

from django import template

from lms.zones import by_own_clock, city

register = template.Library()
register.filter("city", city)


@register.filter
def own_time(session, zone) -> str:
    """When it is by the reader's own clock; "" where that shows the same (ATT-43)."""
    if zone is None:
        return ""
    start, end = session.instant(), session.local_end
    return by_own_clock(start, end, zone)
