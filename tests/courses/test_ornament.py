"""Covers and the band: always the same, small, well formed and in our colours."""

import re
import uuid
from xml.etree import ElementTree

import pytest

from courses import ornament

KEYS = [str(uuid.UUID(int=number * 7919)) for number in range(200)]


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314  (our own text, not a stranger's)


def colours_of(svg):
    return set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r'href="[^"]*"', "", svg)))


def test_one_key_always_gives_the_same_cover():
    key = uuid.UUID(int=1)

    assert ornament.cover_svg(key) == ornament.cover_svg(str(key))


def test_two_courses_have_two_covers():
    covers = {ornament.cover_svg(key) for key in KEYS}

    assert len(covers) > len(KEYS) * 0.9


@pytest.mark.parametrize("key", KEYS[:40])
def test_a_cover_is_well_formed_and_names_only_what_it_draws(key):
    cover = parsed(ornament.cover_svg(key))

    drawn = {part.tag.partition("}")[2] for part in cover.iter()}
    ids = [part.get("id") for part in cover.iter() if part.get("id")]
    assert drawn <= {"svg", "pattern", "g", "path", "circle", "use"}
    assert len(ids) == len(set(ids))


def test_every_cover_stays_under_two_kilobytes():
    assert max(len(ornament.cover_svg(key).encode()) for key in KEYS) < 2048


def test_a_cover_uses_the_brand_the_thread_and_the_silk_only():
    covers = "".join(ornament.cover_svg(key, brand="#123456") for key in KEYS)

    assert colours_of(covers) == {"#123456", ornament.THREAD, ornament.SILK}


def test_the_band_is_small_well_formed_and_in_the_same_colours():
    band = ornament.band_svg()

    assert parsed(band).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(band.encode()) < 2048
    assert colours_of(band) == {ornament.BRAND, ornament.THREAD, ornament.SILK}
