"""The session of this morning, and the cast around it."""

from django.urls import reverse

from lms.models import Session
from tests.cast import make_cast
from tests.factories import make_enrolment


def make_this_morning(page: str = "register"):
    """Of two participants; `url` is this page of the session."""
    cast = make_cast()
    Session.objects.update(local_date="2026-10-12", starts_at="2026-10-12T09:00+05:00")
    cast.session.refresh_from_db()
    cast.second = make_enrolment(cohort=cast.cohort)
    cast.url = reverse(f"lms:{page}", args=[cast.session.pk])
    return cast
