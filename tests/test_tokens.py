"""What the style sheets promise: contrast, one home for colours, few bytes."""

import gzip
import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "css"
LESSON = ("tokens.css", "base.css", "components.css", "lesson.css")
GROUNDS = ("paper", "raised", "sunk")
TONES = ("brand", "decide", "done", "late")
SOFT = tuple(f"{tone}-soft" for tone in TONES)


def pairs():
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)",
        (CSS / "tokens.css").read_text(),
    )
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def least(text, ground):
    """The smaller of the contrasts in the light and in the dark."""
    colours = pairs()
    (light, dark), (day, night) = colours[text], colours[ground]
    return min(contrast(light, day), contrast(dark, night))


@pytest.mark.parametrize("ground", GROUNDS + SOFT)
def test_body_text_keeps_7_to_1(ground):
    assert least("ink", ground) >= 7


@pytest.mark.parametrize("ground", GROUNDS + SOFT)
def test_muted_text_keeps_4_5_to_1(ground):
    assert least("muted", ground) >= 4.5


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("ground", [*GROUNDS, "own soft"])
def test_a_tone_can_be_read_on_every_ground(tone, ground):
    assert least(tone, f"{tone}-soft" if ground == "own soft" else ground) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on-brand", "brand"),
        ("on-brand", "brand-strong"),
        ("on-brand", "decide"),
        ("paper", "done"),
        ("paper", "late"),
        ("paper", "decide"),
        ("paper", "muted"),
        ("paper", "ink"),
        ("brand-strong", "paper"),
    ],
)
def test_words_on_a_filled_part_can_be_read(text, ground):
    assert least(text, ground) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_keeps_3_to_1(ground):
    assert least("edge", ground) >= 3


def test_an_old_browser_gets_the_light_colours():
    before = (CSS / "tokens.css").read_text().partition("@supports")[0]
    plain = dict(re.findall(r"--([\w-]+): (#\w{6});", before))

    assert plain == {name: light for name, (light, _) in pairs().items()}


@pytest.mark.parametrize("name", sorted(sheet.name for sheet in CSS.glob("*.css")))
def test_a_style_sheet_names_colours_and_sides_only_by_their_role(name):
    text = re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.S)

    colours = re.findall(r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\()", text)
    physical = re.findall(
        r"\b(?:margin|padding|border)-(?:left|right)\b|[{;\s](?:left|right):", text
    )
    assert physical == []
    assert name == "tokens.css" or colours == []


def test_the_style_sheets_of_a_lesson_fit_into_6_kilobytes():
    sizes = [len(gzip.compress((CSS / name).read_bytes(), 9)) for name in LESSON]

    assert sum(sizes) <= 6144
