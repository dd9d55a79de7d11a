"""May this person see that page? `courses` asks; whoever keeps the records answers."""

from collections.abc import Callable

from wagtail.models import Page

Answer = Callable[[object, Page], bool]

_answers: list[Answer] = []


def register(answer: Answer) -> None:
    """Let this function of user and page decide about modules, lessons and quizzes."""
    if answer not in _answers:
        _answers.append(answer)


def can_see(user, page: Page) -> bool:
    """Editors of a page always; others when one of the answers is yes."""
    if not user.is_authenticated:
        return False
    if any(answer(user, page) for answer in _answers):
        return True
    return page.permissions_for_user(user).can_edit()
