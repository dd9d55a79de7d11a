"""A picture that carries the credential, and the one that everybody may see."""

import json
from io import BytesIO

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from PIL import Image

from certificates.credential import baking, picture
from certificates.models import Certificate
from certificates.models.kinds import Kind
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def get(client, issued, form):
    client.force_login(issued.person.user)
    return client.get(
        reverse(f"certificates:badge_{form}", args=[issued.certificate.code])
    )


def test_the_holder_takes_a_png_with_the_credential_in_it(client, issued):
    response = get(client, issued, "png")

    image = Image.open(BytesIO(response.content))
    image.load()
    assert (image.format, image.size, image.mode) == ("PNG", (512, 512), "RGBA")
    assert json.loads(image.text["openbadgecredential"]) == (
        issued.certificate.credential
    )
    assert image.getpixel((2, 2))[3] == 0
    assert response["Content-Disposition"] == (
        f'attachment; filename="badge-{issued.certificate.number}.png"'
    )
    assert response["Cache-Control"] == "private, no-store"


def test_the_holder_takes_an_svg_with_the_credential_in_it(client, issued):
    response = get(client, issued, "svg")

    root = ElementTree.fromstring(response.content)
    (found,) = root.findall(f"{{{baking.NAMESPACE}}}credential")
    assert json.loads(found.text) == issued.certificate.credential
    assert response["Content-Type"] == "image/svg+xml"


def test_marks_of_xml_in_a_course_do_not_break_the_picture():
    baked = baking.bake_svg(picture.svg("completion", 2026), '{"a": "<b>]]>&\\""}')

    root = ElementTree.fromstring(baked)
    assert root.find(f"{{{baking.NAMESPACE}}}credential").text == '{"a": "<b>]]>&\\""}'


@pytest.mark.parametrize("form", ["png", "svg"])
def test_nobody_else_gets_it(client, issued, form):
    path = reverse(f"certificates:badge_{form}", args=[issued.certificate.code])
    client.force_login(make_user())

    assert client.get(path).status_code == 404
    client.logout()
    assert client.get(path).status_code == 302


def test_a_certificate_of_before_has_no_badge(client, issued):
    Certificate.objects.update(credential=None)

    assert get(client, issued, "png").status_code == 404


def test_the_holders_page_leads_to_it(client, issued):
    client.force_login(issued.person.user)
    page = client.get(
        reverse("certificates:own", args=[issued.certificate.code])
    ).content.decode()

    for form in ("png", "svg"):
        path = reverse(f"certificates:badge_{form}", args=[issued.certificate.code])
        assert f'href="{path}"' in page


def test_the_credential_names_a_picture_that_is_there(client, issued):
    achievement = issued.certificate.credential["credentialSubject"]["achievement"]
    address = achievement["image"]["id"].removeprefix("http://testserver")

    response = client.get(address)

    assert address == "/badges/completion-2026.svg"
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.decode() == picture.svg("completion", 2026)


def test_each_kind_has_a_picture_of_its_own():
    pictures = {picture.svg(kind, 2026) for kind in Kind.values}

    assert len(pictures) == len(Kind.values)
    assert all(
        "http" not in one.replace("http://www.w3.org/2000/svg", "") for one in pictures
    )


@pytest.mark.parametrize(
    "name", ["completion-1999", "completion-99999999999", "other-2026", "completion"]
)
def test_there_is_no_other_picture(client, name):
    assert client.get(f"/badges/{name}.svg").status_code == 404
