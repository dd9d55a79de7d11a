"""What tests of certificates share."""

from copy import deepcopy
from itertools import chain

import pytest
from django.core.files.storage import storages

from .held import make_issued


@pytest.fixture(scope="module", autouse=True)
def _empty_shelf():
    """What the file of tests before this one made is gone."""
    shelf = storages["private"]
    for name in chain.from_iterable(shelf.listdir("")):
        shelf.delete(name)


@pytest.fixture(autouse=True)
def _each_begins_with_the_papers_of_the_scene(_empty_shelf, same_shelf):
    """Those of a test go with it."""


@pytest.fixture(scope="module")
def issued_once(once):
    return make_issued()


@pytest.fixture
def issued(issued_once, db):
    """A certificate, who holds it and who issued it; made once for the file."""
    return deepcopy(issued_once)
