"""The table of docs/access.md, the addresses of the site, and how the site answers."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from .access_rows import arguments

PAGE = Path(__file__).resolve().parents[1] / "docs" / "access.md"
OURS = {"home", "certificates", "lms", "courses"}
ROLES = [
    "visitor",
    "stranger",
    "participant",
    "trainer",
    "marker",
    "coordinator",
    "observer",
    "administrator",
]
# For these no row is of their cohort or of another's: they have none, or all.
WITHOUT_A_COHORT = ("visitor", "stranger", "administrator")
# Is the asker let in to a row of the own cohort, and to one of the other?
WORDS = {
    (True, True): "yes",
    (True, False): "own",
    (False, True): "the other cohort's only",
    (False, False): "no",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the site; what has no name goes by its path."""

    name: str
    path: str
    is_ours: bool

    @property
    def has_parameters(self) -> bool:
        return "<" in self.path or "(" in self.path


def addresses() -> dict[str, Address]:
    """Every address of the site by name."""
    return {one.name: one for one in _walk(get_resolver().url_patterns)}


def _walk(patterns, path="", space=""):
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}" if pattern.name else here
            yield Address(name, here, _is_ours(pattern.callback))
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, here, space + inner)


def _is_ours(view) -> bool:
    """Written here, or hung up by a viewset of ours that uses a view of Wagtail's."""
    view = getattr(view, "view_class", view)
    return view.__module__.split(".")[0] in OURS


def tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Cells by name of the address, and cells by beginning of the name."""
    lines = PAGE.read_text().splitlines()
    rows = [
        [cell.strip().strip("`") for cell in line[1:-1].split("|")]
        for line in lines
        if line.startswith("| `")
    ]
    single = {row[0]: row[1:] for row in rows if not row[0].endswith("*")}
    grouped = {row[0].rstrip("*"): row[1:] for row in rows if row[0].endswith("*")}
    return single, grouped


def line(name: str, path: str, words: list[str]) -> str:
    return f"| `{name}` | `{path}` | {' | '.join(words)} |"


def word(cast, who: str, address: Address) -> str:
    """How the site answers this role at this address."""
    answers = []
    for prefix in ("", "other_"):
        has = address.has_parameters
        args = arguments(cast, address.name, prefix=prefix) if has else []
        answers.append(_lets_in(cast, who, reverse(address.name, args=args)))
        if not has or who in WITHOUT_A_COHORT:
            return "yes" if answers[0] else "no"
    return WORDS[tuple(answers)]


def _lets_in(cast, who: str, url: str) -> bool:
    """Reading where the address can be read, else sending an empty form.

    Who is refused reading must be refused sending, too. Nothing sent here stays.
    """
    read = _ask(cast, who, "get", url)
    if read is None:
        return bool(_ask(cast, who, "post", url))
    if not read:
        assert not _ask(cast, who, "post", url), f"{who} may post to {url}"
    return read


def _ask(cast, who: str, method: str, url: str) -> bool | None:
    """Is the asker let in? None where the address knows no such method."""
    client = _client(cast, who)
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    # The session just written is gone again; the one before is there.
    client.cookies = cookies
    assert response.status_code < 500, f"{response.status_code}: {url}"
    if response.status_code == 405:
        return None
    if response.status_code in (401, 403, 404) or _is_sent_away(response, url):
        _names_nobody(cast, response, url)
        return False
    return True


def _client(cast, who: str) -> Client:
    if who not in cast.clients:
        cast.clients[who] = Client()
        if who != "visitor":
            cast.clients[who].force_login(getattr(cast, who))
    return cast.clients[who]


def _is_sent_away(response, url: str) -> bool:
    """To sign in, or to the first page of the admin, as Wagtail refuses.

    What does not exist outside the languages is looked for once more within them.
    """
    target = response.get("Location", "").partition("?")[0]
    away = [reverse("account_login"), reverse("wagtailadmin_home")]
    return target in away or (target == f"/en{url}" and url != "/")


def _names_nobody(cast, response, url: str) -> None:
    for person in (cast.person, cast.other_person):
        assert person.legal_name.encode() not in response.content, url
