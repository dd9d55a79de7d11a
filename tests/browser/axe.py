"""What axe-core finds serious or critical on the page as it is shown now."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = """async (rules) => {
  const options = { resultTypes: ["violations"], preload: false };
  options.runOnly = rules
    ? { type: "rule", values: rules }
    : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run({ exclude: [["wagtail-userbar"]] }, options);
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => [impact, `${id}: ${node.target.join(" ")}`, node.html]));
}"""
# What another colour scheme can change.
COLOURS = ("color-contrast", "link-in-text-block")


@cache
def _source() -> str:
    return SOURCE.read_text()


def axe(page: Page, *rules: str) -> list[str]:
    """Serious and critical violations of all rules, or of the named ones."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(RUN, list(rules) or None)
    return [
        f"{what} {html[:160]}"
        for impact, what, html in found
        if impact in ("serious", "critical")
    ]
