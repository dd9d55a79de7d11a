"""The frame and what is kept of pages: the same from a cold cache and a warm one,
nobody's own, and anew at the next request after a change.
"""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Site

from courses import content_version
from courses.models import LessonPage
from home.models import SiteSettings
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_question,
    make_quiz,
    make_user,
)

pytestmark = pytest.mark.django_db

# Each answer has its own.
OWN = re.compile(r'name="(csrfmiddlewaretoken|shown)" value="[^"]*"')


@pytest.fixture
def place():
    """A course of two lessons and a quiz, and somebody in it."""
    course = make_course()
    module = make_module(course)
    pages = [make_lesson(module, title=f"Lesson {n}") for n in (1, 2)]
    quiz = make_quiz(module, questions=[make_question()])
    cohort = make_cohort(make_edition(course, *pages, quiz))
    person = make_participant(legal_name="Zarina Rahimova")
    make_enrolment(person, cohort)
    return person, course, module, pages, quiz


def seen(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return OWN.sub("", answer.content.decode())


@pytest.mark.parametrize("who", ["participant", "staff", "anonymous"])
def test_pages_look_the_same_from_a_cold_and_a_warm_cache(client, place, who):
    person, course, module, pages, quiz = place
    addresses = [course.url, reverse("certificates:verify"), "/ru/verify/"]
    if who != "anonymous":
        client.force_login(
            person.user if who == "participant" else make_user(is_superuser=True)
        )
        addresses += [page.url for page in (module, *pages, quiz)]
        addresses += [reverse("lms:my_courses"), "/tg/my/"]

    cold = []
    for address in addresses:
        cache.clear()
        cold.append(seen(client, address))
    warm = [seen(client, address) for address in addresses for _ in range(2)]

    assert warm == [html for html in cold for _ in range(2)]


def test_a_module_opened_first_leaves_the_other_lessons_whole(client, place):
    person, course, module, pages, _quiz = place
    other = make_module(course)
    there = make_lesson(other, title="Elsewhere")
    cohort = make_cohort(make_edition(course, *pages, there))
    make_enrolment(person, cohort)
    client.force_login(person.user)

    seen(client, module.url)

    assert "Elsewhere" in seen(client, pages[0].url)


def test_nobody_meets_another_ones_name(client, place):
    person, _course, _module, pages, _quiz = place
    client.force_login(person.user)
    mine = seen(client, pages[0].url)
    client.force_login(make_user(username="somebody-else", is_superuser=True))

    theirs = seen(client, pages[0].url)

    assert str(person.user) in mine
    assert str(person.user) not in theirs
    assert "somebody-else" in theirs


def test_only_the_page_one_is_on_is_marked_in_the_header(client, place):
    client.force_login(place[0].user)
    marked = re.compile(r'<a href="([^"]*)" aria-current="page">')

    found = [
        marked.findall(seen(client, address))
        for address in ("/en/my/", "/en/verify/", "/en/my/profile/", "/en/my/")
    ]

    assert found == [["/en/my/"], ["/en/verify/"], [], ["/en/my/"]]


def test_a_change_of_the_sites_settings_is_seen_at_the_next_request(client, place):
    client.force_login(place[0].user)
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    seen(client, place[3][0].url)

    settings.organisation, settings.help_email = "Border School", "help@example.org"
    settings.save()

    html = seen(client, place[3][0].url)
    assert html.count("Border School") == 3
    assert "mailto:help@example.org" in html


def test_a_new_title_and_an_unpublished_lesson_are_seen_at_once(client, place):
    person, _course, _module, (first, second), _quiz = place
    client.force_login(person.user)
    seen(client, first.url)

    second.title = "Second thoughts"
    second.save_revision().publish()
    renamed = seen(client, first.url)
    second.unpublish()
    closed = seen(client, first.url)

    assert "Second thoughts" in renamed
    assert "Second thoughts" not in closed
    assert client.get(second.url).status_code == 404


def test_what_another_process_publishes_is_seen_at_the_next_request(client, place):
    """The other process leaves its new version in the shared cache, and no more."""
    person, _course, _module, (first, second), _quiz = place
    client.force_login(person.user)
    seen(client, first.url)

    LessonPage.objects.filter(pk=second.pk).update(title="Written next door")
    assert "Written next door" not in seen(client, first.url)
    cache.set(content_version._KEY, "the-other-process", timeout=None)

    assert "Written next door" in seen(client, first.url)
