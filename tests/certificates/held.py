"""Certificates that are made once for a file of tests."""

from types import SimpleNamespace

from django.core.files.storage import storages

from certificates.actions.issuing import issue
from lms.models import Enrolment
from tests.cast import make_cast
from tests.factories import make_user

from .builders import make_completed


def make_issued() -> SimpleNamespace:
    """A certificate, who holds it and who issued it."""
    by = make_user()
    enrolment = make_completed()
    certificate = issue(enrolment, by=by)
    return SimpleNamespace(
        certificate=certificate, by=by, enrolment=enrolment, person=enrolment.person
    )


def make_holders() -> SimpleNamespace:
    """A certificate in each cohort of the cast.

    `participant` holds `certificate`, `other_participant` the other one."""
    cast = make_cast()
    for prefix in ("", "other_"):
        place = getattr(cast, f"{prefix}enrolment")
        done = make_completed(cohort=place.cohort)
        Enrolment.objects.filter(pk=place.pk).update(
            status="completed",
            completed_at=done.completed_at,
            completed_on=done.completed_on,
        )
        place.refresh_from_db()
        setattr(cast, f"{prefix}certificate", issue(place, by=cast.administrator))
    return cast


def papers() -> list[str]:
    """The files of certificates that are stored, of whatever year."""
    storage, found = storages["private"], []
    for year in filter(str.isdecimal, storage.listdir("certificates")[0]):
        found += storage.listdir(f"certificates/{year}")[1]
    return found
