"""Pictures and files of gated pages are fetched by those who may see the page."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from courses.actions.editions import publish_edition
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


def make_image(name="plan.png"):
    drawn = io.BytesIO()
    Drawing.new("RGB", (40, 20), "white").save(drawn, "PNG")
    return Image.objects.create(title="Plan", file=ImageFile(drawn, name=name))


def make_document():
    return Document.objects.create(
        title="Form", file=ContentFile(b"The form.", name="form.txt")
    )


def lesson_with(*blocks):
    return make_lesson(make_module(make_course()), body=list(blocks))


def lesson_with_picture(image):
    return lesson_with(("picture", {"image": image, "alt": "A plan", "caption": ""}))


def participant_of(lesson):
    edition = publish_edition(lesson.get_parent().get_parent().specific, by=None)
    return make_enrolment(cohort=make_cohort(edition)).person.user


def address(path):
    return reverse("courses:picture", args=[path])


@pytest.fixture
def image():
    return make_image()


@pytest.fixture
def rendition(image):
    return image.get_rendition("width-20")


def test_the_addresses_of_pictures_are_those_of_the_door(rendition):
    assert rendition.url == address(rendition.file.name)


def test_a_participant_fetches_the_picture_of_a_lesson(client, image, rendition):
    client.force_login(participant_of(lesson_with_picture(image)))

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, max-age=3600"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


def test_nobody_else_fetches_it_not_even_by_guessing(client, image, rendition):
    """CO-15"""
    lesson_with_picture(image)

    assert client.get(rendition.url).status_code == 404
    client.force_login(make_participant().user)
    assert client.get(rendition.url).status_code == 404
    assert client.get(address(image.file.name)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/../original_images/{name}",
        "/media/images/%2e%2e/original_images/{name}",
        "/media/images/%252e%252e/original_images/{name}",
        "/media/./original_images/{name}",
        "/media//original_images/{name}",
        "/media/original_images%2f{name}",
        "/media/original_images/{name}%00.png",
        "/media/original_images/..%5c{name}",
        "/media/../../etc/passwd",
        "/media/%2e%2e/%2e%2e/etc/passwd",
        "/media/documents/form.txt",
        "/media/",
    ],
)
def test_no_spelling_of_an_address_leads_round_the_door(client, image, path):
    """CO-15"""
    lesson_with_picture(image)
    make_document()

    response = client.get(path.format(name=image.filename))

    assert response.status_code in (301, 302, 404)
    if response.status_code != 404:
        assert client.get(response.url).status_code == 404


def test_the_picture_of_an_open_page_is_for_everybody_and_kept(client, image):
    make_course(picture=image)
    rendition = image.get_rendition("width-20")

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")


def test_a_picture_that_no_published_page_shows_is_for_staff(client, image, rendition):
    make_course(picture=image, live=False)

    assert client.get(rendition.url).status_code == 404
    client.force_login(make_user(is_superuser=True))
    assert client.get(rendition.url).status_code == 200


def test_an_unpublished_course_takes_its_picture_along(client, image, rendition):
    course = make_course(picture=image)
    assert client.get(rendition.url).status_code == 200

    course.unpublish()

    assert client.get(rendition.url).status_code == 404


@pytest.fixture
def files_on_disk(monkeypatch, tmp_path):
    """Wagtail sends a document from the disk, not from a store in memory.

    Other settings would give every later test new stores, and fields keep the old.
    """
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(tmp_path))


@pytest.mark.usefixtures("files_on_disk")
def test_a_file_of_a_lesson_is_for_its_participants(client):
    """CO-15"""
    document = make_document()
    lesson = lesson_with(("file", {"file": document, "title": "Form", "note": ""}))

    assert client.get(document.url).status_code == 404
    client.force_login(make_participant().user)
    assert client.get(document.url).status_code == 404
    client.force_login(participant_of(lesson))
    response = client.get(document.url)
    assert response.status_code == 200


def test_only_reading_is_offered(client, rendition):
    assert client.post(rendition.url).status_code == 405


@pytest.fixture
def film(client, files_on_disk):
    """Ten bytes of a film in a lesson, asked for by its participant."""
    document = Document.objects.create(
        title="Film", file=ContentFile(b"0123456789", name="film.mp4")
    )
    lesson = lesson_with(("file", {"file": document, "title": "F", "note": ""}))
    client.force_login(participant_of(lesson))
    return document


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=7-3", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("nonsense", 200, b"0123456789", None),
        ("", 200, b"0123456789", None),
    ],
)
def test_a_player_gets_the_part_of_a_film_it_asks_for(
    client, film, asked, status, body, told
):
    response = client.get(film.url, headers={"Range": asked})

    content = b"".join(response) if response.streaming else response.content
    assert [response.status_code, content] == [status, body]
    assert response.get("Content-Range") == told


def test_a_film_is_closed_to_strangers(client, film):
    client.logout()

    assert client.get(film.url, headers={"Range": "bytes=0-3"}).status_code == 404
