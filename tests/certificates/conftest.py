"""What tests of certificates share."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import storages

from certificates.actions.issuing import issue
from tests.factories import make_user

from .builders import make_completed


@pytest.fixture(autouse=True)
def _empty_shelf():
    """Files in memory outlive a test's transaction."""
    storage = storages["private"]
    for name in [name for names in storage.listdir("") for name in names]:
        storage.delete(name)


@pytest.fixture
def issued(db):
    """A certificate, who holds it and who issued it."""
    by = make_user()
    enrolment = make_completed()
    certificate = issue(enrolment, by=by)
    return SimpleNamespace(
        certificate=certificate, by=by, enrolment=enrolment, person=enrolment.person
    )
