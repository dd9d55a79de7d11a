"""The lines around a certificate say the same as a picture and as operators."""

import re
import zlib

import pytest

from certificates.paper import frame
from certificates.paper.ornament.lines import Figure, Ink, box, operators, svg, tint

ACCENT = "#a3262a"


@pytest.mark.parametrize("name", frame.FIGURES)
def test_a_picture_and_its_operators_have_the_same_curves(name):
    figure = frame.FIGURES[name](ACCENT)

    picture, packed = svg(figure), operators(figure).decode()

    paths = "".join(re.findall(r' d="([^"]+)"', picture))
    for letter, operator in (("M", "m"), ("L", "l"), ("C", "c"), ("Z", "h")):
        found = re.findall(rf"\b{operator}$", packed, re.MULTILINE)
        assert len(found) == paths.count(letter)


@pytest.mark.parametrize("name", frame.FIGURES)
def test_nothing_is_drawn_outside_of_its_sheet(name):
    figure = frame.FIGURES[name](ACCENT)

    for ink in figure.inks:
        numbers = [int(number) for number in re.findall(r"-?\d+", ink.path)]
        assert all(-1 <= x <= figure.width * 100 + 1 for x in numbers[::2])
        assert all(-1 <= y <= figure.height * 100 + 1 for y in numbers[1::2])


def test_a_figure_is_plain_lines_and_fills():
    figure = Figure(
        10,
        5,
        [Ink("#ff0000", 0.5, box(1, 1, 2, 2)), Ink("#000000", 0, box(0, 0, 1, 1))],
    )

    assert operators(figure).decode().split("\n") == [
        "1 J 1 j",
        "1 0 0 RG 50 w",
        "100 100 m",
        "200 100 l",
        "200 200 l",
        "100 200 l",
        "h",
        "S",
        "0 0 0 rg",
        "0 0 m",
        "100 0 l",
        "100 100 l",
        "0 100 l",
        "h",
        "f",
    ]
    assert 'viewBox="0 0 1000 500"' in svg(figure)


def test_a_tint_goes_towards_white():
    assert [tint("#204060", white) for white in (0, 0.5, 1)] == [
        "#204060",
        "#90a0b0",
        "#ffffff",
    ]


def test_a_frame_stays_small():
    """It is in every certificate: less than a hundred kilobytes, packed."""
    packed = zlib.compress(operators(frame.guilloche(ACCENT)), 9)

    assert len(packed) < 100_000
