"""What a new certificate freezes for its paper, besides who and what."""

import pytest

from certificates.actions.issuing import issue
from certificates.models import CertificateTemplate
from certificates.paper import layout
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_lesson,
    make_module,
    make_user,
)

from .builders import make_completed, publish_with

pytestmark = pytest.mark.django_db


def issued_with(**design):
    publish_with(**design)
    return issue(make_completed(), by=make_user()).content


def test_the_design_is_frozen_with_its_blocks_in_their_order():
    """CE-03"""
    blocks = list(reversed(layout.default_blocks("bilingual")))

    content = issued_with(theme="bilingual", blocks=blocks, second_language="fa")

    assert content["design"]["blocks"] == blocks
    assert content["design"]["second_language"] == "fa"
    assert content["kind"] == "completion"


def test_a_template_without_blocks_freezes_those_its_theme_has_now():
    """CE-03: a theme that changes later changes no certificate."""
    content = issued_with(theme="statement")

    assert content["design"]["blocks"] == layout.default_blocks("statement")


def test_a_language_the_template_does_not_speak_says_the_first_one():
    """CE-04"""
    texts = {"title": "Шаҳодатнома", "presented": "дода мешавад ба", "deed": "барои"}

    content = issued_with(texts={"tg": texts})

    titles = {language: said["title"] for language, said in content["texts"].items()}
    languages = ("en", "ru", "tg", "uz", "ky", "kk", "fa")
    assert titles == dict.fromkeys(languages, "Шаҳодатнома")
    assert content["texts"]["kk"]["number"] == "№"


def test_the_topics_are_the_modules_of_the_course_in_each_language_of_the_site():
    course = make_course()
    lesson = make_lesson(make_module(course, title="Where to talk"))
    cohort = make_cohort(make_edition(course, lesson))

    content = issue(make_completed(cohort=cohort), by=make_user()).content

    topics = ["Where to talk"]
    assert content["topics"] == {"en": topics, "ru": topics, "tg": topics}


def test_there_is_a_template_for_each_kind_from_the_start():
    """CE-26"""
    rows = CertificateTemplate.objects.filter(course_key=None)

    assert {row.kind: row.published.content["theme"] for row in rows} == {
        "completion": "guilloche",
        "attendance": "statement",
        "distinction": "guilloche",
        "trainer": "guilloche",
    }
