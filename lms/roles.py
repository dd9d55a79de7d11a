"""The roles people hold, as groups of accounts, and what each may do in the admin.

A group opens the admin's doors; which rows stand behind them is decided by the
`Staff` rows of each cohort (`lms.scoping`).
"""

from django.contrib.auth.models import Group, Permission
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from courses.models import CourseIndexPage, CoursePage

from .models import Staff

ADMINISTRATORS = "Administrators"
COORDINATORS = "Coordinators"
TRAINERS = "Trainers"
MARKERS = "Markers"
OBSERVERS = "Observers"
ROLE_GROUPS = [ADMINISTRATORS, COORDINATORS, TRAINERS, MARKERS, OBSERVERS]

GROUP_OF_ROLE = {
    Staff.Role.COORDINATOR: COORDINATORS,
    Staff.Role.TRAINER: TRAINERS,
    Staff.Role.MARKER: MARKERS,
    Staff.Role.OBSERVER: OBSERVERS,
}

AUTHORS = "Authors: "

_ADMIN = ["wagtailadmin.access_admin"]
_WRITING = [
    f"courses.{action}_{model}"
    for model in ("question", "questioncategory", "glossaryterm")
    for action in ("add", "change", "view")
]
_TRANSLATING = ["wagtail_localize.submit_translation"]
_PUBLISHING = ["courses.publish_question", "courses.delete_glossaryterm"]
_GLOBAL = {
    COORDINATORS: [*_ADMIN, *_WRITING, *_TRANSLATING, *_PUBLISHING],
    TRAINERS: [*_ADMIN, *_WRITING, *_TRANSLATING],
    MARKERS: _ADMIN,
    OBSERVERS: _ADMIN,
}
_EDITING = ["add_page", "change_page", "lock_page"]
_RUNNING = [*_EDITING, "publish_page", "unlock_page"]
_EVERYTHING = [*_RUNNING, "bulk_delete_page"]


def groups_of(user) -> set[str]:
    """The names of the account's groups, read once for a request."""
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return user._group_names


def forget_groups(user) -> None:
    """They have just changed."""
    user.__dict__.pop("_group_names", None)


def is_in(user, names: list[str]) -> bool:
    """Is the account in one of these groups?"""
    return user.is_active and not groups_of(user).isdisjoint(names)


def is_administrator(user) -> bool:
    """May do everything everywhere."""
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or ADMINISTRATORS in groups_of(user)


def ensure_roles() -> None:
    """Make the groups and give them their permissions; a second call changes nothing.

    Permissions an organisation added by hand stay.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ROLE_GROUPS}
    groups[ADMINISTRATORS].permissions.add(*Permission.objects.all())
    for name, wanted in _GLOBAL.items():
        groups[name].permissions.add(*_permissions(wanted))
    _give_pages(groups)
    _give_collections(groups)
    _give_review(groups)


def ensure_authors(course: CoursePage) -> Group:
    """The group that may write this course in all languages, but not publish it."""
    group = _authors_of(course)
    if group is None:
        name = f"{AUTHORS}{course.title[:100]} ({course.pk})"
        group, _ = Group.objects.get_or_create(name=name)
    for page in _translations(course):
        _give_page(group, page, _EDITING)
    return group


def open_new_page(page: CourseIndexPage | CoursePage) -> None:
    """Let those write a new index or translation who write the others."""
    if isinstance(page, CourseIndexPage):
        for coordinators in Group.objects.filter(name=COORDINATORS):
            _give_page(coordinators, page, _RUNNING)
    elif _authors_of(page):
        ensure_authors(page)


def _authors_of(course: CoursePage) -> Group | None:
    return Group.objects.filter(
        name__startswith=AUTHORS, page_permissions__page__in=_translations(course)
    ).first()


def _translations(course: CoursePage) -> models.QuerySet:
    return CoursePage.objects.filter(translation_key=course.translation_key)


def _permissions(names: list[str]) -> models.QuerySet:
    wanted = models.Q(pk=None)
    for name in names:
        app, codename = name.split(".")
        wanted |= models.Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)


def _give_pages(groups) -> None:
    _give_page(groups[ADMINISTRATORS], Page.get_first_root_node(), _EVERYTHING)
    for index in CourseIndexPage.objects.all():
        _give_page(groups[COORDINATORS], index, _RUNNING)


def _give_page(group, page, codenames: list[str]) -> None:
    if page is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=codenames,
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission
        )


def _give_collections(groups) -> None:
    """Pictures and documents: authors add and choose, administrators do all."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    for model in (get_image_model(), get_document_model()):
        every = Permission.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
        )
        adding = every.filter(codename__regex=r"^(add|choose)_")
        for name, permissions in {
            ADMINISTRATORS: every.exclude(codename__startswith="view_"),
            COORDINATORS: every.filter(codename__regex=r"^(add|change|choose)_"),
            TRAINERS: adding,
        }.items():
            for permission in permissions:
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[name], collection=root, permission=permission
                )


def _give_review(groups) -> None:
    """Who publishes also reviews: the site's approval tasks ask them."""
    for task in GroupApprovalTask.objects.filter(active=True):
        task.groups.add(groups[ADMINISTRATORS], groups[COORDINATORS])
