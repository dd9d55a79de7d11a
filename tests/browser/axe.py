"""What axe-core finds serious or critical: on a phone and a desk, by day and night."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from .places import place, viewer
from .visiting import DESK, PHONE

LANGUAGES = ("en", "ru", "tg")
NOTHING: dict[str, list[str]] = {language: [] for language in LANGUAGES}
NARROW = {"width": 320, "height": 640}
SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = """async ([rules, within]) => {
  const options = { resultTypes: ["violations"], preload: false };
  options.runOnly = rules
    ? { type: "rule", values: rules }
    : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const where = { include: [within], exclude: [["wagtail-userbar"]] };
  const found = await axe.run(where, options);
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => [impact, `${id}: ${node.target.join(" ")}`, node.html]));
}"""
# What another colour scheme can change.
COLOURS = ("color-contrast", "link-in-text-block")


@cache
def _source() -> str:
    return SOURCE.read_text()


def axe(page: Page, *rules: str, within: str = "html") -> list[str]:
    """Serious and critical violations of all rules, or of the named ones."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(RUN, [list(rules) or None, within])
    return [
        f"{what} {html[:160]}"
        for impact, what, html in found
        if impact in ("serious", "critical")
    ]


def everywhere(page: Page) -> list[str]:
    """What is found on a phone and a desk, in the light and the dark colours."""
    found = []
    for shape, size in (("phone", PHONE), ("desk", DESK)):
        show_all(page, size["width"])
        page.emulate_media(color_scheme="light")
        found += [f"{shape}: {one}" for one in axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{shape}, dark: {one}" for one in axe(page, *COLOURS)]
    return found


def on_a_phone(page: Page) -> list[str]:
    show_all(page, PHONE["width"])
    return [f"phone: {one}" for one in axe(page)]


def faults(visit, name: str, *, expects: int = 200) -> dict[str, list[str]]:
    """What is wrong with a page in each language; another or too wide is wrong, too.

    One visit for all of them: a new one for each would load the styles again.
    """
    visitor = visit(viewer(name), expects=(expects,))
    found = {}
    for language in LANGUAGES:
        visitor.page.set_viewport_size(PHONE)
        visitor.page.emulate_media(color_scheme="light")
        found[language] = faults_of(visitor.open(place(name, language)), language)
    return found


def faults_of(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    # Colours and the desk's layout are the same in every language.
    found = everywhere(page) if language == LANGUAGES[0] else on_a_phone(page)
    spoken = page.locator("html").get_attribute("lang")
    if spoken != language:
        found.append(f"language: {spoken}")
    return found + too_wide(page)


def too_wide(page: Page) -> list[str]:
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"too wide: {width}"] if width != NARROW["width"] else []


def show_all(page: Page, width: int) -> None:
    """A window as tall as the page: what sticks to its foot covers nothing."""
    page.set_viewport_size({"width": width, "height": 740})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
