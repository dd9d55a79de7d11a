"""Who may fetch a picture or a file: whoever may see a page that shows it."""

from django.http import HttpRequest
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from . import gates
from .models import LessonPage, ModulePage, Question, QuizPage

GATED = (ModulePage, LessonPage, QuizPage)
STAFF_ACTIONS = ["add", "change", "delete", "choose"]


def is_open_to_all(medium) -> bool:
    """Shown on a published page without a gate, or part of the site's own settings."""
    owners = _owners(medium)
    return any(
        isinstance(owner, BaseSiteSetting | BaseGenericSetting)
        or (isinstance(owner, Page) and _is_open(owner))
        for owner in owners
    )


def may_fetch(request: HttpRequest, medium) -> bool:
    """What nobody uses yet is seen by those who look after such media only."""
    user = request.user
    if gates.is_shut(request):
        return any(_is_asked(request, owner) for owner in _owners(medium))
    if not user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(type(medium))
    if policy.user_has_any_permission_for_instance(user, STAFF_ACTIONS, medium):
        return True
    return any(_may_see_owner(request, owner) for owner in _owners(medium))


def _may_see_owner(request: HttpRequest, owner) -> bool:
    if isinstance(owner, Page):
        return _may_see(request, owner)
    return _is_asked(request, owner)


def _is_asked(request: HttpRequest, owner) -> bool:
    """A question's picture is seen by those who are asked the question."""
    if not isinstance(owner, Question):
        return False
    return gates.is_asked(request, owner.translation_key)


def _owners(medium) -> list:
    """What shows it, as it is saved now; rows that are gone already are left out."""
    references = ReferenceIndex.get_references_to(medium).select_related(
        "base_content_type"
    )
    found = {(row.base_content_type, row.object_id) for row in references}
    owners = [
        kind.model_class()._default_manager.filter(pk=pk).first()
        for kind, pk in found
        if kind.model_class()
    ]
    return [
        owner.specific if isinstance(owner, Page) else owner
        for owner in owners
        if owner
    ]


def _is_open(page: Page) -> bool:
    return page.live and not page.get_view_restrictions().exists()


def _may_see(request: HttpRequest, page: Page) -> bool:
    if isinstance(page, GATED):
        return gates.can_see(request.user, page)
    restrictions = page.get_view_restrictions()
    return page.live and all(r.accept_request(request) for r in restrictions)
