"""The editor of templates: what it keeps, shows unsaved, compares and copies."""

import io
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from certificates.models import CertificateTemplate, Signatory
from certificates.paper import layout, showing
from tests.factories import make_course, make_user

from .builders import make_image, make_signatory, publish_with

pytestmark = pytest.mark.django_db
PNG = {"HTTP_ACCEPT": "image/png"}


def general() -> CertificateTemplate:
    return CertificateTemplate.objects.get(course_key=None, kind="completion")


def page_of(**areas) -> dict:
    """What Wagtail's editor sends for these blocks."""
    sent = {}
    for area in layout.AREAS:
        blocks = areas.get(area, [])
        sent[f"page_{area}-count"] = str(len(blocks))
        for place, (kind, value) in enumerate(blocks):
            at = f"page_{area}-{place}"
            sent |= {f"{at}-deleted": "", f"{at}-type": kind, f"{at}-id": ""}
            sent[f"{at}-order"] = str(place)
            sent |= {f"{at}-value-{name}": said for name, said in value.items()}
    return sent


def plain(*kinds):
    return [(kind, {}) for kind in kinds]


OWN = {"tg": "Бо {score_band}", "style": "body"}
WHOLE = page_of(
    top=[*plain("logos"), ("text", {"text": "issuer", "style": "small"})],
    middle=[
        *plain("name", "course"),
        ("words", {"tg": "Бо {score_band}", "style": "body"}),
    ],
    foot=plain("number", "qr"),
)


def answers(**changed) -> dict:
    fields = {
        "title": "Own",
        "course_key": "",
        "kind": "attendance",
        "theme": "plain",
        "accent": "#1F4E79",
        "try-person": "longest",
        "try-language": "tg",
        "try-day": "",
    }
    for code in ("en", "ru", "tg"):
        for name in ("issuer", "title", "presented", "deed", "footer"):
            fields[f"{name}_{code}"] = f"{name} {code}"
    return fields | WHOLE | changed


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def try_it(administrator):
    def post(**changed):
        address = reverse("certificate_templates:try")
        return administrator.post(address, answers(**changed), **PNG)

    return post


