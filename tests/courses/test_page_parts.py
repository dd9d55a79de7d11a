"""What many pages share, written once."""

import pytest
from django.contrib.staticfiles.storage import (
    StaticFilesStorage,
    staticfiles_storage,
)
from django.template import Context, Template
from django.utils import translation

from courses import content_version

pytestmark = pytest.mark.django_db

LOAD = "{% load i18n page_parts %}"


def written(text: str, **context) -> str:
    return Template(LOAD + text).render(Context(context))


def test_an_icon_is_for_the_eye_only():
    assert written('{% icon "check" %}') == (
        '<svg class="icon" aria-hidden="true">'
        '<use href="/static/img/icons.svg#check"/></svg>'
    )


@pytest.mark.parametrize("name", ["back", "forward", "outline", "undo"])
def test_an_icon_that_points_turns_with_the_writing(name):
    assert 'class="icon turns"' in written(f'{{% icon "{name}" %}}')


def test_what_is_kept_is_written_once_until_something_is_published():
    part = '{% kept "greeting" %}{{ word }}{% endkept %}'

    assert written(part, word="first") == "first"
    assert written(part, word="second") == "first"
    content_version.bump()
    assert written(part, word="third") == "third"


def test_what_is_kept_differs_by_what_is_named_and_by_language():
    part = '{% kept "menu" here %}{% translate "Menu" %} {{ here }}{% endkept %}'

    texts = {written(part, here=here) for here in ("/a/", "/b/", "/a/")}
    with translation.override("ru"):
        texts.add(written(part, here="/a/"))

    assert len(texts) == 3


def test_what_is_kept_knows_nobody():
    part = (
        '{% kept "whose" %}{% csrf_token %}{% if user or request %}yours{% endif %}'
        "{% endkept %}{{ user }}"
    )

    found = written(part, user="Zarina", request=object(), csrf_token="secret")

    assert found == "Zarina"


def test_what_is_remembered_belongs_to_one_release(monkeypatch):
    """A new release has its style sheets and pictures at other addresses."""
    storage = StaticFilesStorage()
    monkeypatch.setattr(staticfiles_storage, "_wrapped", storage)

    storage.manifest_hash = "release-1"
    first = content_version.remembered("body", lambda: "of release 1")
    storage.manifest_hash = "release-2"
    second = content_version.remembered("body", lambda: "of release 2")

    assert (first, second) == ("of release 1", "of release 2")
