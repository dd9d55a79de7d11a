"""Any colour an organisation chooses can be read in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.colours import NIGHT, PAPER, brand_pairs, contrast, from_hex


@given(st.integers(0, 0xFFFFFF))
def test_every_brand_colour_gives_pairs_that_can_be_read(number):
    pairs = brand_pairs(f"#{number:06x}")

    light, dark = pairs["--brand"]
    assert contrast(from_hex(light), PAPER) >= 4.5
    assert contrast(from_hex(dark), NIGHT) >= 4.5
    for brand, text in zip(pairs["--brand"], pairs["--on-brand"], strict=True):
        assert contrast(from_hex(brand), from_hex(text)) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_agrees_with_the_published_figures(one, other, ratio):
    assert contrast(from_hex(one), from_hex(other)) == pytest.approx(ratio, abs=0.01)
