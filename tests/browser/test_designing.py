"""A certificate is designed: a block moves, the page beside the form follows."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from certificates.models import CertificateTemplate

from .axe import axe, too_wide
from .visiting import DESK, PHONE

SHOWN = "The preview shows what the form says now."


@pytest.fixture
def template(site) -> CertificateTemplate:
    return CertificateTemplate.objects.get(course_key=None, kind="completion")


def editor_of(template) -> str:
    return reverse("certificate_templates:edit", args=[template.pk])


def wait_for_preview(page: Page) -> str:
    """The address of the picture once it shows what the form says."""
    expect(page.locator("[data-design-said]")).to_have_text(SHOWN)
    return page.locator("[data-design-picture]").get_attribute("src")


def kinds(area: str, blocks: list[dict]) -> list[str]:
    return [one["type"] for one in blocks if one["area"] == area]


def test_a_block_is_moved_seen_in_the_preview_and_published(visit, template):
    visitor = visit("administrator", on=DESK)
    page = visitor.open(editor_of(template))
    before = wait_for_preview(page)
    foot = page.locator(".design-area").nth(2)

    foot.get_by_role("button", name="Move down").first.click()

    expect(page.locator("[data-design-picture]")).not_to_have_attribute("src", before)
    wait_for_preview(page)
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/training/certificate-templates/**")
    foot_then = kinds("foot", template.newest.content["blocks"])
    assert foot_then[:2] == ["seal", "signatories"]
    page = visitor.open(reverse("certificate_templates:publish", args=[template.pk]))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The version is published.")).to_be_visible()
    assert template.published.content["blocks"] == template.newest.content["blocks"]


def test_a_mistake_is_said_beside_the_preview_and_the_last_page_stays(visit, template):
    page = visit("administrator", on=DESK, expects=(422,)).open(editor_of(template))
    before = wait_for_preview(page)

    page.locator("[name=accent]").fill("blue")

    expect(page.locator("[data-design-said]")).to_contain_text("# and six digits")
    assert page.locator("[data-design-picture]").get_attribute("src") == before


def test_the_blocks_are_a_short_list_and_each_opens_by_itself(visit, template):
    page = visit("administrator", on=DESK).open(editor_of(template))
    wait_for_preview(page)
    folds = page.locator(".design-area [data-panel-toggle]")

    told = folds.evaluate_all("all => all.map((one) => one.ariaExpanded)")
    parts = folds.evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-controls'))"
    )

    assert set(told) == {"false"}
    assert len(set(parts)) == len(parts) == len(template.newest.content["blocks"])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_serious(visit, template, size):
    page = visit("administrator", on=size).open(editor_of(template))
    wait_for_preview(page)

    assert axe(page, within=".design") == []
    assert too_wide(page) == []
