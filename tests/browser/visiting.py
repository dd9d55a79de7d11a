"""Somebody in front of a browser: who they are, what they use, what goes wrong."""

from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, Page, Response

from home.models import User

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# What could not be loaded is told by its response, with the address. The second is the
# worker's script, which Chromium asks for when it likes, without a line as well.
UNLOADED = (
    "Failed to load resource",
    "An unknown error occurred when fetching the script",
)


@dataclass
class Visit:
    """A page of the browser with its faults, clicks and page loads."""

    page: Page
    site: str
    expected: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    clicks: int = 0
    loads: int = 0

    def __post_init__(self):
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._response)
        self.page.on("domcontentloaded", lambda page: self._load())

    def _console(self, message):
        if message.type == "error" and not any(
            text in message.text for text in UNLOADED
        ):
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response):
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")

    def _load(self):
        self.loads += 1

    def open(self, path: str) -> Page:
        """Go to an address, as from a bookmark: the counting begins there."""
        self.page.goto(self.site + path)
        self.clicks, self.loads = 0, 0
        return self.page

    def click(self, name, role: str = "", *, within=None) -> None:
        """Press the one thing of this name; a locator is pressed as it is."""
        target = name
        if isinstance(name, str):
            place = within or self.page.locator("body")
            target = place.get_by_role(role or "button", name=name, exact=True)
        self.clicks += 1
        target.click()

    def follow(self, name, role: str = "", *, within=None) -> None:
        """Press it, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.click(name, role, within=within)

    def signed_in(self, user: User) -> "Visit":
        """Give the browser the session a sign-in would have made."""
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        name, url = settings.SESSION_COOKIE_NAME, self.site
        cookie = {"name": name, "value": session.session_key, "url": url}
        self.page.context.add_cookies([cookie])
        return self


@dataclass
class Visitors:
    """Makes visits, and at the end asks each whether something went wrong."""

    browser: Browser
    site: str
    visits: list[Visit] = field(default_factory=list)

    def __call__(
        self,
        username: str = "",
        *,
        on=PHONE,
        scheme="light",
        scripts=True,
        expects: tuple[int, ...] = (),
    ) -> Visit:
        # Colours that fade would be measured half way.
        context = self.browser.new_context(
            viewport=on,
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        visit = Visit(context.new_page(), self.site, set(expects))
        self.visits.append(visit)
        if username:
            visit.signed_in(User.objects.get(username=username))
        return visit

    def leave(self) -> list[str]:
        faults = [fault for visit in self.visits for fault in visit.faults]
        for visit in self.visits:
            visit.page.context.close()
        return faults
