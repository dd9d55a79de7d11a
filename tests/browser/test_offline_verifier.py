"""The page that checks certificates without a network, opened as a file of its own."""

import json
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from certificates.actions import ending
from certificates.actions.issuing import issue
from certificates.checking.verifier.assembling import HERE, MODULES, page
from certificates.checking.verifier.publishing import published
from certificates.credential import baking, making, picture, status
from certificates.paper.rendering import render
from certificates.seal import keys, sealing
from tests.certificates.builders import make_completed
from tests.certificates.real_keys import real_keys
from tests.certificates.test_rendering import make_content
from tests.factories import make_user

from .axe import axe
from .visiting import DESK, PHONE

pytestmark = pytest.mark.django_db

ANSWERS = {
    "intact": "This file is genuine: it is unchanged since we made it.",
    "ended": "The file is genuine, but the certificate has ended.",
    "altered": "This file was changed after we sealed it.",
    "foreign": "This file was not sealed by us.",
    "unsealed": "This file has no seal of ours.",
    "not_ours": "This is neither a PDF nor a badge of ours.",
}


@pytest.fixture(scope="module")
def made(once, tmp_path_factory) -> SimpleNamespace:
    """A certificate, its file, and the page as it was before and after it ended."""
    folder = tmp_path_factory.mktemp("verifier")
    with real_keys():
        foreign = sealed(make_content())
    with real_keys():
        by, key = make_user(), keys.credential_key()
        certificate = issue(make_completed(), by=by)
        with certificate.pdf.open("rb") as file:
            pdf = file.read()
        early, late = folder / "early.html", folder / "late.html"
        early.write_text(page(published(key=key)))
        ending.revoke(certificate, by=by, reason="x", ended_class="error")
        late.write_text(page(published(key=key)))
        return SimpleNamespace(
            early=early,
            late=late,
            pdf=pdf,
            foreign=foreign,
            plain=render(make_content(), "en"),
            credential=certificate.credential,
            list=status.status_list(1, key=key),
            certificate=certificate,
        )


def sealed(content) -> bytes:
    place = sealing.place(content["number"])
    return sealing.seal(render(content, "en", place=place))


