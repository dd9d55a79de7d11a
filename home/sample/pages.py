"""The pages of the sample programme: home, catalogue and courses in three languages.

A page that is there already is left as it is, whoever wrote in it since: a course is
loaded as a whole or, when it is known in any language, not at all.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses import clock
from courses.models import CourseIndexPage, CoursePage, GlossaryTerm
from home.models import HomePage
from lms.roles import ensure_roles

from . import reading
from .bank import load_glossary, load_questions
from .indexing import indexed_once
from .keys import key
from .trees import add_course, publish

ZONE = ZoneInfo("Asia/Dushanbe")

TITLES = {
    "en": ("Learning to protect", "Courses"),
    "ru": ("Учимся защищать", "Курсы"),
    "tg": ("Ҳифз карданро меомӯзем", "Курсҳо"),
}
PROMISES = {
    "en": (
        "Practical training against trafficking in persons for those who meet its "
        "victims first."
    ),
    "ru": (
        "Практическое обучение противодействию торговле людьми для тех, кто первым "
        "встречает пострадавших."
    ),
    "tg": (
        "Омӯзиши амалии муқовимат ба савдои одамон барои онҳое, ки аввалин шуда бо "
        "қурбониён рӯ ба рӯ мешаванд."
    ),
}
INTROS = {
    "en": (
        "Begin with the foundations; the other courses build on them. Each course "
        "joins lessons for your phone with sessions in a room and ends with a quiz."
    ),
    "ru": (
        "Начните с основ: остальные курсы на них опираются. В каждом курсе есть уроки "
        "для телефона и занятия в аудитории, а в конце – тест."
    ),
    "tg": (
        "Аз асосҳо оғоз кунед: курсҳои дигар бар онҳо такя мекунанд. Ҳар курс дарсҳо "
        "барои телефон ва машғулиятҳо дар синфхонаро дорад ва бо санҷиш анҷом меёбад."
    ),
}


def began_at() -> datetime:
    """When the programme was published: early in the previous year."""
    return datetime(clock.now().year - 1, 1, 12, 9, tzinfo=ZONE)


@transaction.atomic
def load_site() -> dict[str, CourseIndexPage]:
    """The home page and the catalogue of each language; the first one's is the root."""
    locales = locales_by_code()
    indexes = {}
    for code, locale in locales.items():
        home = _home(code, locale)
        indexes[code] = _index(code, home)
    _take_the_root()
    ensure_roles()
    return indexes


@transaction.atomic
def load_terms() -> int:
    with indexed_once():
        return load_glossary(locales_by_code())


@transaction.atomic
def load_course(
    course: reading.Course, indexes: dict[str, CourseIndexPage]
) -> CoursePage | None:
    """Add a course with its questions in all languages; None when it is known."""
    course_key = key("course", course.slug)
    if CoursePage.objects.filter(translation_key=course_key).exists():
        return None
    locales = locales_by_code()
    with clock.stopped_at(began_at()), indexed_once():
        load_questions(course.questions, locales)
        trees = [
            add_course(course, indexes[code], code, _terms(locale))
            for code, locale in locales.items()
        ]
        for pages in trees:
            publish(pages)
    return trees[0][0]


@transaction.atomic
def open_site() -> int:
    """Publish the home pages: whoever comes now finds everything in its place."""
    homes = HomePage.objects.filter(translation_key=key("home"), live=False)
    drafts = [home for home in homes if home.first_published_at is None]
    for home in drafts:
        home.save_revision().publish()
    return len(drafts)


def locales_by_code() -> dict[str, Locale]:
    """The locales in the order of the files, the site's own language first."""
    own = settings.LANGUAGE_CODE
    codes = sorted(reading.LANGUAGES, key=lambda code: code != own)
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in codes}


def _home(code: str, locale: Locale) -> HomePage:
    home = HomePage.objects.filter(locale=locale).first()
    if home:
        return home
    known = HomePage.objects.first()
    home = HomePage(
        title=TITLES[code][0],
        slug=f"home-{code}",
        promise=PROMISES[code],
        locale=locale,
        translation_key=known.translation_key if known else key("home"),
        live=False,
        has_unpublished_changes=True,
    )
    return Page.get_first_root_node().add_child(instance=home)


def _index(code: str, home: HomePage) -> CourseIndexPage:
    index = CourseIndexPage.objects.child_of(home).first()
    if index:
        return index
    index = CourseIndexPage(
        title=TITLES[code][1],
        slug="courses",
        intro=INTROS[code],
        locale=home.locale,
        translation_key=key("courses"),
    )
    home.add_child(instance=index)
    publish([index])
    return index


def _take_the_root() -> None:
    """Put the home page where Wagtail's page of welcome was, and remove that."""
    site = Site.objects.filter(is_default_site=True).first()
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    if site is None:
        Site.objects.create(
            hostname="localhost", is_default_site=True, root_page=home, port=80
        )
        return
    welcome = site.root_page
    if type(welcome.specific) is not Page or welcome.get_children().exists():
        return
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    Page.objects.get(pk=welcome.pk).delete()


def _terms(locale: Locale) -> dict[str, int]:
    return dict(GlossaryTerm.objects.filter(locale=locale).values_list("slug", "pk"))
