"""Nothing serious for axe-core on the pages of those who teach and run a cohort."""

import pytest

from .axe import NOTHING, faults
from .places import STAFF


@pytest.mark.parametrize("name", STAFF)
def test_axe_finds_nothing_serious(visit, name):
    assert faults(visit, name) == NOTHING
