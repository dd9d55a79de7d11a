"""The page of a paper is read as XML; whatever a text holds, it stays one."""

import pytest

from certificates.paper.rendering import render

from .papers import THEMES, in_full, make_content, text_of


@pytest.mark.parametrize(
    "name", ["A\x00B\x0bC", "A\ud800B", "A\ufffeB", "<b>&amp;]]></b>", "A\u2028B"]
)
def test_a_text_that_xml_cannot_hold_is_drawn_without_it(name):
    text = text_of(render(make_content(holder=name, holder_latin=""), "en"))

    assert "UST-2026-000001" in text


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_written_as_xml(theme):
    """WeasyPrint would mend a page that is not; our reader refuses it."""
    assert render(in_full(theme, "fa", is_sample=True), "fa").startswith(b"%PDF-")
