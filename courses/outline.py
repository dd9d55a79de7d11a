"""A course's outline in the reader's language: frozen contents, titles as they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from wagtail.models import Page

from . import content_version
from .languages import in_order
from .models import CoursePage, Edition, ModulePage


@dataclass
class Activity:
    """A lesson or a quiz; without a url when no language has it published."""

    key: str
    title: str
    url: str
    kind: str
    minutes: int
    is_required: bool
    completes: str
    is_live: bool
    module: str = ""


@dataclass
class Module:
    """`title` is empty for what stands in no module."""

    key: str
    title: str
    summary: str
    activities: list[Activity] = field(default_factory=list)


@dataclass
class Course:
    """What the way up from a lesson says."""

    title: str
    url: str


@dataclass
class Outline:
    """`name` tells it from every other one of the same content version."""

    modules: list[Module]
    course: Course | None = None
    name: str = ""

    @cached_property
    def activities(self) -> list[Activity]:
        return [activity for module in self.modules for activity in module.activities]

    @cached_property
    def live(self) -> list[Activity]:
        return [activity for activity in self.activities if activity.is_live]

    @cached_property
    def live_required(self) -> list[Activity]:
        """What progress is counted over: what nobody can open asks for nothing."""
        return [activity for activity in self.live if activity.is_required]

    def find(self, key) -> Activity | None:
        return next((a for a in self.activities if a.key == str(key)), None)

    def neighbours(self, key) -> tuple[Activity | None, Activity | None]:
        """The activities before and after this one that can be opened."""
        keys = [activity.key for activity in self.live]
        if str(key) not in keys:
            return None, None
        place = keys.index(str(key))
        before = self.live[place - 1] if place else None
        return before, next(iter(self.live[place + 1 :]), None)


def edition_of(pk: int) -> Edition:
    """An edition is never updated: whoever needs this one holds the same object."""
    return content_version.remembered(
        f"edition:{pk}", lambda: Edition.objects.get(pk=pk)
    )


def outline_of(edition: Edition, language: str) -> Outline:
    """The edition in this language, another where this one lacks a page; cached."""
    name = f"{edition.pk}:{language}"
    return content_version.remembered(
        f"outline:{name}", lambda: _read(edition, language, name)
    )


def outline_of_newest(course: CoursePage, language: str) -> Outline:
    """The outline somebody would follow who began today."""
    edition = Edition.objects.newest(course.translation_key)
    return outline_of(edition, language) if edition else Outline([])


def _read(edition: Edition, language: str, name: str) -> Outline:
    rows = edition.outline["modules"]
    keys = [row["key"] for row in rows]
    modules = ModulePage.objects.filter(translation_key__in=keys)
    titles = _first_of_each(modules.select_related("locale"), language)
    pages = _pages(edition, language)
    return Outline(
        modules=[_module(row, titles.get(row["key"]), pages) for row in rows],
        course=_course(edition, language),
        name=name,
    )


def _course(edition: Edition, language: str) -> Course | None:
    courses = CoursePage.objects.live().filter(translation_key=edition.course_key)
    first = next(iter(in_order(courses.select_related("locale"), language)), None)
    return Course(first.title, first.url or "") if first else None


def _module(row: dict, page: ModulePage | None, pages: dict[str, Page]) -> Module:
    return Module(
        key=row["key"],
        title=page.title if page else "",
        summary=page.summary if page else "",
        activities=[
            _activity(activity, pages.get(activity["key"]), row["key"])
            for activity in row["activities"]
        ],
    )


def _activity(row: dict, page: Page | None, module: str) -> Activity:
    is_live = bool(page and page.live)
    return Activity(
        key=row["key"],
        title=page.title if page else "",
        url=(page.url or "") if is_live else "",
        kind=row["kind"],
        minutes=row["minutes"],
        is_required=row["is_required"],
        completes=row["completes"],
        is_live=is_live,
        module=module,
    )


def _pages(edition: Edition, language: str) -> dict[str, Page]:
    """The page of each activity; under an unpublished module it is not live."""
    keys = [activity["key"] for activity in edition.activities]
    found = Page.objects.filter(translation_key__in=keys)
    pages = list(found.select_related("locale"))
    modules = {_parent_path(page) for page in pages}
    closed = set(
        ModulePage.objects.not_live()
        .filter(path__in=modules)
        .values_list("path", flat=True)
    )
    for page in pages:
        page.live = page.live and _parent_path(page) not in closed
    return _first_of_each(pages, language)


def _parent_path(page: Page) -> str:
    return page.path[: -Page.steplen]


def _first_of_each(pages: Iterable[Page], language: str) -> dict[str, Page]:
    """By key, the page to show: a live one first, then the nearest language."""
    chosen: dict[str, Page] = {}
    for page in sorted(in_order(pages, language), key=lambda page: not page.live):
        chosen.setdefault(str(page.translation_key), page)
    return chosen