class Opened:
    """The page from a disk, with the network off."""

    def __init__(self, browser, path, size=PHONE, scheme="light"):
        context = browser.new_context(
            offline=True, viewport=size, color_scheme=scheme, reduced_motion="reduce"
        )
        self.asked, self.faults = [], []
        self.page = context.new_page()
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.page.on("console", lambda one: self.faults.append(one.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(path.as_uri())

    def check(self, data: bytes, name="file.pdf"):
        """What the page finds; each file is a new one."""
        shown = self.page.locator("[data-verdict]")
        shown.evaluate("one => delete one.dataset.finding")
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.set_input_files("#file", file)
        expect(shown).to_have_attribute("data-finding", re.compile(".+"))
        return shown.get_attribute("data-finding")

    @property
    def sentence(self):
        return self.page.locator("[data-sentence]").inner_text()

    @property
    def claims(self):
        lines = self.page.locator("[data-claims] > div").all()
        return dict(line.inner_text().split("\n", 1) for line in lines)


@pytest.fixture
def opened(browser, made):
    opened = Opened(browser, made.early)
    yield opened
    assert opened.faults == []
    assert {url.partition(":")[0] for url in opened.asked} <= {"file"}
    opened.page.context.close()


def test_a_genuine_file_is_recognised_and_its_claims_are_shown(opened, made):
    """CE-11"""
    assert opened.check(made.pdf) == "intact"

    assert opened.sentence == ANSWERS["intact"]
    assert opened.claims["Holder"] == "Раҳимова Зебунисо"
    assert opened.claims["Number"] == made.certificate.number


def test_one_changed_byte_anywhere_is_found(opened, made):
    size = len(made.pdf)
    contents = made.pdf.index(b"/Contents <")
    places = [5, 300, contents + 12, contents + 40, contents + 900, size // 2, size - 8]
    for place in places:
        changed = bytearray(made.pdf)
        changed[place] ^= 1
        assert opened.check(bytes(changed)) in ("altered", "foreign"), place


def test_appended_and_missing_bytes_and_foreign_seals_are_found(opened, made):
    found = {
        "appended": opened.check(made.pdf + b"\n%%EOF"),
        "cut": opened.check(made.pdf[:-50]),
        "foreign": opened.check(made.foreign),
        "no seal": opened.check(made.plain),
        "text": opened.check(b"Dear Sir or Madam"),
        "nothing": opened.check(b""),
    }

    assert found == {
        "appended": "altered",
        "cut": "altered",
        "foreign": "foreign",
        "no seal": "unsealed",
        "text": "not_ours",
        "nothing": "empty",
    }


def test_a_badge_is_checked_word_by_word(opened, made):
    text = making.as_text(made.credential)
    changed = json.loads(text)
    changed["credentialSubject"]["licenseNumber"] = "UST-2026-999999"
    strange = json.loads(text) | {"evidence": "I was there"}

    assert opened.check(text.encode(), "badge.json") == "intact"
    assert opened.claims["Holder"] == "not in this file; the PDF names the holder"
    assert opened.check(json.dumps(changed).encode(), "badge.json") == "altered"
    assert opened.check(json.dumps(strange).encode(), "badge.json") == "no_credential"


def test_a_badge_in_a_picture_is_checked_like_one_in_text(opened, made):
    """As its holder downloads it, and with one letter of it changed."""
    signed, number = making.as_text(made.credential), made.certificate.number
    changed = signed.replace(number, "UST-2026-999999")
    png = picture.png(made.certificate.kind, made.certificate.awarded_on.year)
    svg = picture.svg(made.certificate.kind, made.certificate.awarded_on.year)

    assert opened.check(baking.bake_png(png, signed), "badge.png") == "intact"
    assert opened.claims["Number"] == number
    assert opened.check(baking.bake_svg(svg, signed).encode(), "badge.svg") == "intact"
    assert opened.claims["Number"] == number
    assert opened.check(baking.bake_png(png, changed), "badge.png") == "altered"
    assert opened.check(baking.bake_svg(svg, changed).encode(), "b.svg") == "altered"
    assert opened.check(png, "empty.png") == "not_ours"


def test_what_ended_before_the_page_was_made_is_known(browser, made):
    opened = Opened(browser, made.late)

    assert opened.check(made.pdf) == "ended"
    assert opened.sentence == ANSWERS["ended"]
    opened.page.context.close()


def test_a_newer_list_can_be_dropped_on_an_older_page(opened, made):
    forged = json.loads(json.dumps(made.list))
    forged["validFrom"] = "2036-01-01T00:00:00Z"

    assert opened.check(json.dumps(forged).encode(), "list.json") == "altered"
    assert opened.check(made.pdf) == "intact"
    assert opened.check(json.dumps(made.list).encode(), "list.json") == "list"
    assert opened.check(made.pdf) == "ended"


def test_the_page_s_own_words_choose_a_file_and_its_name_is_shown(opened, made):
    field = opened.page.locator("#file")
    colour = "one => getComputedStyle(one).color"
    hidden = field.evaluate(colour)

    with opened.page.expect_file_chooser():
        opened.page.get_by_text("Choose a file").click()
    opened.check(made.pdf)

    assert hidden == "rgba(0, 0, 0, 0)"
    assert field.evaluate(colour) != hidden


def test_it_speaks_three_languages(opened, made):
    opened.check(made.foreign)

    for language in ("ru", "tg", "en"):
        opened.page.locator(f"[data-speak={language}]").click()
        known = opened.page.locator("[data-known]").inner_text()
        assert ".." not in known
        assert bool(re.search(r"\d\d\.\d\d\.\d{4}", known)) is (language != "en")
        assert opened.page.locator("html").get_attribute("lang") == language
        assert opened.page.locator("h1").inner_text()
        assert opened.page.title() == opened.page.locator("h1").inner_text()
    assert opened.sentence == ANSWERS["foreign"]


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(browser, made, size, scheme):
    opened = Opened(browser, made.early, size, scheme)
    # The page allows no script but its own; axe comes in beside that.
    for data in (made.pdf, made.foreign):
        opened.check(data)
        assert axe(opened.page) == []
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    assert width == size["width"]
    opened.page.context.close()


def test_the_policy_allows_nothing_from_anywhere(made):
    text = made.early.read_text()

    (policy,) = re.findall(r'Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"(?:src|href|action)=", text.partition("<script")[0])


def test_no_module_names_what_another_one_names():
    """They stand in one script, one after the other."""
    named = []
    for name in MODULES:
        text = (HERE / name).read_text()
        pattern = r"^(?:export )?(?:async )?(?:function|const|let) (\w+)"
        named += re.findall(pattern, text, re.MULTILINE)

    assert len(named) == len(set(named))
    assert {path.name for path in HERE.glob("*.js")} == set(MODULES)
