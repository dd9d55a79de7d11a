"""Nothing serious for axe-core on the pages of visitors and participants."""

import logging

import pytest

from .axe import LANGUAGES, faults
from .places import PARTICIPANTS, STATUS, STRANGERS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STRANGERS + PARTICIPANTS)
def test_axe_finds_nothing_serious(visit, caplog, name, language):
    assert faults(visit, name, language, expects=STATUS.get(name, 200)) == []

    if name == "broken":
        failures = [r for r in caplog.records if r.levelno >= logging.ERROR]
        assert len(failures) == 1
        caplog.clear()
