import pytest
from django.test import Client

from lms.actions import slips
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person

from .steps import START


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.nigina = make_person(legal_name="Раҳимова Нигина", email="")
    make_enrolment(cast.nigina, cast.cohort)
    ((cast.slip, cast.code),) = slips.print_slips(
        cast.cohort, people=[cast.nigina], by=cast.trainer
    )
    return cast


@pytest.fixture
def here():
    """A browser at an address for which it keeps passkeys."""
    return Client(SERVER_NAME="localhost")
