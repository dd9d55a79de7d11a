"""PR-11: docs/access.md says who may open what, and the site does just that.

How an address gets its row is told in tests/access_rows.py.
"""

import logging

import pytest

from .access_cast import empty_storage, make_rows
from .access_table import ROLES, addresses, line, tables, word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet():
    """Hundreds of refusals are expected here; a traceback for each takes its time."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_of_the_site_has_its_row():
    """PR-11: A new address must say who may open it, or this says which line to add."""
    single, grouped = tables()
    missing = [
        address
        for address in addresses().values()
        if address.name not in single
        and (address.is_ours or not address.name.startswith(tuple(grouped)))
    ]

    assert not missing, "Add to docs/access.md, if it is meant so:\n" + "\n".join(
        _lines(missing)
    )


def _lines(missing) -> list[str]:
    """The rows as the site answers now; see tests/access_rows.py about parameters."""
    cast = make_rows()
    lines = []
    for address in missing:
        try:
            words = [word(cast, who, address) for who in ROLES]
        except KeyError:
            words = ["parameters are missing in tests/access_rows.py"]
        lines.append(line(address.name, address.path, words))
    return lines


def test_every_row_is_an_address_of_the_site():
    single, grouped = tables()
    known = addresses()

    gone = {name: cells[0] for name, cells in single.items() if name not in known}
    moved = {
        name: known[name].path
        for name, cells in single.items()
        if name in known and known[name].path != cells[0]
    }
    empty = [
        prefix
        for prefix in grouped
        if not any(name.startswith(prefix) for name in known)
    ]

    assert (gone, moved, empty) == ({}, {}, [])


@pytest.fixture(scope="module")
def cast_once(once):
    yield make_rows()
    empty_storage()


@pytest.mark.parametrize("who", ROLES)
def test_every_address_answers_each_role_as_the_table_says(who, cast):
    """PR-11: Own rows open, rows of another cohort do not; refusals name nobody."""
    column = ROLES.index(who) + 1
    single, _grouped = tables()
    known = addresses()

    wrong = []
    for name, cells in single.items():
        answer = word(cast, who, known[name])
        if answer != cells[column]:
            wrong.append(f"{name}: {cells[column]} in the table, {answer} on the site")

    assert not wrong, f"As {who}:\n" + "\n".join(wrong)