def test_blocks_are_kept_in_the_order_in_which_they_stand(administrator):
    course = str(make_course().translation_key)
    address = reverse("certificate_templates:add")
    administrator.post(address, answers(course_key=course))

    own = CertificateTemplate.objects.get(title="Own")
    assert own.kind == "attendance"
    assert own.newest.content["blocks"] == [
        {"type": "logos", "area": "top", "value": {}},
        {"type": "text", "area": "top", "value": {"text": "issuer", "style": "small"}},
        {"type": "name", "area": "middle", "value": {}},
        {"type": "course", "area": "middle", "value": {}},
        {
            "type": "text",
            "area": "middle",
            "value": {"words": {"tg": "Бо {score_band}"}},
        },
        {"type": "number", "area": "foot", "value": {}},
        {"type": "qr", "area": "foot", "value": {}},
    ]
    page = administrator.get(reverse("certificate_templates:edit", args=[own.pk]))
    assert "{score_band}" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (page_of(middle=plain("name"), foot=plain("number")), "QR code and address"),
        (page_of(foot=plain("number", "qr")), "needs this block: Name"),
        (
            page_of(middle=[*plain("name"), ("words", {"en": "{me}", "style": ""})]),
            "There is no placeholder {me}",
        ),
        ({"deed_en": "for {password}"}, "There is no placeholder {password}"),
        ({"deed_en": "for {holder"}, "A curly bracket is not closed"),
        ({"theme": "bilingual"}, "needs a second language"),
        ({"title_fa": "گواهی"}, "or nothing in this language"),
        ({"kind": "medal"}, "Select a valid choice"),
        ({"theme": "neon"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(
    administrator, changed, message
):
    """CE-26"""
    changed = changed | {"presented_ru": "Мои слова"}
    response = administrator.post(
        reverse("certificate_templates:add"), answers(**changed)
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "Мои слова" in html


@pytest.mark.parametrize(
    "broken",
    [
        {"page_foot-count": ""},
        {"page_foot-count": "-1"},
        {"page_foot-count": "1000000000"},
        {"page_foot-count": "x"},
        {"page_foot-0-order": "x"},
        {"page_foot-count": "3"},
        {"page_foot-0-type": "script", "page_foot-1-type": ""},
    ],
)
def test_what_no_editor_sends_is_never_an_error_of_the_server(try_it, broken):
    assert try_it(**broken).status_code in (200, 422)


def test_the_unsaved_form_is_seen_as_a_picture_and_nothing_is_kept(try_it):
    """CE-32"""
    response = try_it()

    assert response.status_code == 200, response.content
    picture = Image.open(io.BytesIO(response.content))
    assert (response["Content-Type"], picture.width) == ("image/png", showing.ACROSS)
    assert "no-store" in response["Cache-Control"]
    assert not CertificateTemplate.objects.filter(title="Own").exists()


@pytest.mark.parametrize("language", ["tg", "fa"])
@pytest.mark.parametrize("theme", list(layout.THEMES))
def test_each_theme_is_seen_in_either_direction_of_writing(try_it, theme, language):
    response = try_it(theme=theme, second_language="ru", **{"try-language": language})

    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize("person", ["longest", "short", "mixed"])
def test_anybody_is_seen_even_with_everything_left_out(try_it, person):
    """CE-30"""
    missing = ["patronymic", "score", "donors", "signature", "signatories"]
    response = try_it(**{"try-person": person, "try-missing": missing})

    assert response["Content-Type"] == "image/png"


def test_what_is_wrong_is_said_with_the_name_of_its_field(try_it):
    response = try_it(accent="blue", **{"try-language": "xx"})

    assert response.status_code == 422
    faults = response.json()["faults"]
    assert [fault.partition(":")[0] for fault in faults] == ["Colour", "Language"]


def test_of_a_text_its_language_is_said_too(try_it):
    response = try_it(title_tg="{nobody}")

    faults = ["Title (Тоҷикӣ): There is no placeholder {nobody}."]
    assert response.json()["faults"] == faults


def test_without_javascript_a_button_opens_the_pdf_or_says_why_not(administrator):
    address = reverse("certificate_templates:try_changed", args=[general().pk])

    assert administrator.post(address, answers()).content.startswith(b"%PDF")
    refused = administrator.post(address, answers(title_en=""))
    assert "Title (English): This field is required." in refused.content.decode()
    assert administrator.get(address).status_code == 405


def test_html_and_addresses_in_a_text_stay_text(try_it, administrator):
    """CE-34"""
    evil = '<img src="file:///etc/passwd"><a href="http://x">'
    response = try_it(deed_tg=evil, footer_tg="<style>@import url(//x);</style>")

    assert response["Content-Type"] == "image/png"


def test_a_logo_that_is_gone_is_said_and_no_error(try_it):
    image = make_image()
    image.file.storage.delete(image.file.name)

    response = try_it(logo_1=image.pk)

    assert (response.status_code, response.json()["faults"]) == (
        422,
        ["Logo 1: The file of this picture is gone."],
    )


def test_who_waits_too_long_is_told_so(try_it, monkeypatch):
    monkeypatch.setattr(showing, "PATIENCE", 0.01)
    with showing.in_turn():
        response = try_it()

    assert response.json()["faults"] == ["Other previews are being drawn. Try again."]


def test_who_signs_is_who_is_in_office_on_the_chosen_day(administrator):
    """CE-31"""
    make_signatory(name="Left Long Ago", until="2024-12-31")
    make_signatory(name="In Office", since="2025-01-01")
    address = reverse("certificate_templates:add")

    page = administrator.get(address).content.decode()

    assert "Today: In Office" in page
    assert "Left Long Ago" not in page


def test_a_version_is_seen_only_through_its_own_template(administrator):
    """CE-33"""
    publish_with(accent="#a3262a")
    other = CertificateTemplate.objects.create(title="Other", course_key=uuid4())
    door = "certificate_templates:version"

    def status(template, number, language="en", name=door):
        address = reverse(name, args=[template.pk, number, language])
        return administrator.get(address, follow=True).status_code

    pictures = "certificate_templates:version_picture"
    assert [status(general(), 1), status(general(), 2)] == [200, 200]
    assert [status(general(), 3), status(other, 1)] == [404, 404]
    assert [status(general(), 2, name=pictures), status(other, 2, name=pictures)] == [
        200,
        404,
    ]
    assert status(general(), 2, "xx", name=pictures) == 404


def test_a_version_in_no_language_of_paper_leads_back_with_a_sentence(administrator):
    address = reverse("certificate_templates:version", args=[general().pk, 1, "xx"])

    page = administrator.get(address, follow=True)

    assert "There is nothing to show yet." in page.content.decode()


def test_two_versions_are_compared_thing_by_thing(administrator):
    first = general().newest.content
    texts = first["texts"] | {"en": first["texts"]["en"] | {"deed": "for swimming"}}
    publish_with(accent="#a3262a", texts=texts)
    address = reverse("certificate_templates:compare", args=[general().pk])

    page = administrator.get(address).content.decode()

    assert re.search(r"#1f4e79</td><td>#a3262a", page)
    assert re.search(r"for completing the training course</td><td>for swimming", page)
    for query in ("?older=x&newer=9999999", "?older=1&newer=1", "?language=xx"):
        assert administrator.get(address + query).status_code == 200
    assert (
        "Both say the same."
        in administrator.get(address + "?older=1&newer=1").content.decode()
    )


def test_a_template_is_duplicated_for_another_course(administrator):
    course = make_course(title="First contact")
    address = reverse("certificate_templates:duplicate", args=[general().pk])
    fields = {"title": "Copy", "kind": "completion", "course_key": ""}

    refused = administrator.post(address, fields)
    administrator.post(address, fields | {"course_key": str(course.translation_key)})

    copy = CertificateTemplate.objects.get(course_key=course.translation_key)
    assert "has a template of this kind already" in refused.content.decode()
    assert (copy.title, copy.newest.content, copy.published) == (
        "Copy",
        general().newest.content,
        None,
    )


def test_a_template_that_says_nothing_can_be_neither_copied_nor_exported(
    administrator,
):
    empty = CertificateTemplate.objects.create(title="Empty", course_key=uuid4())

    for door in ("duplicate", "export", "compare", "inspect"):
        address = reverse(f"certificate_templates:{door}", args=[empty.pk])
        assert administrator.get(address).status_code in (200, 302)
    fields = {"title": "Copy", "kind": "trainer", "course_key": ""}
    address = reverse("certificate_templates:duplicate", args=[empty.pk])
    response = administrator.post(address, fields)
    assert "This template says nothing yet." in response.content.decode()


def test_a_signature_that_cannot_be_printed_is_refused_at_once(administrator):
    image = make_image()
    image.file.storage.delete(image.file.name)
    fields = {"name": "A", "place": 1, "since": "2026-01-01", "image": image.pk}

    response = administrator.post(reverse("certificate_signatories:add"), fields)

    assert "The file of this picture is gone." in response.content.decode()
    assert not Signatory.objects.exists()


def test_an_office_is_written_in_a_language_only_paper_speaks(administrator):
    fields = {"name": "A", "place": 1, "since": "2026-01-01", "title_fa": "رئیس"}

    administrator.post(reverse("certificate_signatories:add"), fields)

    assert Signatory.objects.get().titles == {"fa": "رئیس"}


def test_only_an_administrator_looks_at_designs(client):
    client.force_login(make_user())

    response = client.post(reverse("certificate_templates:try"), answers(), **PNG)

    assert response.status_code in (302, 403)
