"""A template leaves one site and comes into another, through the admin."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model

from certificates.actions import carrying
from certificates.design import differing, images
from certificates.design.template_file import pack, unpack
from certificates.models import CertificateTemplate
from tests.factories import make_course, make_user

from .builders import make_image, publish_with

pytestmark = pytest.mark.django_db
DOOR = "certificate_templates:import"


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


def exported() -> bytes:
    """A template with a logo."""
    logo = make_image("red")
    publish_with(logos=[images.keep(logo)], logo_images=[logo.pk])
    template = CertificateTemplate.objects.get(course_key=None, kind="completion")
    return carrying.export(template)


def look_into(client, data, course=""):
    file = SimpleUploadedFile("a.certificate.zip", data)
    fields = {"file": file, "course_key": str(course)}
    return client.post(reverse(DOOR), fields)


def confirm(client, page):
    signed = page.context["carried"]
    return client.post(reverse(DOOR), {"carried": signed}, follow=True)


def test_a_file_is_looked_into_then_taken_in_and_again_changes_nothing(administrator):
    data, course = exported(), make_course(title="First contact")
    key = course.translation_key

    page = look_into(administrator, data, key)
    before = CertificateTemplate.objects.filter(course_key=key).count()
    done = confirm(administrator, page)

    assert "It makes the new template “Completion” as a draft" in page.content.decode()
    assert before == 0
    assert "The template is here as a draft." in done.content.decode()
    made = CertificateTemplate.objects.get(course_key=key)
    general = CertificateTemplate.objects.get(course_key=None, kind="completion")
    assert carrying.export(made) == carrying.export(general)
    assert made.published is None
    pictures = get_image_model().objects.count()
    again = look_into(administrator, data, key)
    assert "says the same already" in again.content.decode()
    confirm(administrator, again)
    assert made.versions.count() == 1
    assert get_image_model().objects.count() == pictures


def test_a_file_for_a_course_with_a_template_makes_a_draft_of_that_one(administrator):
    data = exported()
    publish_with(accent="#a3262a")

    page = look_into(administrator, data)
    confirm(administrator, page)

    general = CertificateTemplate.objects.get(course_key=None, kind="completion")
    assert "It makes a new draft of the template “Completion”." in page.content.decode()
    assert general.published.content["accent"] == "#a3262a"
    assert general.newest.content["accent"] == "#1f4e79"


def test_logos_come_into_the_library_once(administrator):
    carried = unpack(exported())

    for course in (make_course(), make_course()):
        carrying.take_in(carried, course_key=course.translation_key, by=make_user())

    logos = get_image_model().objects.filter(title=carried.title)
    assert logos.count() == 1
    template = CertificateTemplate.objects.get(course_key=course.translation_key)
    assert template.newest.content["logo_images"] == [logos.get().pk]
    assert template.newest.content["logos"] == [images.keep(logos.get())]


def test_whether_the_whole_name_is_shown_is_carried_and_compared():
    """CE-12"""
    hidden = exported()
    publish_with(is_public=True)
    general = CertificateTemplate.objects.get(course_key=None, kind="completion")
    shown = unpack(carrying.export(general))

    assert carrying.plan(unpack(hidden), course_key=None).changes
    course = make_course().translation_key
    made = carrying.take_in(shown, course_key=course, by=make_user())
    assert made.newest.content["is_public"] is True
    older = made.newest.content | {"is_public": False}
    (found,) = differing.between(older, made.newest.content)
    assert (found.older, found.newer) == ("No", "Yes")


def test_own_words_are_compared_in_every_language_and_by_their_size():
    def page(words, **style):
        block = {"type": "text", "area": "foot", "value": {"words": words, **style}}
        return {"theme": "plain", "blocks": [block]}

    (words,) = differing.between(page({"en": "A"}), page({"en": "A", "ru": "Б"}))
    (size,) = differing.between(page({"en": "A"}), page({"en": "A"}, style="small"))

    assert words.newer.endswith("A / Б")
    assert size.newer.endswith("A (Small print)")


def test_what_is_no_template_is_said_beside_the_file(administrator):
    response = look_into(administrator, b"rubbish")

    assert response.status_code == 200
    assert "This is no template file, or it is broken." in response.content.decode()


def test_a_kind_that_is_unknown_here_is_said(administrator):
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        words = json.loads(archive.read("template.json"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "template.json", json.dumps(words | {"kind": "medal", "logos": []})
        )

    response = look_into(administrator, data.getvalue())

    assert "There is no such kind of certificate here." in response.content.decode()


@pytest.mark.parametrize("signed", ["", "rubbish", "a:b:c"])
def test_an_answer_we_did_not_sign_takes_nothing_in(administrator, signed):
    response = administrator.post(reverse(DOOR), {"carried": signed}, follow=True)

    assert "Choose the file again." in response.content.decode()


def test_a_template_is_downloaded_as_a_file_with_a_plain_name(administrator):
    data = exported()
    template = CertificateTemplate.objects.get(course_key=None, kind="completion")
    address = reverse("certificate_templates:export", args=[template.pk])

    response = administrator.get(address)

    assert b"".join(response.streaming_content) == data
    assert 'filename="completion.certificate.zip"' in response["Content-Disposition"]
    assert pack(unpack(data)) == data


def test_a_template_whose_logo_is_gone_is_not_exported(administrator):
    publish_with(logos=["certificates/images/gone.png"])
    template = CertificateTemplate.objects.get(course_key=None, kind="completion")
    address = reverse("certificate_templates:export", args=[template.pk])

    response = administrator.get(address, follow=True)

    assert "A logo of this template cannot be read." in response.content.decode()
