"""May this person see that page? `courses` asks; whoever keeps the records answers."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest
from wagtail.models import Page

Answer = Callable[[object, Page], bool]

_readers: list[Answer] = []
_facilitators: list[Answer] = []
_asked: list[Callable[[HttpRequest, uuid.UUID], bool]] = []
_shut: list[Callable[[HttpRequest], bool]] = []


def register(answer: Answer) -> None:
    """Let this function of user and page say who else sees what is taught."""
    if answer not in _readers:
        _readers.append(answer)


def register_facilitators(answer: Answer) -> None:
    """Let this function of user and page say who else reads the facilitator notes."""
    if answer not in _facilitators:
        _facilitators.append(answer)


def register_asked(answer: Callable[[HttpRequest, uuid.UUID], bool]) -> None:
    """Let this function of request and question key say who is asked a question."""
    if answer not in _asked:
        _asked.append(answer)


def register_shut(answer: Callable[[HttpRequest], bool]) -> None:
    """Let this function say whose session sees nothing but what it is asked."""
    if answer not in _shut:
        _shut.append(answer)


def is_asked(request: HttpRequest, question_key: uuid.UUID) -> bool:
    return any(answer(request, question_key) for answer in _asked)


def is_shut(request: HttpRequest) -> bool:
    return any(answer(request) for answer in _shut)


def can_see(user, page: Page) -> bool:
    return _says_yes(_readers, user, page)


def may_facilitate(user, page: Page) -> bool:
    return _says_yes(_facilitators, user, page)


def _says_yes(answers: list[Answer], user, page: Page) -> bool:
    """One yes is enough; without any it is the page's editors only."""
    if not user.is_authenticated:
        return False
    if any(answer(user, page) for answer in answers):
        return True
    return page.permissions_for_user(user).can_edit()
