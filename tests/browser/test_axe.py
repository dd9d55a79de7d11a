"""Nothing serious for axe-core on the pages of visitors and participants."""

import logging

import pytest

from .axe import LANGUAGES, NOTHING, faults
from .places import PARTICIPANTS, STATUS, STRANGERS


@pytest.mark.parametrize("name", STRANGERS + PARTICIPANTS)
def test_axe_finds_nothing_serious(visit, caplog, name):
    assert faults(visit, name, expects=STATUS.get(name, 200)) == NOTHING

    if name == "broken":
        failures = [r for r in caplog.records if r.levelno >= logging.ERROR]
        assert len(failures) == len(LANGUAGES)
        caplog.clear()
