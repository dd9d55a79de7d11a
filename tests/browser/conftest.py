"""The site with the sample programme in it, and Chromium before it."""

import os

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

from . import loops, sample
from .visiting import Visitors

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The longest files begin, so that at the end no process waits for another.
LONGEST = [
    f"test_{name}.py"
    for name in ("axe", "axe_staff", "axe_attendance", "steps", "whole_job")
]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: (*LONGEST, item.path.name).index(item.path.name))
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


# How quick the machine is says nothing about what is tested.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser():
    """Playwright keeps an event loop in this thread; Django takes it for async code."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr("asyncio.run", loops.run)
        chromium = playwright.chromium
        browser = chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(browser, django_db_setup, django_db_blocker):
    """The address of a server before a fresh copy of the sample programme."""
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF=f"{__package__}.urls"),
    ):
        sample.open_sample()
        server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://{server.host}:{server.port}"
        server.terminate()
        server.join()
        sample.close_sample()


@pytest.fixture
def visit(browser, site):
    """`visit("trainer", on=DESK, scheme="dark", scripts=False)`; "" is a stranger."""
    visitors = Visitors(browser, site)
    yield visitors
    faults = visitors.leave()
    assert not faults, faults
