"""A holder before the page of a certificate: the link to send, and what it says."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from . import rows
from .axe import LANGUAGES, faults_of

# What a browser does where it has no clipboard for pages, or keeps it to itself.
NONE = "delete Navigator.prototype.clipboard"
DENIED = "navigator.clipboard.writeText = () => Promise.reject(new Error())"
NOWHERE = f"{NONE}; document.execCommand = () => false"


@pytest.fixture
def shared(visit):
    """`shared("en")` is the holder's page with a link that is switched on."""

    def opened(language: str = "en", **how):
        certificate = rows.own_certificate()
        with override(language):
            address = reverse("certificates:own", args=[certificate.code])
        visitor = visit("participant", **how)
        visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        return visitor, address

    return opened


def in_clipboard(page) -> str:
    """By pasting it, as a person does."""
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("body > textarea").focus()
    page.keyboard.press("Control+V")
    return page.locator("body > textarea").input_value()


@pytest.mark.parametrize("script", ["", NONE, DENIED])
def test_a_button_copies_the_link_and_says_so(shared, script):
    visitor, address = shared()
    if script:
        visitor.page.add_init_script(script)
    page = visitor.open(address)
    link = page.get_by_label("Your link").input_value()

    page.get_by_role("button", name="Copy the link").press("Enter")

    expect(page.locator("#share [role=status]")).to_have_text("The link is copied.")
    assert in_clipboard(page) == link
    assert "/shared/" in link


def test_a_browser_that_does_not_copy_is_said_and_the_link_is_selected(shared):
    visitor, address = shared()
    visitor.page.add_init_script(NOWHERE)
    page = visitor.open(address)

    page.get_by_role("button", name="Copy the link").click()

    expect(page.locator("#share [role=status]")).to_contain_text("copy it by hand")
    assert page.evaluate("getSelection().toString()") == page.input_value("#link")


def test_without_scripts_the_link_is_there_and_no_button_that_does_nothing(shared):
    visitor, address = shared(scripts=False)

    page = visitor.open(address)

    expect(page.get_by_label("Your link")).to_be_visible()
    expect(page.locator("[data-copy]")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious_once_it_is_copied(shared, language):
    visitor, address = shared(language)
    page = visitor.open(address)

    page.locator("[data-copy]").click()

    expect(page.locator("#share [role=status]")).not_to_be_empty()
    assert faults_of(page, language) == []
