"""A stranger before the page of checking: the scan, the code, the dropped file."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect

from certificates import codes
from certificates.actions import ending
from certificates.actions.issuing import issue
from certificates.paper.rendering import render
from certificates.seal import sealing
from courses import clock
from tests import database
from tests.certificates.builders import make_completed
from tests.certificates.real_keys import real_keys
from tests.certificates.test_rendering import make_content
from tests.factories import make_user

from .axe import LANGUAGES, faults_of
from .visiting import PHONE, Visitors

DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], name, { type: "application/pdf" }));
  const event = { dataTransfer: data, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("drop", event));
}"""


@pytest.fixture(scope="module")
def site(browser, django_db_setup, django_db_blocker):
    """A server before a database with two certificates: one holds, one was revoked."""
    with django_db_blocker.unblock(), real_keys():
        database.replace_by(database.migrated())
        by = make_user()
        valid, ended = (issue(make_completed(), by=by) for _one in range(2))
        ending.revoke(ended, by=by, reason="x", ended_class="error")
        server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield SimpleNamespace(
            address=f"http://{server.host}:{server.port}",
            valid=valid,
            ended=ended,
            files=files(valid, ended),
        )
        server.terminate()
        server.join()
        database.replace_by(database.ready())


def files(valid, ended) -> dict[str, bytes]:
    """A file for each outcome, by the sentence it gets."""
    pdf, old = read(valid), read(ended)
    content = make_content()
    plain = render(content, "en")
    with real_keys():
        place = sealing.place(content["number"])
        foreign = sealing.seal(render(content, "en", place=place))
    return {
        "This file is genuine, and the certificate is valid.": pdf,
        "This certificate was revoked on": old,
        "This file was changed after we sealed it.": pdf + b" ",
        "A part of this file is missing.": pdf[:-99],
        "This file was not sealed by us.": foreign,
        "This file has no seal of ours.": plain,
        "This is neither a PDF nor a badge of ours.": b"Dear Sir or Madam",
    }


def read(certificate) -> bytes:
    with certificate.pdf.open("rb") as file:
        return file.read()


@pytest.fixture
def visit(browser, site):
    visitors = Visitors(browser, site.address)
    yield visitors
    assert visitors.leave() == []


def send(page, data: bytes):
    file = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": data}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Check the file").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_scan_reaches_the_answer_with_nothing_but_our_own_server(
    visit, site, scripts
):
    """CE-13, CE-41: no sign-in, no request to anybody else."""
    stranger = visit(scripts=scripts)
    asked = []
    stranger.page.on("request", lambda one: asked.append(urlsplit(one.url).netloc))
    scanned = urlsplit(site.valid.content["verify_url"])

    page = stranger.open(scanned.path)

    expect(page.locator("h1")).to_have_text("This certificate is valid.")
    expect(page.locator(".claims")).to_contain_text(site.valid.number)
    assert set(asked) == {urlsplit(site.address).netloc}
    assert page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_each_file_gets_its_sentence(visit, site, scripts):
    stranger = visit(scripts=scripts)

    for sentence, data in site.files.items():
        page = stranger.open("/en/verify/")
        send(page, data)
        expect(page.locator("h1")).to_contain_text(sentence)


def test_a_file_dropped_anywhere_is_checked_at_once(visit, site):
    page = visit().open("/en/verify/")

    page.evaluate(DROP, ["paper.pdf", list(read(site.valid))])

    expect(page.locator("h1")).to_contain_text("This file is genuine")


@pytest.mark.parametrize("scripts", [True, False])
def test_our_own_words_stand_on_the_button_that_chooses_a_file(visit, scripts):
    """A browser's speak its own language."""
    page = visit(scripts=scripts).open("/en/verify/")
    field, words = page.locator("#file"), page.locator(".file").get_by_text("Choose a")
    before = field.evaluate("one => getComputedStyle(one).color")

    with page.expect_file_chooser() as chooser:
        words.click()
    chooser.value.set_files({"name": "my.pdf", "mimeType": "", "buffer": b"x"})

    labels = field.evaluate("one => [...one.labels].map((label) => label.innerText)")
    assert labels == ["Or the file itself", "Choose a file"]
    assert before == "rgba(0, 0, 0, 0)"
    assert field.evaluate("one => getComputedStyle(one).color") != before
    assert visible_button(field) == "0px"


def test_who_comes_to_the_file_by_keyboard_sees_where_they_are_and_opens_it(visit):
    page = visit().open("/en/verify/")

    page.focus("#code")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    ring = "one => getComputedStyle(one).outlineStyle"
    assert page.evaluate("document.activeElement.id") == "file"
    assert page.locator(".file").evaluate(ring) == "solid"
    with page.expect_file_chooser():
        page.keyboard.press("Space")


def visible_button(field) -> str:
    """How wide the browser's own is."""
    return field.evaluate(
        "one => getComputedStyle(one, '::file-selector-button').inlineSize"
    )


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(visit):
    page = visit().open("/en/verify/")

    send(page, b"%PDF-" + b" " * (10 * 1024 * 1024))

    expect(page.get_by_role("alert")).to_contain_text("too large")
    assert page.url.endswith("/en/verify/")


def test_after_ten_tries_a_question_is_asked(visit, site, monkeypatch):
    """CE-10: within one minute, in every thread."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    stranger = visit(expects=(429,))
    for _try in range(11):
        page = stranger.open(f"/en/verify/?code={site.valid.code}")

    expect(page.locator("h1")).to_have_text("One minute, please.")
    assert faults_of(page, "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ["valid", "ended", "unknown", "mistyped"])
def test_axe_finds_nothing_serious_on_an_answer_to_a_code(
    visit, site, outcome, language
):
    code = {
        "valid": site.valid.code,
        "ended": site.ended.code,
        "unknown": codes.make(),
    }.get(outcome, "ABC")

    page = visit().open(f"/{language}/verify/{code}/")

    assert faults_of(page, language) == []


def test_axe_finds_nothing_serious_on_an_answer_to_a_file(visit, site):
    found = []
    for sentence, data in site.files.items():
        page = visit(on=PHONE).open("/en/verify/")
        send(page, data)
        expect(page.locator("h1")).to_contain_text(sentence)
        found += faults_of(page, "en")

    assert found == []
