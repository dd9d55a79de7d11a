"""Nothing serious for axe-core on the pages of those who teach and run a cohort."""

import pytest

from .axe import LANGUAGES, faults
from .places import STAFF


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STAFF)
def test_axe_finds_nothing_serious(visit, name, language):
    assert faults(visit, name, language) == []
