"""CE-35: names of files that every system can keep."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.file_names import MOST_BYTES, named

NUMBER = "UST-2026-000123"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Раҳимова Зебунисо", f"Раҳимова Зебунисо {NUMBER}.pdf"),
        # A letter and its mark become one; reading backwards is not steered.
        ("Ғи\u0306 \u202efdp.exe", f"Ғй fdp.exe {NUMBER}.pdf"),
        ("../../etc/passwd", f"etc passwd {NUMBER}.pdf"),
        ("C:\\Windows\\*?", f"C Windows {NUMBER}.pdf"),
        (" . \x00\n\t", f"{NUMBER}.pdf"),
        ("", f"{NUMBER}.pdf"),
        ("Муҳаммадаминов" * 9, f"{('Муҳаммадаминов' * 9)[:65]} {NUMBER}.pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_no_file_may_have(name, expected):
    """CE-35"""
    assert named(name, NUMBER) == expected


@given(st.text(max_size=300))
def test_any_name_makes_a_short_file_name_in_one_folder(name):
    """CE-35"""
    made = named(name, NUMBER)

    assert len(made.encode()) <= MOST_BYTES
    assert made.endswith(f"{NUMBER}.pdf")
    assert not set(made) & set('/\\:*?"<>|')
    assert not made.startswith((" ", ".", "~/"))
    assert unicodedata.is_normalized("NFC", made.removesuffix(f" {NUMBER}.pdf"))
    assert all(unicodedata.category(letter)[0] != "C" for letter in made)
